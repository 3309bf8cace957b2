import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import type { AuditItem } from '#contract/schemas/audit.ts'
import { eraseRecord } from '#domain/retention/purge.ts'
import { callAt, timeAt } from '#test/in-memory/call.ts'
import { startEngine, type TestEngine } from '../../adapters/dynamodb/engine.ts'
import { Office } from './fixtures.ts'

const DAY = 86_400

let engine: TestEngine
let office: Office
beforeEach(async () => {
  engine = await startEngine()
  office = new Office(engine.tables())
})
afterEach(() => engine.stop())

const inBrief = ({ at, actor, action, outcome }: AuditItem) => `${at} ${actor} ${action} ${outcome}`

describe('the audit', () => {
  test('tells of a change who, when, where and what, before and after', async () => {
    const id = await office.create(1, { surname: 'Lee', dob: '1990' }, { actor: 'ada', request_id: 'r1' })
    await office.patch(2, id, { surname: 'Li' }, { actor: 'bob', request_id: 'r2' })
    const common = { outcome: 'done', record: `customer/${id}`, location: 'loc1', count: 1, id: expect.any(String) }
    expect(await office.list()).toEqual([
      {
        ...{ ...common, at: timeAt(1), actor: 'ada', action: 'create', request_id: 'r1' },
        before: { dob: null, state: null, surname: null, type: null },
        after: { dob: '1990', state: 'active', surname: 'Lee', type: 'PERSON' },
      },
      {
        ...{ ...common, at: timeAt(2), actor: 'bob', action: 'update', request_id: 'r2' },
        before: { surname: 'Lee' },
        after: { surname: 'Li' },
      },
    ])
  })

  test('tells of an access what was asked for, how it ended, and nothing that was asked', async () => {
    const customer = '3f2b8d1e-6c54-4a8e-9d0f-7b1c2a3d4e5f'
    const one = await office.access(1, { customer, asked: { surname: 'hash' }, request_id: 'r1' })
    await office.accesses.recordOutcome(one, 'not-found')
    expect(await office.list()).toEqual([
      {
        ...{ id: expect.any(String), at: timeAt(1), actor: 'agent', action: 'getCustomer', outcome: 'not-found' },
        ...{ record: `customer/${customer}`, location: 'loc1', request_id: 'r1', count: 1, before: null, after: null },
      },
    ])
  })

  test.each([1, 3, 25])('tells each entry once in pages of %i, oldest or newest first, whatever it is', async limit => {
    for (let n = 0; n < 12; n++) {
      const id = await office.create(n * 20_000, { surname: `N${n}` })
      await office.patch(n * 20_000 + 1, id, { surname: `M${n}` }, { location: 'loc2' })
      const access = await office.access(n * 20_000 + 1)
      if (n % 2 === 0) await office.accesses.recordOutcome(access, 'gone')
    }
    const oldest = await office.list({}, { limit })
    expect(oldest).toHaveLength(36)
    expect(new Set(oldest.map(({ id }) => id)).size).toBe(36)
    expect(oldest.map(({ at }) => at)).toEqual(oldest.map(({ at }) => at).toSorted())
    expect(oldest.filter(({ outcome }) => outcome === 'gone')).toHaveLength(6)
    expect(await office.list({}, { limit, newestFirst: true })).toEqual(oldest.toReversed())
  })

  test.each([
    ['actor', { actor: 'bob' }, ['bob update']],
    ['action', { action: 'search' }, ['ada search']],
    ['location', { location: 'loc2' }, ['bob update']],
    ['outcome', { outcome: 'not-found' }, ['agent getCustomer']],
    ['several', { actor: 'ada', action: 'create' }, ['ada create', 'ada create']],
    ['nobody', { actor: 'eve' }, []],
  ])('can be asked for by %s', async (_, filter, expected) => {
    const id = await office.create(1, { surname: 'Lee' }, { actor: 'ada' })
    await office.create(2, { surname: 'Kim' }, { actor: 'ada' })
    await office.patch(3, id, { surname: 'Li' }, { actor: 'bob', location: 'loc2' })
    await office.access(4, { actor: 'ada', action: 'search' })
    await office.access(5, { outcome: 'not-found' })
    const found = await office.list(filter)
    expect(found.map(({ actor, action }) => `${actor} ${action}`)).toEqual(expected)
  })

  test('can be asked for by customer: changes, and accesses that named them', async () => {
    const id = await office.create(1, { surname: 'Lee' })
    await office.create(2, { surname: 'Kim' })
    await office.access(3, { customer: id })
    await office.access(4)
    expect((await office.list({ customer: id })).map(({ action }) => action)).toEqual(['create', 'getCustomer'])
  })

  test('can be asked for by time: from a moment on, before another', async () => {
    for (const n of [0, 1, 2, 3]) await office.access(n * DAY, { actor: `a${n}` })
    const found = await office.list({}, { from: timeAt(DAY), to: timeAt(3 * DAY) })
    expect(found.map(({ actor }) => actor)).toEqual(['a1', 'a2'])
  })

  test('tells of somebody who was erased only who, when, what and where', async () => {
    const id = await office.create(1, { surname: 'Planted', dob: '1990' }, { actor: 'ada' })
    await office.patch(2, id, { surname: 'Sown' }, { actor: 'bob' })
    await eraseRecord(office.records, callAt(3), id)
    const items = await office.list()
    expect(items.map(inBrief)).toEqual([`${timeAt(1)} ada create done`, `${timeAt(2)} bob update done`])
    expect(items).toMatchObject([
      { record: `customer/${id}`, location: 'loc1', before: null, after: null, request_id: null },
      { before: null, after: null, request_id: null },
    ])
    expect(JSON.stringify(await office.rows(''))).not.toMatch(/Planted|Sown|1990/)
  })

  test('takes as many read units for a page among many entries as among few', async () => {
    const units = async () => {
      const tables = engine.tables()
      await new Office(tables).list({}, { limit: 5, newestFirst: true, from: timeAt(-10) })
      return tables.meter.rru
    }
    const page = async () => {
      const { listAudit } = await import('#domain/audit/list.ts')
      const tables = engine.tables()
      await listAudit(new Office(tables), {}, { above: '0', below: '~' }, true, 5, null)
      return tables.meter.rru
    }
    for (let n = 0; n < 30; n++) await office.access(n)
    const few = await page()
    await office.manyAccesses(370, n => 30 + n)
    expect(await page()).toBeLessThanOrEqual(few + 1)
    expect(await units()).toBeGreaterThan(few)
  })
})
