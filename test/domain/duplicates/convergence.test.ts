import { describe, expect, test } from '@jest/globals'
import { inConflict } from '#domain/records/conflict.ts'
import { toKey } from '#domain/records/version.ts'
import { DuplicatesFixture } from './fixtures.ts'

const MARTA = { surname: 'Lindqvist', given_name: 'Marta', dob: '1961-04-12' }
const MARTA_MISSPELT = { surname: 'Lindkvist', given_name: 'Märta', dob: '1961-04-12', document_number: 'SE 4711' }

/** Creates a pair of duplicates at one location and sends it to a second. */
async function createPairAtTwoLocations() {
  const [loc1, loc2] = [new DuplicatesFixture('loc1'), new DuplicatesFixture('loc2', 100)]
  const [a = '', b = ''] = [await loc1.create(MARTA), await loc1.create(MARTA_MISSPELT)].sort()
  await loc2.receive(loc1.versions(a, b))
  return { loc1, loc2, a, b }
}

/** Sends every version to the other location, in opposite orders. */
async function exchange(loc1: DuplicatesFixture, loc2: DuplicatesFixture, a: string, b: string) {
  const [local, remote] = [loc1.versions(a, b), loc2.versions(a, b)]
  await loc1.receive(remote)
  await loc2.receive(local.toReversed())
  expect(loc1.versions(a, b).map(toKey)).toEqual(loc2.versions(a, b).map(toKey))
}

const countConflicts = (location: DuplicatesFixture, id: string) => {
  const versions = location.records.versionsOf('customer', id)
  return versions.filter((v, n) => versions.slice(0, n).some(other => inConflict(v, other))).length
}

describe('two locations, cut off from each other,', () => {
  test('that both merge a pair agree on the survivor, without a conflict', async () => {
    const { loc1, loc2, a, b } = await createPairAtTwoLocations()
    await loc1.decide('same', a, b)
    await loc2.decide('same', b, a)
    await exchange(loc1, loc2, a, b)
    for (const location of [loc1, loc2]) {
      expect(await location.get(a)).toMatchObject({ state: 'active', absorbed: [b], document_number: 'SE 4711' })
      expect(await location.get(b)).toMatchObject({ state: 'merged', merged_into: a })
      expect(await location.match({ surname: 'Lindkvist' })).toEqual([a])
      expect(countConflicts(location, a) + countConflicts(location, b)).toBe(0)
    }
    expect(await loc1.get(a)).toEqual(await loc2.get(a))
  })

  test('that both merge a pair can split it again at either, without loss', async () => {
    const { loc1, loc2, a, b } = await createPairAtTwoLocations()
    const [first, second] = [await loc1.get(a), await loc1.get(b)]
    await loc1.decide('same', a, b)
    await loc2.decide('same', a, b)
    await exchange(loc1, loc2, a, b)
    loc2.second = loc1.second + 100
    await loc2.split(b)
    await exchange(loc1, loc2, a, b)
    for (const location of [loc1, loc2]) {
      const { surname, document_number, state, absorbed } = await location.get(a)
      expect({ surname, document_number, state, absorbed }).toEqual({
        surname: first.surname,
        document_number: first.document_number,
        state: 'active',
        absorbed: [],
      })
      expect(await location.get(b)).toMatchObject({ surname: second.surname, state: 'active', merged_into: null })
      expect(await location.queue()).toEqual([])
    }
  })

  test('of which one merges a pair and one changes the merged customer keep the change and show a conflict', async () => {
    const { loc1, loc2, a, b } = await createPairAtTwoLocations()
    await loc1.decide('same', a, b)
    await loc2.patch(b, { surname: 'Lindgren' })
    await exchange(loc1, loc2, a, b)
    for (const location of [loc1, loc2]) {
      expect(await location.get(b)).toMatchObject({ state: 'merged', surname: 'Lindgren' })
      expect(await location.match({ surname: 'Lindgren', given_name: 'Märta' })).toEqual([a])
      expect(countConflicts(location, b)).toBe(1)
    }
  })

  test('of which one merges a pair and one changes the survivor keep both, without a conflict', async () => {
    const { loc1, loc2, a, b } = await createPairAtTwoLocations()
    await loc1.decide('same', a, b)
    await loc2.patch(a, { surname: 'Lindgren' })
    await exchange(loc1, loc2, a, b)
    for (const location of [loc1, loc2]) {
      expect(await location.get(a)).toMatchObject({ surname: 'Lindgren', document_number: 'SE 4711', absorbed: [b] })
      expect(countConflicts(location, a)).toBe(0)
    }
  })

  test('of which one merges a pair and one deletes the survivor show a conflict', async () => {
    const { loc1, loc2, a, b } = await createPairAtTwoLocations()
    await loc1.decide('same', a, b)
    await loc2.delete(a)
    await exchange(loc1, loc2, a, b)
    expect([countConflicts(loc1, a), countConflicts(loc2, a)]).toEqual([1, 1])
    expect(await loc1.get(a)).toEqual(await loc2.get(a))
  })

  test('that merge along a chain agree on one customer', async () => {
    const { loc1, loc2, a, b } = await createPairAtTwoLocations()
    const c = await loc1.create({ ...MARTA_MISSPELT, surname: 'Lindkwist' })
    const third = loc1.records.versionsOf('customer', c)
    await loc2.receive(third)
    await loc1.decide('same', a, b)
    await loc2.decide('same', b, c)
    await exchange(loc1, loc2, a, b)
    await exchange(loc1, loc2, b, c)
    await exchange(loc1, loc2, a, c)
    const ids = await loc1.match({ surname: 'Lindkvist', given_name: 'Märta' })
    expect(ids).toEqual(await loc2.match({ surname: 'Lindkvist', given_name: 'Märta' }))
    expect(ids).toHaveLength(1)
  })
})
