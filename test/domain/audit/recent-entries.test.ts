/** Entries that no index has yet: found by what the process noted, as by the tables. */
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { AuditPostings } from '#adapters/dynamodb/audit-postings.ts'
import type { AuditFilter } from '#contract/schemas/audit.ts'
import { FIRST, LAST, lastKey } from '#domain/audit/entries.ts'
import { listAudit } from '#domain/audit/list.ts'
import { RecentEntries } from '#domain/audit/recent-entries.ts'
import { timeAt } from '#test/in-memory/context.ts'
import { startEngine, type TestEngine } from '../../adapters/dynamodb/engine.ts'
import { AuditFixture } from './fixtures.ts'

const DAY = 86_400
const [ADA, BOB, EVE] = [1, 2, 3].map(n => `00000000-0000-4000-8000-00000000000${n}`) as [string, string, string]

let engine: TestEngine
beforeEach(async () => {
  engine = await startEngine()
})
afterEach(() => engine.stop())

/** A location of one process, which notes entries from now on. */
async function noting(maxPostings?: number): Promise<AuditFixture> {
  const fixture = new AuditFixture(engine.tables(), new RecentEntries(maxPostings))
  fixture.auditIndex = new AuditPostings(fixture.tables)
  fixture.recentEntries?.begin(await lastKey(fixture.audit))
  return fixture
}

async function expectSamePagesAsTables(fixture: AuditFixture, filter: AuditFilter, from = FIRST): Promise<number> {
  let entries = 0
  for (const newestFirst of [false, true])
    for (const limit of [2, 100]) {
      const paging = { newestFirst, limit, from }
      const pages = await fixture.pages(filter, paging)
      expect({ filter, ...paging, pages }).toEqual({
        ...{ filter, ...paging },
        pages: await fixture.withoutIndex.pages(filter, paging),
      })
      entries = pages.flatMap(({ items }) => items).length
    }
  return entries
}

test('a page costs the same however many entries the index does not have yet', async () => {
  const fixture = await noting()
  const id = await fixture.create(1, { surname: 'Planted' })
  for (let n = 2; n < 8; n++) await fixture.access(n, { customer: id, shown: [ADA], questions: ['hash'] })
  const cost = async (filter: AuditFilter) => {
    const { meter } = fixture.tables
    const [units, trips] = [meter.rru, meter.round_trips]
    const { items } = await listAudit(fixture, filter, { above: FIRST, below: LAST }, true, 5, null)
    expect(items).toHaveLength(5)
    return [meter.rru - units, meter.round_trips - trips]
  }
  const costs = async () => ({
    shown: await cost({ shown: ADA }),
    asked: await cost({ asked: ['hash'] }),
    customer: await cost({ customer: id }),
  })
  const before = await costs()
  await fixture.manyAccesses(600, n => 10 + n)
  expect(await costs()).toEqual(before)
  expect(before.shown[0]).toBeLessThan(10)
})

test('entries of an earlier process are found in the tables, later ones by the notes, and both on one page', async () => {
  const earlier = await noting()
  const id = await earlier.create(1, { surname: 'Planted' })
  await earlier.access(2, { customer: id, shown: [ADA] })
  // Not all of them are indexed when the next process starts.
  await earlier.updateIndex(90)
  await earlier.access(70, { customer: id, shown: [ADA] })
  const fixture = await noting()
  await fixture.patch(80, id, { surname: 'Sown' })
  await fixture.access(81, { customer: id, shown: [ADA] })
  expect(await expectSamePagesAsTables(fixture, { customer: id })).toBe(5)
  expect(await expectSamePagesAsTables(fixture, { shown: ADA })).toBe(3)
  await fixture.updateIndex(DAY)
  expect(await expectSamePagesAsTables(fixture, { customer: id })).toBe(5)
})

test('nothing is found by notes before they begin', async () => {
  const recent = new RecentEntries()
  const fixture = new AuditFixture(engine.tables(), recent)
  await fixture.access(1, { shown: [ADA] })
  expect(await expectSamePagesAsTables(fixture, { shown: ADA })).toBe(1)
})

test('what was forgotten is read from the tables, also while pages are read', async () => {
  const fixture = await noting(10)
  for (let n = 0; n < 12; n++) await fixture.access(n, { shown: [ADA, BOB] })
  expect(await expectSamePagesAsTables(fixture, { shown: ADA })).toBe(12)
  const first = await listAudit(fixture, { shown: ADA }, { above: FIRST, below: LAST }, true, 3, null)
  for (let n = 12; n < 40; n++) await fixture.access(n, { shown: [BOB] })
  const rest = await listAudit(fixture, { shown: ADA }, { above: FIRST, below: LAST }, true, 100, first.next)
  expect([...first.items, ...rest.items].map(({ at }) => at)).toEqual(
    Array.from({ length: 12 }, (_, n) => timeAt(11 - n)),
  )
})

test('an entry that was noted and not stored is not listed, and one whose outcome changed is listed with it', async () => {
  const fixture = await noting()
  fixture.recentEntries?.noteAccess({
    ...{
      at: timeAt(1),
      request_id: 'lost',
      location: 'loc1',
      actor: 'ada',
      action: 'search',
      outcome: 'done',
      asked: {},
    },
    shown: [ADA],
  })
  const access = await fixture.access(2, { shown: [ADA] })
  await fixture.accesses.recordOutcome(access, 'done', { shown: [BOB], shown_count: 1 })
  const failed = await fixture.access(3, { shown: [ADA] })
  await fixture.accesses.recordOutcome(failed, 'not-found')
  expect(await fixture.list({ shown: ADA })).toEqual([])
  expect(await fixture.list({ shown: BOB })).toMatchObject([{ request_id: access.request_id, shown: [BOB] }])
})

test('index, tables and notes together agree with the tables, for any order of arrival and any query', async () => {
  const person = fc.constantFrom(ADA, BOB, EVE)
  const entry = fc.record({
    at: fc.nat(200),
    customer: fc.option(person, { nil: undefined }),
    shown: fc.uniqueArray(person),
    questions: fc.uniqueArray(fc.constantFrom('hash-1', 'hash-2')),
    outcome: fc.constantFrom('done', 'not-found', 'concluded', 'others'),
  })
  const step = fc.oneof(
    { arbitrary: entry, weight: 8 },
    { arbitrary: fc.constantFrom('carry' as const, 'restart' as const), weight: 1 },
  )
  const filter = fc.oneof(
    fc.record({ shown: person }),
    fc.record({ customer: person }),
    fc.record({ asked: fc.uniqueArray(fc.constantFrom('hash-1', 'hash-2'), { minLength: 1 }) }),
    fc.record({ customer: person, shown: person, outcome: fc.constantFrom('done', 'not-found') }),
  )
  let days = 0
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 25 }), fc.array(filter, { minLength: 3 }), async (steps, filters) => {
      const from = ++days * DAY
      let fixture = await noting(4)
      for (const [n, action] of steps.entries()) {
        const now = from + 200 + n
        if (action === 'carry') await fixture.updateIndex(now)
        else if (action === 'restart') fixture = await noting(4)
        else {
          const { at, outcome, ...members } = action
          const first = outcome === 'not-found' ? outcome : 'done'
          const access = await fixture.access(from + at, { ...members, outcome: first, request_id: `${from}-${n}` })
          if (outcome === 'concluded') await fixture.accesses.recordOutcome(access, 'not-found')
          if (outcome === 'others')
            await fixture.accesses.recordOutcome(access, 'done', { shown: [EVE], shown_count: 1 })
          await fixture.rewindIndexFor(now, `${access.at}#${access.request_id}`)
        }
      }
      for (const filter of filters) await expectSamePagesAsTables(fixture, filter, timeAt(from))
    }),
    { numRuns: 20 },
  )
})
