/** Who was shown whom, and what was asked: by the postings in `views` as from the tables. */
import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { AuditPostings } from '#adapters/dynamodb/audit-postings.ts'
import type { AuditFilter } from '#contract/schemas/audit.ts'
import { FIRST } from '#domain/audit/entries.ts'
import { rewind } from '#domain/audit/index-entries.ts'
import { MAX_SHOWN } from '#domain/audit/port.ts'
import { eraseRecord } from '#domain/retention/purge.ts'
import { contextAt } from '#test/in-memory/context.ts'
import { startEngine, type TestEngine } from '../../adapters/dynamodb/engine.ts'
import { AuditFixture } from './fixtures.ts'

const DAY = 86_400
const ASKED = 'hash-of-a-name'

let engine: TestEngine
let fixture: AuditFixture
let id: string
beforeEach(async () => {
  engine = await startEngine()
  fixture = new AuditFixture(engine.tables())
  fixture.auditIndex = new AuditPostings(fixture.tables)
  id = await fixture.create(0, { surname: 'Planted' }, { actor: 'ada' })
})
afterEach(() => engine.stop())

const search = { action: 'search', questions: [ASKED] }
const showing = (shown: readonly string[]) => ({ ...search, shown, shown_count: shown.length })

/** Accesses of a customer among others, on two days. */
async function writeActivity(from: number): Promise<void> {
  for (let n = 0; n < 6; n++) {
    const [actor, at] = [n % 2 ? 'ada' : 'bob', from + n * 20_000]
    await fixture.access(at, { actor, ...showing([randomUUID(), id, randomUUID()]) })
    await fixture.access(at + 1, { actor, ...showing([randomUUID()]), questions: [`other-${n}`, ASKED] })
    await fixture.access(at + 2, { actor, customer: id })
    await fixture.access(at + 3, { actor, customer: id, outcome: 'not-found' })
    await fixture.access(at + 4, { actor, action: 'lookup', asked: { name: n % 2 ? ASKED : 'another' } })
    const failed = await fixture.access(at + 5, { actor, customer: id, location: 'loc2' })
    await fixture.accesses.recordOutcome(failed, 'not-found')
    await fixture.patch(at + 6, id, { surname: `N${at}` }, { actor })
  }
}

async function expectSamePagesAsTables(): Promise<void> {
  const filters: AuditFilter[] = [
    { shown: id },
    { asked: [ASKED] },
    { asked: [ASKED, 'other-1', 'another'] },
    { shown: id, asked: [ASKED] },
    { shown: id, actor: 'ada', action: 'search' },
    { asked: [ASKED], location: 'loc2' },
    { shown: randomUUID() },
    { customer: id },
    { customer: id, action: 'getCustomer', outcome: 'not-found' },
    { customer: id, shown: id, actor: 'bob' },
    { customer: id, asked: [ASKED] },
  ]
  for (const filter of filters)
    for (const newestFirst of [false, true])
      for (const limit of [2, 100]) {
        const paging = { newestFirst, limit }
        expect({ filter, ...paging, pages: await fixture.pages(filter, paging) }).toEqual({
          ...{ filter, ...paging },
          pages: await fixture.withoutIndex.pages(filter, paging),
        })
      }
}

test('an access that showed a customer is found by the id, whether it was found or read, and not if it was refused', async () => {
  await writeActivity(0)
  const items = await fixture.list({ shown: id })
  expect(items.map(({ action, outcome }) => `${action} ${outcome}`).sort()).toEqual(
    [...Array(6).fill('getCustomer done'), ...Array(6).fill('search done')].sort(),
  )
  expect(items.find(({ action }) => action === 'search')).toMatchObject({
    shown: expect.arrayContaining([id]),
    shown_count: 3,
  })
  expect((await fixture.list({ asked: [ASKED], action: 'lookup' })).length).toBe(3)
})

test('a second row says whom an access showed instead, and its seal covers it', async () => {
  const [expected, actual] = [randomUUID(), randomUUID()]
  const access = await fixture.access(1, showing([expected, id]))
  await fixture.accesses.recordOutcome(access, 'done', { shown: [actual], shown_count: 1 })
  for (let round = 0; round < 2; round++) {
    for (const other of [expected, id]) expect(await fixture.list({ shown: other, action: 'search' })).toEqual([])
    for (const newestFirst of [false, true])
      expect(await fixture.list({ shown: actual }, { newestFirst })).toMatchObject([
        { request_id: access.request_id, outcome: 'done', shown: [actual], shown_count: 1 },
      ])
    await fixture.updateIndex(DAY)
  }
  await fixture.seal(DAY)
  expect(await fixture.verify()).toMatchObject({ removed: [], changed: [], inserted: [], broken: [] })
  await fixture.deleteItem((await fixture.itemsContaining('#outcome'))[0] ?? {})
  expect((await fixture.verify()).changed).toHaveLength(1)
})

test('the pages are the same when nothing, a part or everything is in the index, and after it is made anew', async () => {
  await writeActivity(0)
  await expectSamePagesAsTables()
  expect(await fixture.updateIndex(DAY / 2)).toBeGreaterThan(0)
  await expectSamePagesAsTables()
  await fixture.updateIndex(3 * DAY)
  await expectSamePagesAsTables()
  await rewind(fixture.audit, FIRST)
  await expectSamePagesAsTables()
  expect(await fixture.updateIndex(3 * DAY)).toBeGreaterThan(0)
  await expectSamePagesAsTables()
})

test('a page costs the same however many other accesses there are', async () => {
  await writeActivity(0)
  await fixture.updateIndex(3 * DAY)
  const cost = async (filter: AuditFilter) => {
    const before = fixture.tables.meter.rru
    const { items } = await fixture
      .pages(filter, { limit: 3, newestFirst: true })
      .then(([page]) => page ?? { items: [] })
    expect(items).toHaveLength(3)
    return fixture.tables.meter.rru - before
  }
  const costs = async () => [await cost({ shown: id }), await cost({ asked: [ASKED] }), await cost({ customer: id })]
  const before = await costs()
  await fixture.manyAccesses(600, n => n)
  await fixture.rewindIndexFor(4 * DAY, '0')
  await fixture.updateIndex(4 * DAY)
  expect(await costs()).toEqual(before)
})

test('the row of a page of 25 fits into one write unit, that of 100 into three', async () => {
  const units = async (count: number) => {
    const before = fixture.tables.meter.wru_base
    const ids = Array.from({ length: count }, () => randomUUID())
    const access = await fixture.access(count, {
      ...showing(ids),
      request_id: randomUUID(),
      questions: ['q'.repeat(22)],
    })
    const spent = fixture.tables.meter.wru_base - before
    const [item] = await fixture.list({ shown: ids.at(-1) })
    expect(item).toMatchObject({ shown: access.shown, shown_count: count })
    return spent
  }
  // The second access of a day does not list the day again.
  await units(1)
  expect([await units(25), await units(MAX_SHOWN)]).toEqual([1, 3])
})

test('seals cover whom an access showed', async () => {
  await writeActivity(0)
  await fixture.seal(2 * DAY)
  expect(await fixture.verify()).toMatchObject({ removed: [], changed: [], inserted: [], broken: [] })
  const [row] = await fixture.itemsContaining('access#').then(rows => rows.filter(item => item.shown_count === 3))
  await fixture.putItem({ ...row, shown_count: 2 })
  expect((await fixture.verify()).changed).toHaveLength(1)
})

test('an erasure leaves who was shown the customer, by the id alone', async () => {
  await writeActivity(0)
  await fixture.updateIndex(3 * DAY)
  await eraseRecord(fixture.records, contextAt(3 * DAY), id)
  await expectSamePagesAsTables()
  expect(await fixture.list({ shown: id })).toHaveLength(12)
  const { Items = [] } = await fixture.tables.scan({ TableName: fixture.tables.names.views })
  const postings = Items.filter(({ pk }) => String(pk).startsWith('audit-shown#'))
  expect(postings.length).toBeGreaterThan(12)
  expect(JSON.stringify(postings)).not.toMatch(/Planted|surname/)
})
