import { beforeEach, describe, expect, test } from '@jest/globals'
import { field } from '#contract/schemas/field.ts'
import { rebuild } from '#domain/search/rebuild.ts'
import { IndexedList, NO_DIFFERENCES, NO_FIELDS, toId } from './indexed-list.ts'

let list: IndexedList

beforeEach(() => {
  list = new IndexedList()
})

/** A difference of one customer, its kind, and how to create it. */
const DIFFERENCES: [title: string, kind: keyof typeof NO_DIFFERENCES, plant: () => Promise<unknown>][] = [
  ['a customer that was never indexed', 'missing', () => list.records.write(toId(9), { surname: 'Unseen' })],
  [
    'a deleted customer without a deletion marker',
    'missing',
    async () => {
      await list.records.write(toId(9), { surname: 'Unseen' })
      await list.records.write(toId(9), { state: 'deleted' })
    },
  ],
  ['a change that was not indexed', 'behind', () => list.records.write(toId(2), { surname: 'Renamed' })],
  ['a deletion that was not indexed', 'behind', () => list.records.write(toId(2), { state: 'deleted' })],
  [
    'a customer indexed under another name',
    'different',
    async () => {
      const right = await list.getEntry(toId(2))
      await list.putEntries({ ...right, person: right.person && { ...right.person, surname: 'Wrong' } })
    },
  ],
  [
    'a customer indexed with other former names',
    'different',
    async () => {
      const right = await list.getEntry(toId(2))
      await list.putEntries({ ...right, past: right.person ? [right.person] : [] })
    },
  ],
  [
    'a customer that is not on the list',
    'orphan',
    async () => list.putEntries({ ...(await list.getEntry(toId(2))), id: toId(77) }),
  ],
  ['a purged customer', 'orphan', async () => list.records.purge(toId(2))],
]

describe('a difference', () => {
  beforeEach(async () => {
    for (let n = 0; n < 5; n++) await list.writeAndIndex(n)
  })

  test.each(DIFFERENCES)('is found and repaired: %s', async (_, kind, plant) => {
    await plant()
    const result = await list.compare()
    expect(result).toMatchObject({ counts: { ...NO_DIFFERENCES, [kind]: 1 }, repaired: 0, needs_rebuild: false })
    expect(await list.compare()).toMatchObject({ counts: result.counts })
    expect(await list.compare({ repair: true })).toMatchObject({ counts: result.counts, ids: result.ids, repaired: 1 })
    expect(await list.compare()).toMatchObject({ counts: NO_DIFFERENCES })
    const activeIds = list.records.all.filter(({ snapshot }) => snapshot.state === 'active').map(({ id }) => id)
    expect(await list.index.listIds(null, 100)).toEqual(activeIds.sort())
  })

  test('is reported only by id', async () => {
    const unseen = await list.records.write(toId(9), { surname: 'Unseen' })
    expect((await list.compare()).ids).toEqual({
      missing: [unseen.id],
      behind: [],
      ahead: [],
      different: [],
      orphan: [],
    })
  })

  test('that a put cannot repair needs a rebuild, and is gone after it', async () => {
    const right = await list.getEntry(toId(2))
    await list.putEntries({ ...right, version: right.version + 1, person: null })
    const expected = { counts: { ...NO_DIFFERENCES, ahead: 1 }, repaired: 0, needs_rebuild: true }
    expect(await list.compare({ repair: true })).toMatchObject(expected)
    await rebuild(list.ports, NO_FIELDS, null, () => true)
    expect(await list.compare()).toMatchObject({ counts: NO_DIFFERENCES })
    expect(await list.index.getMany([right.id])).toEqual([right])
  })

  test('that was repaired is not undone by a late copy of the wrong entry', async () => {
    const late = await list.getEntry(toId(2))
    list.records.purge(late.id)
    await list.compare({ repair: true })
    await list.putEntries(late)
    expect(await list.index.listIds(null, 100)).not.toContain(late.id)
  })

  test('in a field that became searchable is found and repaired', async () => {
    const { id } = await list.records.write(toId(2), { 'details.city': 'Malmö' })
    await list.putEntries(await list.getEntry(id))
    const city = field.parse({
      name: 'city',
      label: 'City',
      type: 'text',
      searchable: true,
      state: 'authorised',
    })
    const fields = new Map([['city', city]])
    expect(await list.compare({ fields, repair: true })).toMatchObject({ ids: { different: [id] }, repaired: 1 })
    expect((await list.index.exact(['malmo'], 10)).map(hit => hit.id)).toEqual([id])
  })
})
