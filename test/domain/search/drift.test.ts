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
/** What goes on while the comparison waits. */
let meanwhile: () => Promise<void>

beforeEach(() => {
  records = new ListedRecords()
  index = new MemoryIndex()
  meanwhile = async () => {}
})

const put = (...entries: IndexEntry[]) => index.put(entries)
const entry = async (id: string) => {
  const row = await records.current('customer', id, true)
  if (row === null) throw new Error(`${id} is not on the list`)
  return toEntry(row, NO_FIELDS)
}
/** Writes a customer and puts them into the index. */
async function projected(n: number, surname = `Name${n}`): Promise<IndexEntry> {
  const one = toEntry(await records.write(toId(n), { surname }), NO_FIELDS)
  await put(one)
  return one
}

const NONE = { missing: 0, behind: 0, ahead: 0, different: 0, orphan: 0 }

/** The whole comparison, request by request: how many of each kind, the ids that were told, what else was said. */
async function compare({ repair = false, goOn = (): boolean => true, fields = NO_FIELDS } = {}) {
  const sum = { customers: 0, entries: 0, repaired: 0, needs_rebuild: false, requests: 0 }
  const counts: Record<string, number> = { ...NONE }
  const ids: Record<string, string[]> = {}
  const ports = { lists: records.lists, records, index, locations }
  for (let place: DriftPlace | null | undefined; place !== null; ) {
    const call = { pause: () => meanwhile() }
    const answer: Awaited<ReturnType<typeof drift>> = await drift(ports, call, fields, place ?? null, repair, goOn)
    for (const [kind, found] of Object.entries(answer.differences)) {
      counts[kind] = (counts[kind] ?? 0) + found.count
      ids[kind] = [...(ids[kind] ?? []), ...found.ids]
    }
    sum.customers += answer.customers
    sum.entries += answer.entries
    sum.repaired += answer.repaired
    sum.needs_rebuild ||= answer.needs_rebuild
    sum.requests++
    place = answer.next
  }
  return { counts, ids, ...sum }
}

describe('between a list and an index that holds it', () => {
  test('nothing differs, of those who were deleted either', async () => {
    for (let n = 0; n < 5; n++) await projected(n)
    await put(toEntry(await records.write(toId(1), { state: 'deleted' }), NO_FIELDS))
    expect(await compare()).toMatchObject({ counts: NONE, customers: 5, entries: 4, repaired: 0, needs_rebuild: false })
  })

  test('nothing differs where there is nobody', async () => {
    expect(await compare()).toMatchObject({ counts: NONE, customers: 0, entries: 0, requests: 1 })
  })
})

/** What is wrong with one customer of five, how it is called, and whether a put can make it right. */
const PLANTED: [what: string, kind: keyof typeof NONE, plant: () => Promise<unknown>][] = [
  ['one who was never put', 'missing', () => records.write(toId(9), { surname: 'Unseen' })],
  [
    'a deleted one of whom no mark was put',
    'missing',
    async () => {
      await records.write(toId(9), { surname: 'Unseen' })
      await records.write(toId(9), { state: 'deleted' })
    },
  ],
  ['one whose change was not put', 'behind', () => records.write(toId(2), { surname: 'Renamed' })],
  ['one whose deletion was not put', 'behind', () => records.write(toId(2), { state: 'deleted' })],
  [
    'one who is in the index under another name',
    'different',
    async () => {
      const right = await entry(toId(2))
      await put({ ...right, person: right.person && { ...right.person, surname: 'Wrong' } })
    },
  ],
  [
    'one who is in the index with another past',
    'different',
    async () => {
      const right = await entry(toId(2))
      await put({ ...right, past: right.person ? [right.person] : [] })
    },
  ],
  ['one who is not on the list', 'orphan', async () => put({ ...(await entry(toId(2))), id: toId(77) })],
  ['one who was purged', 'orphan', async () => records.purge(toId(2))],
]

describe('a difference', () => {
  beforeEach(async () => {
    for (let n = 0; n < 5; n++) await projected(n)
  })

  test.each(PLANTED)('is found and put right: %s', async (_, kind, plant) => {
    await plant()
    const found = await compare()
    expect(found).toMatchObject({ counts: { ...NONE, [kind]: 1 }, repaired: 0, needs_rebuild: false })
    expect(await compare()).toMatchObject({ counts: found.counts })
    expect(await compare({ repair: true })).toMatchObject({ counts: found.counts, ids: found.ids, repaired: 1 })
    expect(await compare()).toMatchObject({ counts: NONE })
    const listed = records.all.filter(({ snapshot }) => snapshot.state === 'active').map(({ id }) => id)
    expect(await index.listIds(null, 100)).toEqual(listed.sort())
  })

  test('is told by id alone', async () => {
    const unseen = await records.write(toId(9), { surname: 'Unseen' })
    expect((await compare()).ids).toEqual({ missing: [unseen.id], behind: [], ahead: [], different: [], orphan: [] })
  })

  test('that no put can make right needs a rebuild, and is right after one', async () => {
    const right = await entry(toId(2))
    await put({ ...right, version: right.version + 1, person: null })
    const found = { counts: { ...NONE, ahead: 1 }, repaired: 0, needs_rebuild: true }
    expect(await compare({ repair: true })).toMatchObject(found)
    await rebuild({ lists: records.lists, records, index }, NO_FIELDS, null, () => true)
    expect(await compare()).toMatchObject({ counts: NONE })
    expect(await index.getMany([right.id])).toEqual([right])
  })

  test('that was put right is not undone by a late copy of what was wrong', async () => {
    const late = await entry(toId(2))
    records.purge(late.id)
    await compare({ repair: true })
    await put(late)
    expect(await index.listIds(null, 100)).not.toContain(late.id)
  })

  test('in a field that has become searchable is found and put right', async () => {
    const { id } = await records.write(toId(2), { 'details.city': 'Malmö' })
    await put(await entry(id))
    const city = field.parse({
      name: 'city',
      label: 'City',
      type: 'text',
      searchable: true,
      state: 'authorised',
    })
    const fields = new Map([['city', city]])
    expect(await compare({ fields, repair: true })).toMatchObject({ ids: { different: [id] }, repaired: 1 })
    expect((await index.exact(['malmo'], 10)).map(found => found.id)).toEqual([id])
  })
})

describe('what is no difference:', () => {
  test('changes that are on their way, and get there while it waits', async () => {
    for (let n = 0; n < 3; n++) await projected(n)
    const late = [await records.write(toId(1), { surname: 'Late' }), await records.write(toId(7), { surname: 'New' })]
    meanwhile = async () => {
      const row = late.pop()
      if (row) await put(toEntry(row, NO_FIELDS))
    }
    expect(await compare()).toMatchObject({ counts: NONE })
  })

  test('one who is changed all the time, each change a moment later in the index', async () => {
    const { id } = await projected(1)
    let before = await records.write(id, { surname: 'Hot' })
    meanwhile = async () => {
      await put(toEntry(before, NO_FIELDS))
      before = await records.write(id, { surname: `Hot${before.head}` })
    }
    expect(await compare()).toMatchObject({ counts: NONE })
  })

  test('a list that is read as it was a moment ago', async () => {
    for (let n = 0; n < 3; n++) await projected(n)
    await projected(1, 'Again')
    records.behind = 1
    expect(await compare()).toMatchObject({ counts: NONE })
  })

  test('one whose row was lost and whose versions are there', async () => {
    const { id } = await projected(1)
    records.lose(id)
    expect(await compare({ repair: true })).toMatchObject({ counts: NONE, repaired: 0 })
    expect(await index.listIds(null, 10)).toEqual([id])
  })
})

describe('a list of many pages', () => {
  const MANY = 1300

  beforeEach(async () => {
    for (let n = 0; n < MANY; n++) await projected(n)
  })

  test.each([
    ['one request', () => true],
    ['many requests', () => false],
  ])('is compared by %s, each customer once', async (_, goOn) => {
    const wrong = Array.from({ length: MANY / 10 }, (_, n) => toId(n * 10))
    for (const id of wrong) await records.write(id, { surname: 'Renamed' })
    const found = await compare({ goOn })
    expect(found).toMatchObject({ counts: { ...NONE, behind: wrong.length }, customers: MANY, entries: MANY })
    expect(found.requests > 1).toBe(!goOn())
    expect(new Set(found.ids.behind).size).toBe(found.ids.behind?.length)
    expect(found.ids.behind?.every(id => wrong.includes(id))).toBe(true)
    expect(found.ids.behind?.length).toBeLessThanOrEqual(10 * found.requests)
  })

  test('of whom the index has lost all is put right whole', async () => {
    index = new MemoryIndex()
    expect(await compare({ repair: true })).toMatchObject({ counts: { ...NONE, missing: MANY }, repaired: MANY })
    expect(await compare()).toMatchObject({ counts: NONE, customers: MANY, entries: MANY })
  })
})

test('after a repair the index holds what the list has, whatever was lost on the way to it', async () => {
  const said = fc.record({
    who: fc.nat(6),
    name: fc.option(fc.constantFrom('Adler', 'Brahe', 'Curie'), { freq: 3 }),
    /** Whether it reaches the index. */
    arrives: fc.boolean(),
  })
  await fc.assert(
    fc.asyncProperty(fc.array(said, { maxLength: 25 }), async history => {
      records = new ListedRecords()
      index = new MemoryIndex()
      for (const { who, name, arrives } of history) {
        const fields = name === null ? { state: 'deleted' } : { state: 'active', surname: name }
        const row = await records.write(toId(who), fields)
        if (arrives) await put(toEntry(row, NO_FIELDS))
      }
      await compare({ repair: true })
      const wanted = records.all.map(row => toEntry(row, NO_FIELDS))
      const held = await index.getMany(wanted.map(({ id }) => id))
      expect(new Map(held.map(one => [one.id, one]))).toEqual(new Map(wanted.map(one => [one.id, one])))
    }),
    { numRuns: 200 },
  )
})
