import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { backoff } from '#adapters/clock.ts'
import { DynamoPurchaseStore } from '#adapters/dynamodb/purchase-store.ts'
import { DynamoRecordStore } from '#adapters/dynamodb/record-store.ts'
import type { Purchase } from '#contract/schemas/purchase.ts'
import { buy } from '#domain/purchases/buy.ts'
import { deletePurchases } from '#domain/purchases/delete-purchases.ts'
import type { PurchaseStore, StoredPurchase } from '#domain/purchases/port.ts'
import { followPurchases } from '#domain/purchases/project-totals.ts'
import { contextAt } from '#test/in-memory/context.ts'
import { MemoryPurchaseStore } from '#test/in-memory/purchase-store.ts'
import { startEngine, TABLE_NAMES, type TestEngine } from './engine.ts'
import { at, context, newUser, purchase, storeAndCount, withoutClaim } from './purchases.ts'

let engine: TestEngine
beforeAll(async () => {
  engine = await startEngine()
})
afterAll(() => engine.stop())

/** Both implementations: what holds for the table holds for the store that other tests use. */
const stores = {
  DynamoDB: (): PurchaseStore => new DynamoPurchaseStore(engine.tables()),
  memory: (): PurchaseStore => new MemoryPurchaseStore(),
}

/** Returns all items of a user's partition of a table. */
async function readPartition(TableName: string, user: string) {
  const { Items = [] } = await engine.tables().query({
    TableName,
    KeyConditionExpression: 'pk = :pk',
    ExpressionAttributeValues: { ':pk': `purchases#${user}` },
  })
  return Items
}

describe.each(Object.entries(stores))('%s', (_, connect) => {
  let store: PurchaseStore
  beforeAll(() => {
    store = connect()
  })

  describe('the row of a purchase', () => {
    test('keeps the values that were put first', async () => {
      const first = purchase(newUser(), 1)
      expect(await store.put(first)).toEqual(withoutClaim(first))
      expect(await store.put({ ...first, timestamp: at(2) })).toEqual(withoutClaim(first))
      expect(await store.stored(first.userid, [first.id, randomUUID()])).toEqual([first])
    })

    test('put a hundred times at once is one row', async () => {
      const first = purchase(newUser(), 1)
      const results = await Promise.all(
        Array.from({ length: 100 }, (_, n) => store.put({ ...first, timestamp: at(n % 50) })),
      )
      expect(new Set(results.map(({ timestamp }) => timestamp)).size).toBe(1)
      const { purchases } = await store.ofUser(first.userid, null, 10)
      expect(purchases.map(({ timestamp }) => timestamp)).toEqual([results[0]?.timestamp])
    })

    test('is found page by page as soon as it is stored', async () => {
      const user = newUser()
      const ids = Array.from({ length: 7 }, () => randomUUID()).sort()
      await Promise.all(ids.map(id => store.put(purchase(user, 1, { id }))))
      const foundIds: string[] = []
      for (let next: string | null | undefined; next !== null; ) {
        const page = await store.ofUser(user, next ?? null, 3)
        foundIds.push(...page.purchases.map(({ id }) => id))
        next = page.next
      }
      expect(foundIds).toEqual(ids)
    })
  })

  test('a user name leads to those who bought under it, in order and page by page', async () => {
    const name = `Ada ${randomUUID()}`
    const added = await Promise.all(['u3', 'u1', 'u2'].map(user => store.addName(name, user)))
    expect([...added, await store.addName(name, 'u1')]).toEqual([true, true, true, false])
    expect(await store.usersNamed(name, null, 2)).toEqual(['u1', 'u2'])
    expect(await store.usersNamed(name, 'u2', 2)).toEqual(['u3'])
    await store.removeNames([name, 'unknown'], 'u2')
    expect(await store.usersNamed(name, null, 9)).toEqual(['u1', 'u3'])
  })

  test('a claim belongs to the first who takes it', async () => {
    const key = randomUUID()
    const owners = await Promise.all(['a', 'b', 'c'].map(id => store.claim(key, id)))
    expect(new Set(owners).size).toBe(1)
    expect(await store.claim(key, 'd')).toBe(owners[0])
  })

  describe('the counted purchases', () => {
    test('are listed newest first, within a span that includes its start and not its end', async () => {
      const user = newUser()
      const rows = await storeAndCount(store, user, 40)
      const seconds = async (
        from: number | undefined,
        to: number | undefined,
        limit = 100,
        after: string | null = null,
      ) => {
        const span = { from: from === undefined ? from : at(from), to: to === undefined ? to : at(to) }
        const { purchases, next } = await store.byTime(user, span, after, limit)
        return { seconds: purchases.map(({ timestamp }) => Number(timestamp.slice(17, 19))), next, purchases }
      }
      expect((await seconds(undefined, undefined)).seconds).toEqual(rows.map((_, n) => 39 - n))
      expect((await seconds(10, 13)).seconds).toEqual([12, 11, 10])
      expect((await seconds(10, 10)).seconds).toEqual([])
      expect((await seconds(37, undefined)).seconds).toEqual([39, 38, 37])
      const page = await seconds(10, 14, 3)
      expect(page.seconds).toEqual([13, 12, 11])
      expect((await seconds(10, 14, 3, page.next)).seconds).toEqual([10])
      expect(page.purchases[0]).toEqual(withoutClaim(rows[13] as StoredPurchase))
    })

    test('have exact totals by currency under concurrent counting', async () => {
      const user = newUser()
      const rows = Array.from({ length: 60 }, (_, n) =>
        purchase(user, n % 60, n % 3 === 0 ? { currency: 'JPY', price: '7' } : { price: '0.1' }),
      )
      await Promise.all(rows.map(row => store.put(row)))
      await Promise.all(
        [rows, rows.toReversed(), rows].map(refs => followPurchases(store, { pause: backoff }, user, refs)),
      )
      expect(await store.totals(user, true)).toEqual([
        { currency: 'EUR', count: 40, sum: '4' },
        { currency: 'JPY', count: 20, sum: '140' },
      ])
      expect((await store.byTime(user, {}, null, 100)).purchases).toHaveLength(60)
    })

    test.each([
      ['a row that is already counted', (purchase: Purchase) => ({ put: [purchase], drop: [] })],
      [
        'a row to remove that is not counted',
        (purchase: Purchase) => ({ put: [], drop: [{ ...purchase, timestamp: at(59) }] }),
      ],
    ])('are left unchanged by a step with %s, although its totals match', async (_, step) => {
      const user = newUser()
      const [row] = (await storeAndCount(store, user, 1)) as [StoredPurchase]
      const before = await store.totals(user, true)
      const after = [{ currency: 'EUR', count: 7, sum: '7' }]
      expect(await store.count(user, { ...step(row), before, after })).toBe(false)
      expect(await store.totals(user, true)).toEqual(before)
      expect((await store.byTime(user, {}, null, 10)).purchases).toEqual([withoutClaim(row)])
    })

    test('follow a row that a replica replaced', async () => {
      const user = newUser()
      const [row] = (await storeAndCount(store, user, 1)) as [StoredPurchase]
      const replacement = { ...row, timestamp: at(30) }
      await store.remove([row])
      await store.put(replacement)
      await followPurchases(store, context, user, [row, replacement])
      expect((await store.byTime(user, {}, null, 10)).purchases).toEqual([withoutClaim(replacement)])
      expect(await store.totals(user, true)).toEqual([{ currency: 'EUR', count: 1, sum: '19.99' }])
    })

    test("are a user's own, whatever the name of another", async () => {
      const user = newUser()
      const other = `${user}#EUR`
      const [row] = (await storeAndCount(store, user, 1)) as [StoredPurchase]
      // Two purchases of the same time and id.
      const theirs = purchase(other, 5, { id: row.id, timestamp: row.timestamp, price: '3' })
      await store.count(other, {
        put: [theirs],
        drop: [],
        before: [],
        after: [{ currency: 'EUR', count: 1, sum: '3' }],
      })
      expect(await store.totals(user, true)).toEqual([{ currency: 'EUR', count: 1, sum: '19.99' }])
      expect(await store.totals(other, true)).toEqual([{ currency: 'EUR', count: 1, sum: '3' }])
      for (const one of [row, theirs]) {
        expect((await store.byTime(one.userid, {}, null, 10)).purchases).toEqual([withoutClaim(one)])
        expect(await store.counted(one.userid, [row])).toEqual([withoutClaim(one)])
      }
    })

    test('are empty for an unknown user', async () => {
      expect(await store.totals('nobody', false)).toEqual([])
      expect(await store.byTime('nobody', {}, null, 10)).toEqual({ purchases: [], next: null })
    })
  })

  test('a removed purchase is gone, and its key is free', async () => {
    const one = purchase(newUser(), 1, { claim: randomUUID() })
    await store.claim(one.claim ?? '', one.id)
    await store.put(one)
    for (let times = 0; times < 2; times++) await store.remove([one])
    expect(await store.stored(one.userid, [one.id])).toEqual([])
    expect(await store.ofUser(one.userid, null, 10)).toEqual({ purchases: [], next: null })
    expect(await store.claim(one.claim ?? '', 'another')).toBe('another')
  })
})

test('an erased customer leaves no purchase in either table, and no claim', async () => {
  const store = stores.DynamoDB()
  const customer = randomUUID()
  const body = { username: 'Erasmus', userid: customer, price: '5' }
  for (const key of ['a', 'b', 'c']) await buy(store, contextAt(1), body, key, 'EUR')
  expect(await store.usersNamed('Erasmus', null, 10)).toEqual([customer])
  const { purchases } = await store.ofUser(customer, null, 10)
  await followPurchases(store, context, customer, purchases)
  expect(await store.totals(customer, true)).toEqual([{ currency: 'EUR', count: 3, sum: '15' }])

  expect(await store.erased(customer, true)).toBe(false)
  await new DynamoRecordStore(engine.tables()).putTombstone('customer', customer, { purged: {}, erased: true })
  expect(await store.erased(customer, true)).toBe(true)
  expect(await deletePurchases(store, context, customer)).toBe(3)
  expect(await readPartition(TABLE_NAMES.registry, customer)).toEqual([])
  expect(await readPartition(TABLE_NAMES.views, customer)).toEqual([])
  for (const TableName of Object.values(TABLE_NAMES)) {
    const { Items = [] } = await engine.tables().scan({ TableName })
    expect(JSON.stringify(Items)).not.toContain('Erasmus')
  }
  for (const { claim } of purchases) expect(await store.claim(claim ?? '', 'free again')).toBe('free again')
})
