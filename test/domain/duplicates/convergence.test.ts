import { describe, expect, test } from '@jest/globals'
import { inConflict } from '#domain/records/concurrent.ts'
import { toKey } from '#domain/records/version.ts'
import { Desk } from './fixtures.ts'

const ONE = { surname: 'Lindqvist', given_name: 'Marta', dob: '1961-04-12' }
const OTHER = { surname: 'Lindkvist', given_name: 'Märta', dob: '1961-04-12', document_number: 'SE 4711' }

/** Two locations that hold the same pair and are then cut off from each other. */
async function cutOff() {
  const [here, there] = [new Desk('loc1'), new Desk('loc2', 100)]
  const [a = '', b = ''] = [await here.create(ONE), await here.create(OTHER)].sort()
  await there.receive(here.versions(a, b))
  return { here, there, a, b }
}

/** Everything written at either arrives at the other, in an order of its own. */
async function heal(here: Desk, there: Desk, a: string, b: string) {
  const [ours, theirs] = [here.versions(a, b), there.versions(a, b)]
  await here.receive(theirs)
  await there.receive(ours.toReversed())
  expect(here.versions(a, b).map(toKey)).toEqual(there.versions(a, b).map(toKey))
}

const conflictsIn = (desk: Desk, id: string) => {
  const versions = desk.records.here('customer', id)
  return versions.filter((v, n) => versions.slice(0, n).some(other => inConflict(v, other))).length
}

describe('two locations that are cut off from each other and', () => {
  test('both merge the pair hold the same one, without a conflict', async () => {
    const { here, there, a, b } = await cutOff()
    await here.decide('same', a, b)
    await there.decide('same', b, a)
    await heal(here, there, a, b)
    for (const desk of [here, there]) {
      expect(await desk.get(a)).toMatchObject({ state: 'active', absorbed: [b], document_number: 'SE 4711' })
      expect(await desk.get(b)).toMatchObject({ state: 'merged', merged_into: a })
      expect(await desk.match({ surname: 'Lindkvist' })).toEqual([a])
      expect(conflictsIn(desk, a) + conflictsIn(desk, b)).toBe(0)
    }
    expect(await here.get(a)).toEqual(await there.get(a))
  })

  test('both merge it can split it again at either, without loss', async () => {
    const { here, there, a, b } = await cutOff()
    const [one, other] = [await here.get(a), await here.get(b)]
    await here.decide('same', a, b)
    await there.decide('same', a, b)
    await heal(here, there, a, b)
    there.second = here.second + 100
    await there.split(b)
    await heal(here, there, a, b)
    for (const desk of [here, there]) {
      const { surname, document_number, state, absorbed } = await desk.get(a)
      expect({ surname, document_number, state, absorbed }).toEqual({
        surname: one.surname,
        document_number: one.document_number,
        state: 'active',
        absorbed: [],
      })
      expect(await desk.get(b)).toMatchObject({ surname: other.surname, state: 'active', merged_into: null })
      expect(await desk.queue()).toEqual([])
    }
  })

  test('one merges, the other changes the one that goes: the change is kept and the conflict is seen', async () => {
    const { here, there, a, b } = await cutOff()
    await here.decide('same', a, b)
    await there.patch(b, { surname: 'Lindgren' })
    await heal(here, there, a, b)
    for (const desk of [here, there]) {
      expect(await desk.get(b)).toMatchObject({ state: 'merged', surname: 'Lindgren' })
      expect(await desk.match({ surname: 'Lindgren', given_name: 'Märta' })).toEqual([a])
      expect(conflictsIn(desk, b)).toBe(1)
    }
  })

  test('one merges, the other changes the one that stays: both are kept, and nothing is in conflict', async () => {
    const { here, there, a, b } = await cutOff()
    await here.decide('same', a, b)
    await there.patch(a, { surname: 'Lindgren' })
    await heal(here, there, a, b)
    for (const desk of [here, there]) {
      expect(await desk.get(a)).toMatchObject({ surname: 'Lindgren', document_number: 'SE 4711', absorbed: [b] })
      expect(conflictsIn(desk, a)).toBe(0)
    }
  })

  test('one merges, the other deletes the one that stays: a conflict', async () => {
    const { here, there, a, b } = await cutOff()
    await here.decide('same', a, b)
    await there.delete(a)
    await heal(here, there, a, b)
    expect([conflictsIn(here, a), conflictsIn(there, a)]).toEqual([1, 1])
    expect(await here.get(a)).toEqual(await there.get(a))
  })

  test('merge along a chain hold one customer', async () => {
    const { here, there, a, b } = await cutOff()
    const c = await here.create({ ...OTHER, surname: 'Lindkwist' })
    const third = here.records.here('customer', c)
    await there.receive(third)
    await here.decide('same', a, b)
    await there.decide('same', b, c)
    await heal(here, there, a, b)
    await heal(here, there, b, c)
    await heal(here, there, a, c)
    const found = await here.match({ surname: 'Lindkvist', given_name: 'Märta' })
    expect(found).toEqual(await there.match({ surname: 'Lindkvist', given_name: 'Märta' }))
    expect(found).toHaveLength(1)
  })
})
