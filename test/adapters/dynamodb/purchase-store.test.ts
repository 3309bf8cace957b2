import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { backoff } from '#adapters/clock.ts'
import { DynamoPurchaseStore } from '#adapters/dynamodb/purchase-store.ts'
import { DynamoRecordStore } from '#adapters/dynamodb/record-store.ts'
import type { Purchase } from '#contract/schemas/purchase.ts'
import { buy } from '#domain/purchases/buy.ts'
import { deletePurchases } from '#domain/purchases/delete-purchases.ts'
import type { StoredPurchase } from '#domain/purchases/port.ts'
import { followPurchases } from '#domain/purchases/project-totals.ts'
import { contextAt } from '#test/in-memory/context.ts'
import { startEngine, TABLE_NAMES, type TestEngine } from './engine.ts'

let engine: TestEngine
let store: DynamoPurchaseStore
beforeAll(async () => {
  engine = await startEngine()
  store = new DynamoPurchaseStore(engine.tables())
})
afterAll(() => engine.stop())

const call = { pause: async () => {} }
let users = 0
const newUser = () => `user #${++users} ä`
const at = (second: number) => `2026-06-01T10:00:${String(second).padStart(2, '0')}.000Z`

const bought = (userid: string, second: number, more: Partial<StoredPurchase> = {}): StoredPurchase => ({
  id: randomUUID(),
  username: 'Ada',
  userid,
  price: '19.99',
  currency: 'EUR',
  timestamp: at(second),
  claim: null,
  ...more,
})

const withoutClaim = ({ claim: _, ...purchase }: StoredPurchase) => purchase

/** Stores and counts as many purchases, a second apart. */
async function stocked(user: string, count: number): Promise<StoredPurchase[]> {
  const rows = Array.from({ length: count }, (_, n) => bought(user, n))
  await Promise.all(rows.map(row => store.put(row)))
  await followPurchases(store, call, user, rows)
  return rows
}

/** Everything in a user's partition of a table. */
async function partition(TableName: string, user: string) {
  const { Items = [] } = await engine.tables().query({
    TableName,
    KeyConditionExpression: 'pk = :pk',
    ExpressionAttributeValues: { ':pk': `purchases#${user}` },
  })
  return Items
}

describe('the row of a purchase', () => {
  test('stays the one that was put first', async () => {
    const first = bought(newUser(), 1)
    expect(await store.put(first)).toEqual(withoutClaim(first))
    expect(await store.put({ ...first, timestamp: at(2) })).toEqual(withoutClaim(first))
    expect(await store.stored(first.userid, [first.id, randomUUID()])).toEqual([first])
  })

  test('put a hundred times at once is one', async () => {
    const first = bought(newUser(), 1)
    const told = await Promise.all(
      Array.from({ length: 100 }, (_, n) => store.put({ ...first, timestamp: at(n % 50) })),
    )
    expect(new Set(told.map(({ timestamp }) => timestamp)).size).toBe(1)
    expect(await partition(TABLE_NAMES.registry, first.userid)).toHaveLength(1)
  })

  test('is found page by page as soon as it is put', async () => {
    const user = newUser()
    const ids = Array.from({ length: 7 }, () => randomUUID()).sort()
    await Promise.all(ids.map(id => store.put(bought(user, 1, { id }))))
    const found: string[] = []
    for (let next: string | null | undefined; next !== null; ) {
      const page = await store.ofUser(user, next ?? null, 3)
      found.push(...page.purchases.map(({ id }) => id))
      next = page.next
    }
    expect(found).toEqual(ids)
  })
})

test('a claim belongs to whoever took it first, at whatever time', async () => {
  const key = randomUUID()
  const told = await Promise.all(['a', 'b', 'c'].map(id => store.claim(key, id)))
  expect(new Set(told).size).toBe(1)
  expect(await store.claim(key, 'd')).toBe(told[0])
})

describe('what is counted', () => {
  test('is told newest first, in a span from its beginning up to its end', async () => {
    const user = newUser()
    const rows = await stocked(user, 40)
    const seconds = async (
      from: number | undefined,
      to: number | undefined,
      limit = 100,
      after: string | null = null,
    ) => {
      const span = { from: from === undefined ? from : at(from), to: to === undefined ? to : at(to) }
      const { purchases, next } = await store.byTime(user, span, after, limit)
      return { told: purchases.map(({ timestamp }) => Number(timestamp.slice(17, 19))), next, purchases }
    }
    expect((await seconds(undefined, undefined)).told).toEqual(rows.map((_, n) => 39 - n))
    expect((await seconds(10, 13)).told).toEqual([12, 11, 10])
    expect((await seconds(10, 10)).told).toEqual([])
    expect((await seconds(37, undefined)).told).toEqual([39, 38, 37])
    const page = await seconds(10, 14, 3)
    expect(page.told).toEqual([13, 12, 11])
    expect((await seconds(10, 14, 3, page.next)).told).toEqual([10])
    expect(page.purchases[0]).toEqual(withoutClaim(rows[13] as StoredPurchase))
  })

  test('is exact by currency, however many at once count the same', async () => {
    const user = newUser()
    const rows = Array.from({ length: 60 }, (_, n) =>
      bought(user, n % 60, n % 3 === 0 ? { currency: 'JPY', price: '7' } : { price: '0.1' }),
    )
    await Promise.all(rows.map(row => store.put(row)))
    await Promise.all(
      [rows, rows.toReversed(), rows].map(told => followPurchases(store, { pause: backoff }, user, told)),
    )
    expect(await store.totals(user, true)).toEqual([
      { currency: 'EUR', count: 40, sum: '4' },
      { currency: 'JPY', count: 20, sum: '140' },
    ])
    expect((await store.byTime(user, {}, null, 100)).purchases).toHaveLength(60)
  })

  test.each([
    ['a row that is counted already', (one: Purchase) => ({ put: [one], drop: [] })],
    ['a row to take off that is not counted', (one: Purchase) => ({ put: [], drop: [{ ...one, timestamp: at(59) }] })],
  ])('is left as it is by a step that meets %s, though its total be right', async (_, step) => {
    const user = newUser()
    const [row] = (await stocked(user, 1)) as [StoredPurchase]
    const before = await store.totals(user, true)
    const after = [{ currency: 'EUR', count: 7, sum: '7' }]
    expect(await store.count(user, { ...step(row), before, after })).toBe(false)
    expect(await store.totals(user, true)).toEqual(before)
    expect((await store.byTime(user, {}, null, 10)).purchases).toEqual([withoutClaim(row)])
  })

  test('follows a row that a replica replaced', async () => {
    const user = newUser()
    const [row] = (await stocked(user, 1)) as [StoredPurchase]
    const other = { ...row, timestamp: at(30) }
    await store.remove([row])
    await store.put(other)
    await followPurchases(store, call, user, [row, other])
    expect((await store.byTime(user, {}, null, 10)).purchases).toEqual([withoutClaim(other)])
    expect(await store.totals(user, true)).toEqual([{ currency: 'EUR', count: 1, sum: '19.99' }])
  })

  test('of nobody is nothing', async () => {
    expect(await store.totals('nobody', false)).toEqual([])
    expect(await store.byTime('nobody', {}, null, 10)).toEqual({ purchases: [], next: null })
  })
})

test('an erased customer leaves no purchase in either table, and no key', async () => {
  const customer = randomUUID()
  const body = { username: 'Erasmus', userid: customer, price: '5' }
  for (const key of ['a', 'b', 'c']) await buy(store, contextAt(1), body, key, 'EUR')
  const { purchases } = await store.ofUser(customer, null, 10)
  await followPurchases(store, call, customer, purchases)
  expect(await store.totals(customer, true)).toEqual([{ currency: 'EUR', count: 3, sum: '15' }])

  expect(await store.erased(customer, true)).toBe(false)
  await new DynamoRecordStore(engine.tables()).putTombstone('customer', customer, { purged: {}, erased: true })
  expect(await store.erased(customer, true)).toBe(true)
  expect(await deletePurchases(store, call, customer)).toBe(3)
  expect(await partition(TABLE_NAMES.registry, customer)).toEqual([])
  expect(await partition(TABLE_NAMES.views, customer)).toEqual([])
  for (const TableName of Object.values(TABLE_NAMES)) {
    const { Items = [] } = await engine.tables().scan({ TableName })
    expect(JSON.stringify(Items)).not.toContain('Erasmus')
  }
  for (const { claim } of purchases) expect(await store.claim(claim ?? '', 'free again')).toBe('free again')
})

describe('the request units', () => {
  const measured = async (operation: (store: DynamoPurchaseStore) => Promise<unknown>) => {
    const tables = engine.tables()
    await operation(new DynamoPurchaseStore(tables))
    const { rru, wru_base, wru_index, round_trips } = tables.meter
    return { rru, wru: wru_base + wru_index, trips: round_trips }
  }
  const body = (userid: string) => ({ username: 'Ada', userid, price: '19.99', timestamp: '2026-06-01T10:00:00Z' })

  test('of a purchase are one to write, and one more for its key', async () => {
    const user = newUser()
    expect(await measured(own => buy(own, contextAt(1), body(user), undefined, 'EUR'))).toEqual({
      rru: 0,
      wru: 1,
      trips: 1,
    })
    expect(await measured(own => buy(own, contextAt(1), body(user), 'k', 'EUR'))).toEqual({ rru: 0, wru: 2, trips: 2 })
  })

  test.each([1, 200])('of counting and reading do not grow with what a user bought before: %i', async count => {
    const user = newUser()
    await stocked(user, count)
    const rows = Array.from({ length: 25 }, (_, n) => bought(user, n))
    await Promise.all(rows.map(row => store.put(row)))
    const counting = await measured(own => followPurchases(own, call, user, rows))
    // Two a row and two for the total, in one transaction; half of that would do for neither.
    expect(counting).toEqual({ rru: 51, wru: 52, trips: 4 })
    const page = await measured(own => own.byTime(user, {}, null, 25))
    // Half a unit for each 4 KB begun: 25 rows of at most 300 bytes.
    expect(page).toMatchObject({ wru: 0, trips: 1 })
    expect(page.rru).toBeLessThanOrEqual(1)
  })
})
