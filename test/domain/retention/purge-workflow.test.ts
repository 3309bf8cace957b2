import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { prepareWrite } from '#domain/records/prepare-write.ts'
import { reconcile } from '#domain/records/reconcile.ts'
import { holdCustomer, releaseCustomer } from '#domain/retention/hold.ts'
import type { StoredRun } from '#domain/retention/port.ts'
import { startEngine, type TestEngine } from '#test/adapters/dynamodb/engine.ts'
import { callAt } from '#test/in-memory/call.ts'
import { Desk } from './fixtures.ts'

let engine: TestEngine
let desk: Desk
beforeAll(async () => {
  engine = await startEngine()
})
afterAll(() => engine.stop())
beforeEach(async () => {
  desk = new Desk(engine.tables())
  await desk.clear()
})

const NOBODY = { held: 0, merged: 0, changed: 0, unheard: 0, waiting: 0 }
const toCounts = ({ due, expired, marked, removed, kept }: StoredRun) => ({
  due,
  expired,
  marked,
  removed,
  ...Object.fromEntries(Object.entries(kept).filter(([, count]) => count > 0)),
})
const NOTHING = { due: 0, expired: 0, marked: 0, removed: 0 }

describe('who is due', () => {
  test('has not been changed for longer than the policy says', async () => {
    const [old, touched] = [await desk.create({ surname: 'Old' }), await desk.create({ surname: 'Touched' })]
    desk.pass({ days: 29 })
    await desk.patch(touched, { given_name: 'Anew' })
    expect(toCounts(await desk.run())).toEqual(NOTHING)
    desk.pass({ days: 2 })
    expect(await desk.run()).toMatchObject({ due: 1, expired: 1, marked: 1, removed: 1, kept: NOBODY, finished: true })
    expect([await desk.versions(old), await desk.state(old)]).toEqual([0, null])
    expect([await desk.versions(touched), await desk.state(touched)]).toEqual([2, 'active'])
  })

  test('goes by what the policy says of the type, where it says something', async () => {
    const [person, firm] = [
      await desk.create({ surname: 'P', type: 'PERSON' }),
      await desk.create({ surname: 'F', type: 'INSTITUTION' }),
    ]
    desk.pass({ days: 20 })
    desk.policy = { days: null, types: { INSTITUTION: 10 } }
    expect((await desk.run()).removed).toBe(1)
    expect([await desk.state(person), await desk.state(firm)]).toEqual(['active', null])
    desk.pass({ days: 10_000 })
    expect(toCounts(await desk.run())).toEqual(NOTHING)
  })

  test('is told by a dry run, which does nothing', async () => {
    await desk.create({ surname: 'Old' })
    desk.pass({ days: 31 })
    const before = await Promise.all(Object.values(desk.tables.names).map(name => desk.rows(name)))
    expect(await desk.run({ dry: true })).toMatchObject({ due: 1, expired: 0, dry_run: true, kept: NOBODY })
    expect(await Promise.all(Object.values(desk.tables.names).map(name => desk.rows(name)))).toEqual(before)
  })

  test('stays while held, and leaves at once when that ends: keeping records is no activity of a customer', async () => {
    const id = await desk.create({ surname: 'Held' })
    desk.pass({ days: 25 })
    await holdCustomer(desk.records, desk.call(), id, { reason: 'a court asked' })
    desk.pass({ days: 10 })
    expect(toCounts(await desk.run())).toEqual({ ...NOTHING, due: 1, held: 1 })
    expect(await desk.state(id)).toBe('active')
    await releaseCustomer(desk.records, desk.call(), id)
    expect((await desk.run()).removed).toBe(1)
    expect(await desk.versions(id)).toBe(0)
  })

  test('leaves by itself when the end of the hold has come', async () => {
    const id = await desk.create({ surname: 'Held' })
    await holdCustomer(desk.records, desk.call(), id, { reason: 'a court asked', until: callAt(40 * 86_400).now })
    desk.pass({ days: 39 })
    expect((await desk.run()).kept.held).toBe(1)
    desk.pass({ days: 2 })
    expect((await desk.run()).removed).toBe(1)
  })

  test('stays a full time more after a change that came beside the hold', async () => {
    const id = await desk.create({ surname: 'Held' })
    await holdCustomer(desk.records, desk.call(), id, { reason: 'a court asked' })
    desk.pass({ days: 25 })
    await desk.patch(id, { given_name: 'Anew' })
    await releaseCustomer(desk.records, desk.call(), id)
    desk.pass({ days: 10 })
    expect(toCounts(await desk.run())).toEqual(NOTHING)
  })

  test('leaves with those that were merged with it, and not before all of them are due', async () => {
    const ids = [await desk.create({ surname: 'Twin', dob: '1970' }), await desk.create({ surname: 'Twin' })].sort()
    const [lives = '', merged = ''] = ids
    await desk.decide([lives, merged], 'same')
    desk.pass({ days: 20 })
    await desk.patch(lives, { given_name: 'Anew' })
    desk.pass({ days: 20 })
    expect(toCounts(await desk.run())).toEqual({ ...NOTHING, due: 1, merged: 1 })
    expect([await desk.state(lives), await desk.state(merged)]).toEqual(['active', 'merged'])
    desk.pass({ days: 20 })
    expect((await desk.run()).removed).toBe(2)
    expect([await desk.versions(lives), await desk.versions(merged)]).toEqual([0, 0])
  })

  test('stays while one that was merged with it is held', async () => {
    const ids = [await desk.create({ surname: 'Twin' }), await desk.create({ surname: 'Twin' })].sort()
    await desk.decide([ids[0] ?? '', ids[1] ?? ''], 'same')
    await holdCustomer(desk.records, desk.call(), ids[1] ?? '', { reason: 'a court asked' })
    desk.pass({ days: 31 })
    expect(toCounts(await desk.run())).toEqual({ ...NOTHING, due: 2, held: 2 })
  })
})

describe('the rounds', () => {
  test('each wait until every location has acknowledged the one before, for the time between them, and for a word after it', async () => {
    desk.wait = 3600
    const id = await desk.create({ surname: 'Old' })
    await desk.hear('loc2')
    await desk.hear('loc3')
    desk.pass({ days: 31 })
    const unheard = (...names: string[]) => ({ counts: { ...NOTHING, unheard: 1 }, waiting_for: names })
    const waiting = { counts: { ...NOTHING, waiting: 1 }, waiting_for: [] }
    const next = async () => {
      const run = await desk.run()
      return { counts: toCounts(run), waiting_for: run.waiting_for }
    }

    const first = await next()
    expect(first).toEqual({
      counts: { ...NOTHING, due: 1, expired: 1, unheard: 1 },
      waiting_for: ['loc2', 'loc3'],
    })
    expect(await desk.state(id)).toBe('expired')
    for (const round of ['marked', 'removed'] as const) {
      await desk.hear('loc2')
      desk.pass({ days: 3 })
      expect(await next()).toEqual(unheard('loc3'))
      await desk.hear('loc3')
      await desk.hear('loc2')
      expect(await next()).toEqual(waiting)
      // Cut off again while the others wait.
      desk.pass({ seconds: 3600 })
      await desk.hear('loc2')
      expect(await next()).toEqual(unheard('loc3'))
      expect(await desk.versions(id)).toBe(2)
      await desk.hear('loc3')
      const { counts } = await next()
      expect(counts[round]).toBe(1)
    }
    expect([await desk.versions(id), await desk.row(id)]).toEqual([0, null])
    expect((await desk.records.loadPartition('customer', id)).tombstone).toMatchObject({ erased: false })
    expect((await desk.purges.purges(null)).purges).toEqual([])
    expect(toCounts(await desk.run())).toEqual(NOTHING)
  })

  test('are those of one location: the first by name of all that were ever heard of', async () => {
    await desk.create({ surname: 'Old' })
    await desk.hear('loc0')
    desk.pass({ days: 31 })
    await expect(desk.run()).rejects.toThrow('The purge runs at the location loc0')
    expect(await desk.scheduled()).toBeNull()
    expect((await desk.run({ dry: true })).due).toBe(1)
  })

  test('give way to a change that was made elsewhere meanwhile: it is kept, with the whole history', async () => {
    const id = await desk.create({ surname: 'Old' })
    await desk.hear('loc2')
    desk.pass({ days: 31 })
    const before = await desk.row(id)
    if (!before) throw new Error('it was created')
    await desk.run()
    expect(await desk.state(id)).toBe('expired')
    // What loc2 wrote before the expiry came there.
    const said = { action: 'update', fields: { surname: 'Changed' } } as const
    const call = desk.call({ location: 'loc2' })
    const write = await prepareWrite(before, before, said, call, desk.records.versions('customer', id, true))
    if (!write) throw new Error('that changes something')
    const other = new Desk(desk.tables, 'loc2')
    await other.records.drop((await desk.row(id)) ?? before)
    await desk.records.put(before, null)
    await other.records.commit([write])
    await desk.records.drop(write.row)
    const [created, expiry] = (await desk.records.loadPartition('customer', id)).versions.filter(
      v => v.location === 'loc1',
    )
    if (!created || !expiry) throw new Error('there are two')
    const row = await desk.records.current('customer', id, true)
    await reconcile(desk.records, desk.call(), { kind: 'customer', id, row }, [write.version])
    expect(await desk.state(id)).toBe('active')
    await desk.hear('loc2')
    await desk.run()
    await desk.hear('loc2')
    expect(toCounts(await desk.run())).toMatchObject({ marked: 0, changed: 1 })
    for (let n = 0; n < 3; n++) {
      await desk.hear('loc2')
      expect((await desk.run()).removed).toBe(0)
    }
    expect([await desk.state(id), await desk.versions(id)]).toEqual(['active', 3])
    expect((await desk.purges.purges(null)).purges).toEqual([])
  })

  test('take decisions about a customer, and open pairs, along', async () => {
    const [old, other] = [await desk.create({ surname: 'Old' }), await desk.create({ surname: 'Other' })]
    await desk.decide([old, other], 'different', 'looked at')
    const [a = '', b = ''] = [old, other].sort()
    await desk.pairs.putPairs([{ a, b, score: 0.9 }])
    desk.pass({ days: 20 })
    await desk.patch(other, { given_name: 'Anew' })
    desk.pass({ days: 20 })
    const [decision = ''] = (await desk.erasures.about(old)).decisions
    expect((await desk.records.loadPartition('decision', decision)).versions).toHaveLength(1)
    expect((await desk.run()).removed).toBe(1)
    expect((await desk.records.loadPartition('decision', decision)).versions).toEqual([])
    expect(await desk.erasures.about(other)).toEqual({ decisions: [], pairs: [] })
    expect((await desk.pairs.pairs(null, 10)).pairs).toEqual([])
    expect(await desk.state(other)).toBe('active')
  })

  test('are no end of what comes again under the same id', async () => {
    const id = await desk.create({ surname: 'Old' })
    desk.pass({ days: 31 })
    await desk.run()
    const { tombstone: grave } = await desk.records.loadPartition('customer', id)
    const create = {
      action: 'create',
      fields: { type: 'PERSON', state: 'active', surname: 'New' },
      replaceAll: true,
    } as const
    const beginning = { kind: 'customer', id, purged: grave.purged } as const
    const write = await prepareWrite(null, beginning, create, desk.call(), async () => [])
    if (!write) throw new Error('that is new')
    expect((await desk.records.commit([{ ...write, expected: null }])).done).toBe(true)
    expect(toCounts(await desk.run())).toEqual(NOTHING)
    expect(await desk.versions(id)).toBe(1)
  })
})

test('a purge costs what is due, and not what is listed', async () => {
  const costs: number[] = []
  for (const others of [0, 150]) {
    await desk.clear()
    await Promise.all(Array.from({ length: 10 }, () => desk.create({ surname: 'Old' })))
    desk.pass({ days: 31 })
    await Promise.all(Array.from({ length: others }, () => desk.create({ surname: 'New' })))
    const { meter } = desk.tables
    const units = () => meter.rru + meter.wru_base + meter.wru_index
    const before = units()
    expect((await desk.run()).removed).toBe(10)
    costs.push(units() - before)
  }
  expect(costs[1]).toBe(costs[0])
})

describe('a run', () => {
  const MANY = 130

  test('goes on where it stopped: by its place, and by the schedule from the last report', async () => {
    await Promise.all(Array.from({ length: MANY }, (_, n) => desk.create({ surname: `Old ${n}` })))
    desk.pass({ days: 31 })
    const place = { part: 'due', type: 'PERSON', shard: 0, after: null } as const
    const first = await desk.run({ goOn: () => false, place })
    expect([first.finished, first.expired]).toEqual([false, expect.any(Number)])
    const second = await desk.run({ goOn: () => false, place: first.next })
    expect(first.expired + second.expired).toBe(MANY)
    expect(second.next).toEqual({ part: 'purges', after: null })
    const third = await desk.scheduled()
    expect(third).toMatchObject({ at: expect.any(String), expired: 0, finished: true, actor: 'provider' })
    const { runs } = await desk.purges.runs(null, 10)
    expect(runs).toEqual([third, second, first])
    expect((await desk.purges.runs(null, 2)).next).toBe(second.id)
    expect((await desk.purges.runs(second.id, 2)).runs).toEqual([first])
    expect(runs.reduce((sum, { removed }) => sum + removed, 0)).toBe(MANY)
  })

  test('that finds nothing is reported when somebody asked for it, and not by the schedule', async () => {
    await desk.scheduled()
    expect((await desk.purges.runs(null, 10)).runs).toEqual([])
    await desk.run()
    expect((await desk.purges.runs(null, 10)).runs).toHaveLength(1)
  })

  test.each(['commit', 'putTombstone', 'remove'] as const)(
    'that broke off at a %s is finished by the next',
    async broken => {
      const ids = await Promise.all(Array.from({ length: 25 }, (_, n) => desk.create({ surname: `Old ${n}` })))
      desk.pass({ days: 31 })
      const { records } = desk
      const works = records[broken].bind(records) as (...all: unknown[]) => Promise<never>
      let left = 7
      Object.assign(records, {
        [broken]: (...all: unknown[]) => {
          if (--left < 0) throw new Error('the power went')
          return works(...all)
        },
      })
      await expect(desk.run()).rejects.toThrow('the power went')
      Object.assign(records, { [broken]: works })
      await desk.run()
      for (const id of ids) expect([await desk.versions(id), await desk.row(id)]).toEqual([0, null])
      expect((await desk.purges.purges(null)).purges).toEqual([])
    },
  )

  test('makes a row anew that was thrown away between the rounds', async () => {
    const id = await desk.create({ surname: 'Old' })
    await desk.hear('loc2')
    desk.pass({ days: 31 })
    await desk.run()
    const row = await desk.row(id)
    if (row) await desk.records.drop(row)
    for (let n = 0; n < 4; n++) {
      await desk.hear('loc2')
      await desk.run()
    }
    expect([await desk.versions(id), await desk.row(id)]).toEqual([0, null])
  })
})
