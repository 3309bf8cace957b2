import { beforeEach, describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { MemoryIndex } from '#adapters/memory-search/memory-index.ts'
import { type Field, field } from '#contract/schemas/field.ts'
import { type DriftPlace, drift } from '#domain/search/drift.ts'
import { toEntry } from '#domain/search/entry.ts'
import type { IndexEntry } from '#domain/search/port.ts'
import { rebuild } from '#domain/search/rebuild.ts'
import { MemoryLocationStore } from '#test/in-memory/location-store.ts'
import { ListedRecords } from '../../in-memory/listed-records.ts'

const NO_FIELDS: ReadonlyMap<string, Field> = new Map()
const toId = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`

let records: ListedRecords
let index: MemoryIndex
const locations = new MemoryLocationStore()
/** Runs while the comparison pauses. */
let meanwhile: () => Promise<void>

beforeEach(() => {
  records = new ListedRecords()
  index = new MemoryIndex()
  meanwhile = async () => {}
})

const putEntries = (...entries: IndexEntry[]) => index.put(entries)
const getEntry = async (id: string) => {
  const row = await records.current('customer', id, true)
  if (row === null) throw new Error(`${id} is not on the list`)
  return toEntry(row, NO_FIELDS)
}
/** Writes a customer and indexes it. */
async function writeAndIndex(n: number, surname = `Name${n}`): Promise<IndexEntry> {
  const indexEntry = toEntry(await records.write(toId(n), { surname }), NO_FIELDS)
  await putEntries(indexEntry)
  return indexEntry
}

const NO_DIFFERENCES = { missing: 0, behind: 0, ahead: 0, different: 0, orphan: 0 }

/** Runs the whole comparison, request by request, and returns the sum of its counts, ids and flags. */
async function compare({ repair = false, goOn = (): boolean => true, fields = NO_FIELDS } = {}) {
  const sum = { customers: 0, entries: 0, repaired: 0, needs_rebuild: false, requests: 0 }
  const counts: Record<string, number> = { ...NO_DIFFERENCES }
  const ids: Record<string, string[]> = {}
  const ports = { lists: records.lists, records, index, locations }
  for (let position: DriftPlace | null | undefined; position !== null; ) {
    const context = { pause: () => meanwhile() }
    const result: Awaited<ReturnType<typeof drift>> = await drift(
      ports,
      context,
      fields,
      position ?? null,
      repair,
      goOn,
    )
    for (const [kind, difference] of Object.entries(result.differences)) {
      counts[kind] = (counts[kind] ?? 0) + difference.count
      ids[kind] = [...(ids[kind] ?? []), ...difference.ids]
    }
    sum.customers += result.customers
    sum.entries += result.entries
    sum.repaired += result.repaired
    sum.needs_rebuild ||= result.needs_rebuild
    sum.requests++
    position = result.next
  }
  return { counts, ids, ...sum }
}

describe('between a list and an index of it', () => {
  test('there is no difference, also for deleted customers', async () => {
    for (let n = 0; n < 5; n++) await writeAndIndex(n)
    await putEntries(toEntry(await records.write(toId(1), { state: 'deleted' }), NO_FIELDS))
    expect(await compare()).toMatchObject({
      counts: NO_DIFFERENCES,
      customers: 5,
      entries: 4,
      repaired: 0,
      needs_rebuild: false,
    })
  })

  test('there is no difference when both are empty', async () => {
    expect(await compare()).toMatchObject({ counts: NO_DIFFERENCES, customers: 0, entries: 0, requests: 1 })
  })
})

/** A difference of one customer, its kind, and how to create it. */
const DIFFERENCES: [title: string, kind: keyof typeof NO_DIFFERENCES, plant: () => Promise<unknown>][] = [
  ['a customer that was never indexed', 'missing', () => records.write(toId(9), { surname: 'Unseen' })],
  [
    'a deleted customer without a deletion marker',
    'missing',
    async () => {
      await records.write(toId(9), { surname: 'Unseen' })
      await records.write(toId(9), { state: 'deleted' })
    },
  ],
  ['a change that was not indexed', 'behind', () => records.write(toId(2), { surname: 'Renamed' })],
  ['a deletion that was not indexed', 'behind', () => records.write(toId(2), { state: 'deleted' })],
  [
    'a customer indexed under another name',
    'different',
    async () => {
      const right = await getEntry(toId(2))
      await putEntries({ ...right, person: right.person && { ...right.person, surname: 'Wrong' } })
    },
  ],
  [
    'a customer indexed with other former names',
    'different',
    async () => {
      const right = await getEntry(toId(2))
      await putEntries({ ...right, past: right.person ? [right.person] : [] })
    },
  ],
  [
    'a customer that is not on the list',
    'orphan',
    async () => putEntries({ ...(await getEntry(toId(2))), id: toId(77) }),
  ],
  ['a purged customer', 'orphan', async () => records.purge(toId(2))],
]

describe('a difference', () => {
  beforeEach(async () => {
    for (let n = 0; n < 5; n++) await writeAndIndex(n)
  })

  test.each(DIFFERENCES)('is found and repaired: %s', async (_, kind, plant) => {
    await plant()
    const result = await compare()
    expect(result).toMatchObject({ counts: { ...NO_DIFFERENCES, [kind]: 1 }, repaired: 0, needs_rebuild: false })
    expect(await compare()).toMatchObject({ counts: result.counts })
    expect(await compare({ repair: true })).toMatchObject({ counts: result.counts, ids: result.ids, repaired: 1 })
    expect(await compare()).toMatchObject({ counts: NO_DIFFERENCES })
    const activeIds = records.all.filter(({ snapshot }) => snapshot.state === 'active').map(({ id }) => id)
    expect(await index.listIds(null, 100)).toEqual(activeIds.sort())
  })

  test('is reported only by id', async () => {
    const unseen = await records.write(toId(9), { surname: 'Unseen' })
    expect((await compare()).ids).toEqual({ missing: [unseen.id], behind: [], ahead: [], different: [], orphan: [] })
  })

  test('that a put cannot repair needs a rebuild, and is gone after it', async () => {
    const right = await getEntry(toId(2))
    await putEntries({ ...right, version: right.version + 1, person: null })
    const expected = { counts: { ...NO_DIFFERENCES, ahead: 1 }, repaired: 0, needs_rebuild: true }
    expect(await compare({ repair: true })).toMatchObject(expected)
    await rebuild({ lists: records.lists, records, index }, NO_FIELDS, null, () => true)
    expect(await compare()).toMatchObject({ counts: NO_DIFFERENCES })
    expect(await index.getMany([right.id])).toEqual([right])
  })

  test('that was repaired is not undone by a late copy of the wrong entry', async () => {
    const late = await getEntry(toId(2))
    records.purge(late.id)
    await compare({ repair: true })
    await putEntries(late)
    expect(await index.listIds(null, 100)).not.toContain(late.id)
  })

  test('in a field that became searchable is found and repaired', async () => {
    const { id } = await records.write(toId(2), { 'details.city': 'Malmö' })
    await putEntries(await getEntry(id))
    const city = field.parse({
      name: 'city',
      label: 'City',
      type: 'text',
      searchable: true,
      state: 'authorised',
    })
    const fields = new Map([['city', city]])
    expect(await compare({ fields, repair: true })).toMatchObject({ ids: { different: [id] }, repaired: 1 })
    expect((await index.exact(['malmo'], 10)).map(hit => hit.id)).toEqual([id])
  })
})

describe('it is not a difference', () => {
  test('when changes are indexed during the comparison', async () => {
    for (let n = 0; n < 3; n++) await writeAndIndex(n)
    const late = [await records.write(toId(1), { surname: 'Late' }), await records.write(toId(7), { surname: 'New' })]
    meanwhile = async () => {
      const row = late.pop()
      if (row) await putEntries(toEntry(row, NO_FIELDS))
    }
    expect(await compare()).toMatchObject({ counts: NO_DIFFERENCES })
  })

  test('when a customer changes continuously and every change is indexed with a delay', async () => {
    const { id } = await writeAndIndex(1)
    let before = await records.write(id, { surname: 'Hot' })
    meanwhile = async () => {
      await putEntries(toEntry(before, NO_FIELDS))
      before = await records.write(id, { surname: `Hot${before.head}` })
    }
    expect(await compare()).toMatchObject({ counts: NO_DIFFERENCES })
  })

  test('when the list is read with a delay', async () => {
    for (let n = 0; n < 3; n++) await writeAndIndex(n)
    await writeAndIndex(1, 'Again')
    records.lag = 1
    expect(await compare()).toMatchObject({ counts: NO_DIFFERENCES })
  })

  test('when a current row is missing but its versions exist', async () => {
    const { id } = await writeAndIndex(1)
    records.deleteRow(id)
    expect(await compare({ repair: true })).toMatchObject({ counts: NO_DIFFERENCES, repaired: 0 })
    expect(await index.listIds(null, 10)).toEqual([id])
  })
})

describe('a list of many pages', () => {
  const MANY = 1300

  beforeEach(async () => {
    for (let n = 0; n < MANY; n++) await writeAndIndex(n)
  })

  test.each([
    ['one request', () => true],
    ['many requests', () => false],
  ])('is compared in %s, each customer once', async (_, goOn) => {
    const wrong = Array.from({ length: MANY / 10 }, (_, n) => toId(n * 10))
    for (const id of wrong) await records.write(id, { surname: 'Renamed' })
    const result = await compare({ goOn })
    expect(result).toMatchObject({
      counts: { ...NO_DIFFERENCES, behind: wrong.length },
      customers: MANY,
      entries: MANY,
    })
    expect(result.requests > 1).toBe(!goOn())
    expect(new Set(result.ids.behind).size).toBe(result.ids.behind?.length)
    expect(result.ids.behind?.every(id => wrong.includes(id))).toBe(true)
    expect(result.ids.behind?.length).toBeLessThanOrEqual(10 * result.requests)
  })

  test('is repaired as a whole when the index is empty', async () => {
    index = new MemoryIndex()
    expect(await compare({ repair: true })).toMatchObject({
      counts: { ...NO_DIFFERENCES, missing: MANY },
      repaired: MANY,
    })
    expect(await compare()).toMatchObject({ counts: NO_DIFFERENCES, customers: MANY, entries: MANY })
  })
})

test('after a repair the index equals the list, whatever was lost before', async () => {
  const change = fc.record({
    who: fc.nat(6),
    name: fc.option(fc.constantFrom('Adler', 'Brahe', 'Curie'), { freq: 3 }),
    /** Whether the change reaches the index. */
    arrives: fc.boolean(),
  })
  await fc.assert(
    fc.asyncProperty(fc.array(change, { maxLength: 25 }), async history => {
      records = new ListedRecords()
      index = new MemoryIndex()
      for (const { who, name, arrives } of history) {
        const fields = name === null ? { state: 'deleted' } : { state: 'active', surname: name }
        const row = await records.write(toId(who), fields)
        if (arrives) await putEntries(toEntry(row, NO_FIELDS))
      }
      await compare({ repair: true })
      const expected = records.all.map(row => toEntry(row, NO_FIELDS))
      const actual = await index.getMany(expected.map(({ id }) => id))
      expect(new Map(actual.map(entry => [entry.id, entry]))).toEqual(new Map(expected.map(entry => [entry.id, entry])))
    }),
    { numRuns: 200 },
  )
})
