import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { NotFound, StateConflict } from '#domain/errors.ts'
import { holdCustomer, releaseCustomer, toActivity } from '#domain/retention/hold.ts'
import { eraseRecord } from '#domain/retention/purge.ts'
import { startEngine, type TestEngine } from '#test/adapters/dynamodb/engine.ts'
import { RetentionFixture } from './fixtures.ts'

let engine: TestEngine
let fixture: RetentionFixture
beforeAll(async () => {
  engine = await startEngine()
})
afterAll(() => engine.stop())
beforeEach(async () => {
  fixture = new RetentionFixture(engine.tables())
  await fixture.clear()
  await fixture.acknowledgeFrom('loc2')
})

/** How many runs, each acknowledged by the other location, bring a purge to a phase. */
const PHASES = [
  ['expired', 1],
  ['acknowledged as expired', 2],
  ['marked as purged', 3],
] as const

async function runPhases(count: number) {
  let last = await fixture.run()
  for (let n = 1; n < count; n++) {
    await fixture.acknowledgeFrom('loc2')
    last = await fixture.run()
  }
  return last
}

/** Runs until no purge is in progress. */
async function finish(): Promise<void> {
  for (let n = 0; n < 6; n++) {
    await fixture.acknowledgeFrom('loc2')
    await fixture.run()
  }
  expect((await fixture.purges.purges(null)).purges).toEqual([])
}

const toSurname = async (id: string) => (await fixture.row(id))?.snapshot.surname

describe.each(PHASES)('a customer who is %s', (_, runs) => {
  let id: string
  let created: string
  beforeEach(async () => {
    id = await fixture.create({ surname: 'Old' })
    created = (await fixture.row(id))?.updated_at ?? ''
    fixture.advanceClock({ days: 31 })
    await runPhases(runs)
    expect(await fixture.state(id)).toBe('expired')
  })

  test.each([
    ['a change', () => fixture.patch(id, { surname: 'Changed' }), 'Changed'],
    ['a restore', () => fixture.restore(id), 'Old'],
    ['a hold', () => holdCustomer(fixture.records, fixture.context(), id, { reason: 'a court asked' }), 'Old'],
  ])('stays on the list after %s', async (_, takeBack, surname) => {
    await takeBack()
    expect([await fixture.state(id), await toSurname(id)]).toEqual(['active', surname])
    await finish()
    expect([await fixture.state(id), await toSurname(id), await fixture.versions(id)]).toEqual(['active', surname, 3])
    expect((await fixture.records.loadPartition('customer', id)).tombstone).toEqual({ purged: {}, erased: false })
  })

  test('starts no other purge before this one has ended', async () => {
    await fixture.patch(id, { surname: 'Changed' })
    fixture.advanceClock({ days: 31 })
    const { due, expired } = await fixture.run()
    expect([due, expired, await fixture.state(id)]).toEqual([0, 0, 'active'])
    await runPhases(6)
    expect(await fixture.state(id)).toBe('expired')
  })

  test('comes back when the policy keeps it again, and its retention period goes on', async () => {
    fixture.policy = { days: 60, types: {} }
    await finish()
    const row = await fixture.row(id)
    expect([row?.snapshot.state, row && toActivity(row)]).toEqual(['active', created])
    fixture.advanceClock({ days: 30 })
    await finish()
    expect([await fixture.row(id), await fixture.versions(id)]).toEqual([null, 0])
  })

  test('leaves at once when its hold ends', async () => {
    await holdCustomer(fixture.records, fixture.context(), id, { reason: 'a court asked' })
    await finish()
    await releaseCustomer(fixture.records, fixture.context(), id)
    await finish()
    expect([await fixture.row(id), await fixture.versions(id)]).toEqual([null, 0])
  })

  test('comes back when the run is cancelled, for another retention period', async () => {
    const [run] = (await fixture.purges.runs(null, 1)).runs
    if (!run) throw new Error('there was a run')
    expect(await fixture.cancel(run)).toMatchObject({ returned: 1, removed: 0 })
    expect(await fixture.state(id)).toBe('active')
    await expect(fixture.cancel(run)).rejects.toThrow(StateConflict)
    fixture.advanceClock({ days: 29 })
    await finish()
    expect(await fixture.state(id)).toBe('active')
    fixture.advanceClock({ days: 2 })
    await finish()
    expect([await fixture.row(id), await fixture.versions(id)]).toEqual([null, 0])
  })

  test('comes back when a cancellation was interrupted', async () => {
    const [purge] = (await fixture.purges.purges(null)).purges
    await fixture.purges.done(purge?.id ?? '', 'cancelled', fixture.now)
    expect((await fixture.run()).returned).toBe(1)
    expect(await fixture.state(id)).toBe('active')
  })
})

describe('customers who were merged', () => {
  test('come back together when one of them is changed', async () => {
    const ids = [await fixture.create({ surname: 'Twin' }), await fixture.create({ surname: 'Twin' })].sort()
    const [survivor = '', merged = ''] = ids
    await fixture.decide([survivor, merged], 'same')
    fixture.advanceClock({ days: 31 })
    await runPhases(3)
    expect(await Promise.all(ids.map(id => fixture.state(id)))).toEqual(['expired', 'expired'])
    await fixture.patch(survivor, { given_name: 'Anew' })
    await finish()
    expect(await Promise.all(ids.map(id => fixture.state(id)))).toEqual(['active', 'merged'])
  })
})

describe('a cancellation', () => {
  test('of a run that does not exist is refused', async () => {
    const run = await fixture.run()
    await expect(fixture.cancel({ ...run, id: 'other' })).rejects.toThrow(NotFound)
  })

  test('takes the others back if one of the customers was erased meanwhile', async () => {
    const [erased, other] = [await fixture.create({ surname: 'Erased' }), await fixture.create({ surname: 'Other' })]
    fixture.advanceClock({ days: 31 })
    const run = await runPhases(3)
    await eraseRecord(fixture.records, fixture.context(), erased)
    expect(await fixture.cancel(run)).toMatchObject({ returned: 1 })
    expect([await fixture.state(other), await fixture.row(erased)]).toEqual(['active', null])
    await finish()
  })

  test('of a run whose customers were removed is refused', async () => {
    await fixture.create({ surname: 'Old' })
    fixture.advanceClock({ days: 31 })
    const run = await fixture.run()
    await finish()
    await expect(fixture.cancel(run)).rejects.toThrow('Nothing is left to cancel')
  })

  test('at a location that does not run purges is refused', async () => {
    const run = await fixture.run()
    await fixture.acknowledgeFrom('loc0')
    await expect(fixture.cancel(run)).rejects.toThrow('The purge runs at the location loc0')
  })
})
