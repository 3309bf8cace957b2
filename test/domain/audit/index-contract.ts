import { afterEach, beforeEach, expect, test } from '@jest/globals'
import type { AuditFilter } from '#contract/schemas/audit.ts'
import { FIRST, LAST } from '#domain/audit/entries.ts'
import { rewind } from '#domain/audit/index-entries.ts'
import type { AuditIndex } from '#domain/audit/port.ts'
import { Unavailable } from '#domain/errors.ts'
import { eraseRecord } from '#domain/retention/purge.ts'
import { contextAt, timeAt } from '#test/in-memory/context.ts'
import { startEngine, type TestEngine } from '../../adapters/dynamodb/engine.ts'
import { AuditFixture } from './fixtures.ts'

const DAY = 86_400

/** An index whose connection and content a test controls. */
export interface ControlledIndex {
  index: AuditIndex
  setUnreachable(down: boolean): void
  deleteAll(): Promise<void>
  close(): Promise<void>
  /** Everything that the index holds, as text. */
  dump(): Promise<string>
}

/** Filters by one member of each kind, and by several at once. */
const filtersFor = (customer: string): AuditFilter[] => [
  { actor: 'ada' },
  { customer },
  { location: 'loc2' },
  { outcome: 'not-found' },
  { shown: customer },
  { asked: ['asked-1', 'asked-3'], actor: 'ada' },
  { actor: 'ada', action: 'update', location: 'loc2' },
]

const toKey = (access: { at: string; request_id: string }) => `${access.at}#${access.request_id}`

/** What every audit index must do: return what the tables return, whatever is lost, late or erased. */
export function testIndexAgainstTables(createIndex: () => Promise<ControlledIndex>): void {
  let engine: TestEngine
  let fixture: AuditFixture
  let controlled: ControlledIndex
  let id: string
  beforeEach(async () => {
    engine = await startEngine()
    fixture = new AuditFixture(engine.tables())
    controlled = await createIndex()
    fixture.auditIndex = controlled.index
    id = await fixture.create(0, { surname: 'Planted', dob: '1990' }, { actor: 'ada' })
    await writeActivity(0)
  })
  afterEach(async () => {
    await controlled.close()
    await engine.stop()
  })

  /** Writes changes and accesses on two days from that second on, by two actors at two locations. */
  async function writeActivity(from: number): Promise<void> {
    for (let n = 1; n <= 4; n++) {
      const at = from + n * 30_000
      const [actor, location] = [n % 2 ? 'ada' : 'bob', n % 3 ? 'loc1' : 'loc2']
      const customerId = await fixture.create(at, { surname: `N${n}` }, { actor, location })
      await fixture.patch(at + 1, customerId, { surname: `M${n}` }, { actor: 'ada', location: 'loc2' })
      const access = await fixture.access(at + 1, { actor, location, ...(n % 2 ? { customer: id } : {}) })
      if (n % 3 === 0) await fixture.accesses.recordOutcome(access, 'not-found')
      await fixture.access(at + 2, { actor, outcome: 'not-found' })
      await fixture.access(at + 3, { actor, shown: [customerId, id], shown_count: 2, questions: [`asked-${n}`] })
    }
    await fixture.patch(from + DAY, id, { surname: `Sown${from}` }, { actor: 'bob' })
  }

  /** Expects every page of every filter, in both orders, to equal the page that is read from the tables without the index. */
  async function expectSamePagesAsTables(limits = [4], extraFilters: AuditFilter[] = []): Promise<void> {
    for (const filter of [...filtersFor(id), ...extraFilters])
      for (const newestFirst of [false, true])
        for (const limit of limits) {
          const paging = { newestFirst, limit }
          const pages = await fixture.pages(filter, paging)
          expect({ filter, ...paging, pages }).toEqual({
            ...{ filter, ...paging },
            pages: await fixture.withoutIndex.pages(filter, paging),
          })
        }
  }

  test('returns the same pages as the tables when nothing, a part or everything is indexed', async () => {
    await expectSamePagesAsTables()
    expect(await fixture.updateIndex(DAY / 2)).toBeGreaterThan(0)
    await expectSamePagesAsTables()
    expect(await fixture.updateIndex(3 * DAY)).toBeGreaterThan(0)
    expect(await fixture.updateIndex(3 * DAY)).toBe(0)
    await expectSamePagesAsTables(
      [2, 100],
      [{ actor: 'eve' }, { action: 'getCustomer' }, { outcome: 'done' }, { customer: id, outcome: 'done' }],
    )
    const span = { from: timeAt(25_000), to: timeAt(DAY), limit: 2 }
    expect(await fixture.pages({ actor: 'ada' }, span)).toEqual(
      await fixture.withoutIndex.pages({ actor: 'ada' }, span),
    )
  })

  test('reads fewer units than the tables: what the index does not find below its checkpoint is not looked up again', async () => {
    await fixture.updateIndex(3 * DAY)
    await fixture.manyAccesses(400, n => n)
    const units = async (reader: AuditFixture) => {
      const before = reader.tables.meter.rru
      await reader.pages({ customer: id, action: 'create' }, { limit: 5 })
      return reader.tables.meter.rru - before
    }
    const [withIndex, withoutIndex] = [await units(fixture), await units(fixture.withoutIndex)]
    expect(withIndex).toBeLessThan(withoutIndex / 2)
  })

  test('returns the same pages after an erasure, and holds nothing of the erased fields', async () => {
    await fixture.updateIndex(3 * DAY)
    await eraseRecord(fixture.records, contextAt(3 * DAY), id)
    await expectSamePagesAsTables()
    const [first] = await fixture.list({ customer: id, action: 'create' })
    expect(first).toMatchObject({ actor: 'ada', record: `customer/${id}`, before: null, after: null })
    expect(await controlled.dump()).toContain(id)
    expect(await controlled.dump()).not.toMatch(/Planted|Sown|1990|surname/)
  })

  test('returns the same pages while it is unreachable, and catches up afterwards', async () => {
    await fixture.updateIndex(3 * DAY)
    controlled.setUnreachable(true)
    await writeActivity(3 * DAY)
    await expectSamePagesAsTables()
    await expect(fixture.updateIndex(6 * DAY)).rejects.toThrow(Unavailable)
    controlled.setUnreachable(false)
    await expectSamePagesAsTables()
    expect(await fixture.updateIndex(6 * DAY)).toBeGreaterThan(15)
    await expectSamePagesAsTables()
  })

  test('is rebuilt from the tables when its content was lost', async () => {
    const entries = await fixture.updateIndex(3 * DAY)
    await controlled.deleteAll()
    await expectSamePagesAsTables()
    expect(await fixture.updateIndex(3 * DAY + 1)).toBe(entries)
    await expectSamePagesAsTables()
  })

  test('is rebuilt from the tables when its checkpoint is set back', async () => {
    const entries = await fixture.updateIndex(3 * DAY)
    await rewind(fixture.audit, FIRST)
    await expectSamePagesAsTables()
    expect(await fixture.updateIndex(3 * DAY)).toBe(entries)
    await expectSamePagesAsTables()
  })

  test('indexes late entries: those from another location, and the outcome of an access', async () => {
    const access = await fixture.access(500, { actor: 'bob' })
    await fixture.updateIndex(3 * DAY)
    const late = await fixture.access(100, { actor: 'eve', location: 'loc2' })
    await fixture.rewindIndexFor(3 * DAY, toKey(late))
    expect(await fixture.list({ actor: 'eve' })).toHaveLength(1)
    expect(await fixture.updateIndex(3 * DAY)).toBeGreaterThan(0)
    await fixture.accesses.recordOutcome(access, 'not-found')
    await fixture.rewindIndexFor(3 * DAY, `${toKey(access)}#outcome`)
    await expectSamePagesAsTables()
    expect(await fixture.updateIndex(3 * DAY)).toBeGreaterThan(0)
    expect(await fixture.list({ actor: 'eve' })).toHaveLength(1)
    await expectSamePagesAsTables()
  })

  test('keeps the final outcome of an access, in any order of arrival', async () => {
    const access = await fixture.access(1)
    const entry = (outcome: string) => ({ key: toKey(access), access: { ...access, outcome } })
    const all = { above: FIRST, below: LAST }
    const name = await controlled.index.begin()
    for (const outcomes of [
      ['done', 'not-found'],
      ['not-found', 'done'],
    ]) {
      for (const outcome of outcomes) expect(await controlled.index.put(name, [entry(outcome)])).toBe(true)
      expect(await controlled.index.find(name, { outcome: 'done' }, all, false, 10)).toEqual([])
      expect(await controlled.index.find(name, { outcome: 'not-found' }, all, false, 10)).toEqual([
        { key: toKey(access), id: null },
      ])
    }
  })

  test('that another replaced takes no entries and finds none', async () => {
    const replaced = await controlled.index.begin()
    const name = await controlled.index.begin()
    const access = await fixture.access(1)
    const all = { above: FIRST, below: LAST }
    expect(await controlled.index.put(replaced, [{ key: toKey(access), access }])).toBe(false)
    await expect(controlled.index.find(replaced, {}, all, false, 10)).rejects.toThrow(Unavailable)
    expect(await controlled.index.find(name, {}, all, false, 10)).toEqual([])
  })
}
