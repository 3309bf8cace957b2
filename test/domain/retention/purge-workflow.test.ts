import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { prepareWrite } from '#domain/records/prepare-write.ts'
import { reconcile } from '#domain/records/reconcile.ts'
import { startEngine, type TestEngine } from '#test/adapters/dynamodb/engine.ts'
import { NO_COUNTS, RetentionFixture, toCounts } from './fixtures.ts'

let engine: TestEngine
let fixture: RetentionFixture
beforeAll(async () => {
  engine = await startEngine()
})
afterAll(() => engine.stop())
beforeEach(async () => {
  fixture = new RetentionFixture(engine.tables())
  await fixture.clear()
})

describe('the phases of a purge', () => {
  test("each wait for every location's acknowledgement, for the waiting time, and for another acknowledgement", async () => {
    fixture.wait = 3600
    const id = await fixture.create({ surname: 'Old' })
    await fixture.acknowledgeFrom('loc2')
    await fixture.acknowledgeFrom('loc3')
    fixture.advanceClock({ days: 31 })
    const unacknowledged = (...names: string[]) => ({ counts: { ...NO_COUNTS, unheard: 1 }, waiting_for: names })
    const waiting = { counts: { ...NO_COUNTS, waiting: 1 }, waiting_for: [] }
    const runNext = async () => {
      const run = await fixture.run()
      return { counts: toCounts(run), waiting_for: run.waiting_for }
    }

    const first = await runNext()
    expect(first).toEqual({
      counts: { ...NO_COUNTS, due: 1, expired: 1, unheard: 1 },
      waiting_for: ['loc2', 'loc3'],
    })
    expect(await fixture.state(id)).toBe('expired')
    for (const phase of ['marked', 'removed'] as const) {
      await fixture.acknowledgeFrom('loc2')
      fixture.advanceClock({ days: 3 })
      expect(await runNext()).toEqual(unacknowledged('loc3'))
      await fixture.acknowledgeFrom('loc3')
      await fixture.acknowledgeFrom('loc2')
      expect(await runNext()).toEqual(waiting)
      // loc3 is cut off again during the waiting time.
      fixture.advanceClock({ seconds: 3600 })
      await fixture.acknowledgeFrom('loc2')
      expect(await runNext()).toEqual(unacknowledged('loc3'))
      expect(await fixture.versions(id)).toBe(2)
      await fixture.acknowledgeFrom('loc3')
      const { counts } = await runNext()
      expect(counts[phase]).toBe(1)
    }
    expect([await fixture.versions(id), await fixture.row(id)]).toEqual([0, null])
    expect((await fixture.records.loadPartition('customer', id)).tombstone).toMatchObject({ erased: false })
    expect((await fixture.purges.purges(null)).purges).toEqual([])
    expect(toCounts(await fixture.run())).toEqual(NO_COUNTS)
  })

  test('wait until every two locations have heard from each other', async () => {
    const id = await fixture.create({ surname: 'Old' })
    await fixture.acknowledgeFrom('loc3')
    await fixture.acknowledgeFrom('loc2')
    fixture.advanceClock({ days: 31 })
    await fixture.run()
    await fixture.acknowledgeFrom('loc2')
    await fixture.acknowledgeFrom('loc3', 'loc2')
    const { marked, kept, waiting_for } = await fixture.run()
    expect([marked, kept.unheard, waiting_for]).toEqual([0, 1, ['loc3']])
    for (const expected of [0, 1]) {
      await fixture.acknowledgeFrom('loc2')
      await fixture.acknowledgeFrom('loc3')
      expect((await fixture.run()).marked).toBe(expected)
    }
    expect(await fixture.state(id)).toBe('expired')
  })

  test('run only at the first location by name', async () => {
    await fixture.create({ surname: 'Old' })
    await fixture.acknowledgeFrom('loc0')
    fixture.advanceClock({ days: 31 })
    await expect(fixture.run()).rejects.toThrow('The purge runs at the location loc0')
    expect(await fixture.runAsScheduled()).toBeNull()
    expect((await fixture.run({ dry: true })).due).toBe(1)
  })

  test('stop for a concurrent change, which is kept with the whole history', async () => {
    const id = await fixture.create({ surname: 'Old' })
    await fixture.acknowledgeFrom('loc2')
    fixture.advanceClock({ days: 31 })
    const before = await fixture.row(id)
    if (!before) throw new Error('the customer exists')
    await fixture.run()
    expect(await fixture.state(id)).toBe('expired')
    // The change that loc2 wrote before the expiry arrived there.
    const change = { action: 'update', fields: { surname: 'Changed' } } as const
    const context = fixture.context({ location: 'loc2' })
    const write = await prepareWrite(before, before, change, context, fixture.records.versions('customer', id, true))
    if (!write) throw new Error('the change makes a version')
    const loc2 = new RetentionFixture(fixture.tables, 'loc2')
    await loc2.records.drop((await fixture.row(id)) ?? before)
    await fixture.records.put(before, null)
    await loc2.records.commit([write])
    await fixture.records.drop(write.row)
    const [created, expiry] = (await fixture.records.loadPartition('customer', id)).versions.filter(
      v => v.location === 'loc1',
    )
    if (!created || !expiry) throw new Error('loc1 wrote two versions')
    const row = await fixture.records.current('customer', id, true)
    await reconcile(fixture.records, fixture.context(), { kind: 'customer', id, row }, [write.version])
    expect(await fixture.state(id)).toBe('active')
    await fixture.acknowledgeFrom('loc2')
    await fixture.run()
    await fixture.acknowledgeFrom('loc2')
    expect(toCounts(await fixture.run())).toMatchObject({ marked: 0, changed: 1 })
    for (let n = 0; n < 3; n++) {
      await fixture.acknowledgeFrom('loc2')
      expect((await fixture.run()).removed).toBe(0)
    }
    expect([await fixture.state(id), await fixture.versions(id)]).toEqual(['active', 3])
    expect((await fixture.purges.purges(null)).purges).toEqual([])
  })

  test('delete decisions and open pairs of the customer', async () => {
    const [old, other] = [await fixture.create({ surname: 'Old' }), await fixture.create({ surname: 'Other' })]
    await fixture.decide([old, other], 'different', 'looked at')
    const [a = '', b = ''] = [old, other].sort()
    await fixture.pairs.putPairs([{ a, b, score: 0.9 }])
    fixture.advanceClock({ days: 20 })
    await fixture.patch(other, { given_name: 'Anew' })
    fixture.advanceClock({ days: 20 })
    const [decision = ''] = (await fixture.erasures.about(old)).decisions
    expect((await fixture.records.loadPartition('decision', decision)).versions).toHaveLength(1)
    expect((await fixture.run()).removed).toBe(1)
    expect((await fixture.records.loadPartition('decision', decision)).versions).toEqual([])
    expect(await fixture.erasures.about(other)).toEqual({ decisions: [], pairs: [] })
    expect((await fixture.pairs.pairs(null, 10)).pairs).toEqual([])
    expect(await fixture.state(other)).toBe('active')
  })

  test('do not affect a customer created later under the same id', async () => {
    const id = await fixture.create({ surname: 'Old' })
    fixture.advanceClock({ days: 31 })
    await fixture.run()
    const { tombstone } = await fixture.records.loadPartition('customer', id)
    const create = {
      action: 'create',
      fields: { type: 'PERSON', state: 'active', surname: 'New' },
      replaceAll: true,
    } as const
    const record = { kind: 'customer', id, purged: tombstone.purged } as const
    const write = await prepareWrite(null, record, create, fixture.context(), async () => [])
    if (!write) throw new Error('the creation makes a version')
    expect((await fixture.records.commit([{ ...write, expected: null }])).done).toBe(true)
    expect(toCounts(await fixture.run())).toEqual(NO_COUNTS)
    expect(await fixture.versions(id)).toBe(1)
  })
})

test('a purge costs units per due customer, not per listed customer', async () => {
  const costs: number[] = []
  for (const others of [0, 150]) {
    await fixture.clear()
    await Promise.all(Array.from({ length: 10 }, () => fixture.create({ surname: 'Old' })))
    fixture.advanceClock({ days: 31 })
    await Promise.all(Array.from({ length: others }, () => fixture.create({ surname: 'New' })))
    const { meter } = fixture.tables
    const units = () => meter.rru + meter.wru_base + meter.wru_index
    const before = units()
    expect((await fixture.run()).removed).toBe(10)
    costs.push(units() - before)
  }
  expect(costs[1]).toBe(costs[0])
})

describe('a run', () => {
  const MANY = 130

  test('continues where it stopped: from its position, and on schedule from the last report', async () => {
    await Promise.all(Array.from({ length: MANY }, (_, n) => fixture.create({ surname: `Old ${n}` })))
    fixture.advanceClock({ days: 31 })
    const position = { part: 'due', type: 'PERSON', shard: 0, after: null } as const
    const first = await fixture.run({ hasTime: () => false, place: position })
    expect([first.finished, first.expired]).toEqual([false, expect.any(Number)])
    const second = await fixture.run({ hasTime: () => false, place: first.next })
    expect(first.expired + second.expired).toBe(MANY)
    expect(second.next).toEqual({ part: 'purges', after: null })
    const third = await fixture.runAsScheduled()
    expect(third).toMatchObject({ at: expect.any(String), expired: 0, finished: true, actor: 'provider' })
    const { runs } = await fixture.purges.runs(null, 10)
    expect(runs).toEqual([third, second, first])
    expect((await fixture.purges.runs(null, 2)).next).toBe(second.id)
    expect((await fixture.purges.runs(second.id, 2)).runs).toEqual([first])
    expect(runs.reduce((sum, { removed }) => sum + removed, 0)).toBe(MANY)
  })

  test('without due customers is reported when requested, but not on schedule', async () => {
    await fixture.runAsScheduled()
    expect((await fixture.purges.runs(null, 10)).runs).toEqual([])
    await fixture.run()
    expect((await fixture.purges.runs(null, 10)).runs).toHaveLength(1)
  })

  test.each(['commit', 'putTombstone', 'remove'] as const)(
    'that failed at a %s is finished by the next run',
    async operation => {
      const ids = await Promise.all(Array.from({ length: 25 }, (_, n) => fixture.create({ surname: `Old ${n}` })))
      fixture.advanceClock({ days: 31 })
      const { records } = fixture
      const original = records[operation].bind(records) as (...args: unknown[]) => Promise<never>
      let remaining = 7
      Object.assign(records, {
        [operation]: (...args: unknown[]) => {
          if (--remaining < 0) throw new Error('the power went')
          return original(...args)
        },
      })
      await expect(fixture.run()).rejects.toThrow('the power went')
      Object.assign(records, { [operation]: original })
      await fixture.run()
      for (const id of ids) expect([await fixture.versions(id), await fixture.row(id)]).toEqual([0, null])
      expect((await fixture.purges.purges(null)).purges).toEqual([])
    },
  )

  test('that failed leaves a report of what it did; the next scheduled run begins where it began, and reports that it did not fail', async () => {
    const ids = await Promise.all(Array.from({ length: 25 }, (_, n) => fixture.create({ surname: `Old ${n}` })))
    fixture.advanceClock({ days: 31 })
    const { records } = fixture
    const original = records.putTombstone
    Object.assign(records, {
      putTombstone: () => {
        throw new Error('the power went')
      },
    })
    const place = { part: 'due', type: 'PERSON', shard: 1, after: null } as const
    await expect(fixture.run({ place })).rejects.toThrow('the power went')
    Object.assign(records, { putTombstone: original })
    const reports = async () => (await fixture.purges.runs(null, 10)).runs
    expect(await reports()).toEqual([expect.objectContaining({ failed: true, finished: false, next: place })])
    await fixture.runAsScheduled()
    expect(await reports()).toEqual([
      expect.objectContaining({ failed: false, finished: true, next: null }),
      expect.objectContaining({ failed: true }),
    ])
    await fixture.runAsScheduled()
    for (const id of ids) expect(await fixture.versions(id)).toBe(0)
    const count = (await reports()).length
    await fixture.runAsScheduled()
    expect(await reports()).toHaveLength(count)
  })

  test('rebuilds a current row that was deleted between the phases', async () => {
    const id = await fixture.create({ surname: 'Old' })
    await fixture.acknowledgeFrom('loc2')
    fixture.advanceClock({ days: 31 })
    await fixture.run()
    const row = await fixture.row(id)
    if (row) await fixture.records.drop(row)
    for (let n = 0; n < 4; n++) {
      await fixture.acknowledgeFrom('loc2')
      await fixture.run()
    }
    expect([await fixture.versions(id), await fixture.row(id)]).toEqual([0, null])
  })
})
