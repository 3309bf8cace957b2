import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { DynamoPurchaseStore } from '#adapters/dynamodb/purchase-store.ts'
import { buy } from '#domain/purchases/buy.ts'
import { followPurchases } from '#domain/purchases/project-totals.ts'
import { contextAt } from '#test/in-memory/context.ts'
import { startEngine, type TestEngine } from './engine.ts'
import { context, newUser, purchase, storeAndCount } from './purchases.ts'

let engine: TestEngine
beforeAll(async () => {
  engine = await startEngine()
})
afterAll(() => engine.stop())

describe('the capacity units', () => {
  const measure = async (operation: (store: DynamoPurchaseStore) => Promise<unknown>) => {
    const tables = engine.tables()
    await operation(new DynamoPurchaseStore(tables))
    const { rru, wru_base, wru_index, round_trips } = tables.meter
    return { rru, wru: wru_base + wru_index, trips: round_trips }
  }
  const body = (userid: string) => ({ username: 'Ada', userid, price: '19.99', timestamp: '2026-06-01T10:00:00Z' })

  test('of a purchase are one write and half a read for the user name, and one more write for its key', async () => {
    const user = newUser()
    // The first purchase of a user under a name stores the name.
    expect(
      await measure(metered => buy(metered, contextAt(1), { ...body(user), price: '5' }, undefined, 'EUR')),
    ).toEqual({
      rru: 0.5,
      wru: 2,
      trips: 3,
    })
    expect(await measure(metered => buy(metered, contextAt(1), body(user), undefined, 'EUR'))).toEqual({
      rru: 0.5,
      wru: 1,
      trips: 2,
    })
    expect(await measure(metered => buy(metered, contextAt(1), body(user), 'k', 'EUR'))).toEqual({
      rru: 0.5,
      wru: 2,
      trips: 3,
    })
  })

  test.each([1, 200])('of counting and reading do not grow with earlier purchases: %i', async count => {
    const user = newUser()
    const store = new DynamoPurchaseStore(engine.tables())
    await storeAndCount(store, user, count)
    const rows = Array.from({ length: 25 }, (_, n) => purchase(user, n))
    await Promise.all(rows.map(row => store.put(row)))
    const counting = await measure(metered => followPurchases(metered, context, user, rows))
    // Two for each row and two for the total, in one transaction. A transactional write costs twice a standard one.
    expect(counting).toEqual({ rru: 51.5, wru: 52, trips: 5 })
    const page = await measure(metered => metered.byTime(user, {}, null, 25))
    // Half a unit for each started 4 KB: 25 rows of at most 300 bytes.
    expect(page).toMatchObject({ wru: 0, trips: 1 })
    expect(page.rru).toBeLessThanOrEqual(1)
  })
})
