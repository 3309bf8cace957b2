import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import type { AuditItem } from '#contract/schemas/audit.ts'
import { eraseRecord } from '#domain/retention/purge.ts'
import { contextAt, timeAt } from '#test/in-memory/context.ts'
import { startEngine, type TestEngine } from '../../adapters/dynamodb/engine.ts'
import { AuditFixture } from './fixtures.ts'

const DAY = 86_400

let engine: TestEngine
let fixture: AuditFixture
beforeEach(async () => {
  engine = await startEngine()
  fixture = new AuditFixture(engine.tables())
})
afterEach(() => engine.stop())

const summarise = ({ at, actor, action, outcome }: AuditItem) => `${at} ${actor} ${action} ${outcome}`

describe('the audit list', () => {
  test('shows who made a change, when, where and to what, with the values before and after', async () => {
    const id = await fixture.create(1, { surname: 'Lee', dob: '1990' }, { actor: 'ada', request_id: 'r1' })
    await fixture.patch(2, id, { surname: 'Li' }, { actor: 'bob', request_id: 'r2' })
    const common = {
      outcome: 'done',
      record: `customer/${id}`,
      location: 'loc1',
      count: 1,
      id: expect.any(String),
      shown: null,
      shown_count: null,
      note: null,
    }
    expect(await fixture.list()).toEqual([
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

  test('shows the subject and the outcome of an access, but not its search terms', async () => {
    const customer = '3f2b8d1e-6c54-4a8e-9d0f-7b1c2a3d4e5f'
    const access = await fixture.access(1, { customer, asked: { surname: 'hash' }, request_id: 'r1' })
    await fixture.accesses.recordOutcome(access, 'not-found')
    expect(await fixture.list()).toEqual([
      {
        ...{ id: expect.any(String), at: timeAt(1), actor: 'agent', action: 'getCustomer', outcome: 'not-found' },
        ...{ record: `customer/${customer}`, location: 'loc1', request_id: 'r1', count: 1, before: null, after: null },
        ...{ note: null, shown: null, shown_count: null },
      },
    ])
  })

  test.each([1, 3, 25])('lists entries of every kind once in pages of %i, in both orders', async limit => {
    for (let n = 0; n < 12; n++) {
      const id = await fixture.create(n * 20_000, { surname: `N${n}` })
      await fixture.patch(n * 20_000 + 1, id, { surname: `M${n}` }, { location: 'loc2' })
      const access = await fixture.access(n * 20_000 + 1)
      if (n % 2 === 0) await fixture.accesses.recordOutcome(access, 'gone')
    }
    const oldest = await fixture.list({}, { limit })
    expect(oldest).toHaveLength(36)
    expect(new Set(oldest.map(({ id }) => id)).size).toBe(36)
    expect(oldest.map(({ at }) => at)).toEqual(oldest.map(({ at }) => at).toSorted())
    expect(oldest.filter(({ outcome }) => outcome === 'gone')).toHaveLength(6)
    expect(await fixture.list({}, { limit, newestFirst: true })).toEqual(oldest.toReversed())
  })

  test.each([
    ['actor', { actor: 'bob' }, ['bob update']],
    ['action', { action: 'search' }, ['ada search']],
    ['location', { location: 'loc2' }, ['bob update']],
    ['outcome', { outcome: 'not-found' }, ['agent getCustomer']],
    ['several', { actor: 'ada', action: 'create' }, ['ada create', 'ada create']],
    ['an unknown actor', { actor: 'eve' }, []],
  ])('filters by %s', async (_, filter, expected) => {
    const id = await fixture.create(1, { surname: 'Lee' }, { actor: 'ada' })
    await fixture.create(2, { surname: 'Kim' }, { actor: 'ada' })
    await fixture.patch(3, id, { surname: 'Li' }, { actor: 'bob', location: 'loc2' })
    await fixture.access(4, { actor: 'ada', action: 'search' })
    await fixture.access(5, { outcome: 'not-found' })
    const items = await fixture.list(filter)
    expect(items.map(({ actor, action }) => `${actor} ${action}`)).toEqual(expected)
  })

  test('filters by customer: changes of the customer and accesses to it', async () => {
    const id = await fixture.create(1, { surname: 'Lee' })
    await fixture.create(2, { surname: 'Kim' })
    await fixture.access(3, { customer: id })
    await fixture.access(4)
    expect((await fixture.list({ customer: id })).map(({ action }) => action)).toEqual(['create', 'getCustomer'])
  })

  test('filters by time: from an inclusive start to an exclusive end', async () => {
    for (const n of [0, 1, 2, 3]) await fixture.access(n * DAY, { actor: `a${n}` })
    const items = await fixture.list({}, { from: timeAt(DAY), to: timeAt(3 * DAY) })
    expect(items.map(({ actor }) => actor)).toEqual(['a1', 'a2'])
  })

  test('shows of an erased customer only who, when, what and where', async () => {
    const id = await fixture.create(1, { surname: 'Planted', dob: '1990' }, { actor: 'ada' })
    await fixture.patch(2, id, { surname: 'Sown' }, { actor: 'bob' })
    await eraseRecord(fixture.records, contextAt(3), id)
    const items = await fixture.list()
    expect(items.map(summarise)).toEqual([`${timeAt(1)} ada create done`, `${timeAt(2)} bob update done`])
    expect(items).toMatchObject([
      { record: `customer/${id}`, location: 'loc1', before: null, after: null, request_id: null },
      { before: null, after: null, request_id: null },
    ])
    expect(JSON.stringify(await fixture.itemsContaining(''))).not.toMatch(/Planted|Sown|1990/)
  })

  test('reads as many units for a page among many entries as among few', async () => {
    const units = async () => {
      const tables = engine.tables()
      await new AuditFixture(tables).list({}, { limit: 5, newestFirst: true, from: timeAt(-10) })
      return tables.meter.rru
    }
    const page = async () => {
      const { listAudit } = await import('#domain/audit/list.ts')
      const tables = engine.tables()
      await listAudit(new AuditFixture(tables), {}, { above: '0', below: '~' }, true, 5, null)
      return tables.meter.rru
    }
    for (let n = 0; n < 30; n++) await fixture.access(n)
    const few = await page()
    await fixture.manyAccesses(370, n => 30 + n)
    expect(await page()).toBeLessThanOrEqual(few + 1)
    expect(await units()).toBeGreaterThan(few)
  })
})
