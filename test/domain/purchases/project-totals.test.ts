import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { deletePurchases } from '#domain/purchases/delete-purchases.ts'
import type { StoredPurchase } from '#domain/purchases/port.ts'
import { followPurchases, type PurchaseRef } from '#domain/purchases/project-totals.ts'
import { MemoryPurchaseStore } from '#test/in-memory/purchase-store.ts'

const CUSTOMER = '3f2b8d1e-6c54-4a8e-9d0f-7b1c2a3d4e5f'
const call = { pause: async () => {} }

const purchase = (n: number, overrides: Partial<StoredPurchase> = {}): StoredPurchase => ({
  id: `00000000-0000-5000-8000-${String(n).padStart(12, '0')}`,
  username: 'Ada',
  userid: 'u1',
  price: `${n}.05`,
  currency: 'EUR',
  timestamp: `2026-06-01T10:00:${String(n % 60).padStart(2, '0')}.000Z`,
  claim: null,
  ...overrides,
})

/** The expected rows and totals, computed from the stored rows in whole cents. */
function expected(store: MemoryPurchaseStore) {
  const rows = [...store.rows.values()]
  const cents = (list: StoredPurchase[]) => list.reduce((sum, { price }) => sum + BigInt(price.replace('.', '')), 0n)
  const totals = [...Map.groupBy(rows, ({ currency }) => currency)].map(([currency, list]) => ({
    currency,
    count: list.length,
    cents: cents(list),
  }))
  return { rows: rows.map(({ id, timestamp }) => `${timestamp}#${id}`).sort(), totals: totals.sort(byCurrency) }
}
const byCurrency = (a: { currency: string }, b: { currency: string }) => (a.currency < b.currency ? -1 : 1)

async function getCounted(store: MemoryPurchaseStore, user = 'u1') {
  const { purchases } = await store.byTime(user, {}, null, 10_000)
  const totals = (await store.totals(user)).map(({ currency, count, sum }) => {
    const [whole = '', decimals = ''] = sum.split('.')
    return { currency, count, cents: BigInt(whole + decimals.padEnd(2, '0')) }
  })
  return { rows: purchases.map(({ id, timestamp }) => `${timestamp}#${id}`).sort(), totals: totals.sort(byCurrency) }
}

/** An event of one of six rows. */
const event = fc.record({
  n: fc.integer({ min: 1, max: 6 }),
  what: fc.constantFrom('put', 'replaced', 'removed', 'told'),
  minute: fc.integer({ min: 10, max: 14 }),
})

test('the totals equal the stored rows, however rows are added, replaced and removed and however the events are delivered', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(event, { maxLength: 40 }), fc.infiniteStream(fc.nat()), async (history, chance) => {
      const store = new MemoryPurchaseStore()
      const pending: PurchaseRef[][] = []
      const delivered: PurchaseRef[][] = []
      const deliverOne = async () => {
        const [next] = chance
        const [refs] = pending.splice((next ?? 0) % Math.max(1, pending.length), 1)
        if (!refs) return
        delivered.push(refs)
        await followPurchases(store, call, 'u1', refs)
      }
      for (const { n, what, minute } of history) {
        if (what === 'told') {
          await deliverOne()
          continue
        }
        // A purchase's members except its time follow from its id.
        const row = purchase(n, { currency: n % 2 ? 'EUR' : 'USD' })
        const before = store.rows.get(row.id)
        if (what === 'removed') {
          store.rows.delete(row.id)
          if (before) pending.push([before])
          continue
        }
        const after = { ...(before ?? row), timestamp: `2026-06-01T10:${minute}:00.000Z` }
        store.rows.set(row.id, after)
        // An earlier event may be delivered together with this one.
        const [draw] = chance
        const earlier = (draw ?? 0) % 3 === 0 ? (pending.pop() ?? []) : []
        pending.push([...earlier, ...(before ? [before] : []), after])
      }
      while (pending.length > 0) await deliverOne()
      // Deliver everything again, concurrently.
      await Promise.all([...delivered, ...delivered.toReversed()].map(refs => followPurchases(store, call, 'u1', refs)))
      expect(await getCounted(store)).toEqual(expected(store))
    }),
    { numRuns: 300 },
  )
})

describe('the totals', () => {
  test('are exact where binary fractions are not', async () => {
    const store = new MemoryPurchaseStore()
    const prices = ['0.1', '0.2', '999999999999.999999', '0.000001', '3']
    const rows = prices.map((price, n) => purchase(n, { price }))
    for (const row of rows) store.rows.set(row.id, row)
    await followPurchases(store, call, 'u1', rows)
    expect(await store.totals('u1')).toEqual([{ currency: 'EUR', count: 5, sum: '1000000000003.3' }])
  })

  test('are rebuilt from the ids alone', async () => {
    const store = new MemoryPurchaseStore()
    const rows = Array.from({ length: 120 }, (_, n) => purchase(n))
    for (const row of rows) store.rows.set(row.id, row)
    await followPurchases(
      store,
      call,
      'u1',
      rows.map(({ id }) => ({ id, timestamp: null })),
    )
    expect(await getCounted(store)).toEqual(expected(store))
  })
})

describe('the purchases of an erased customer', () => {
  const customerPurchase = (n: number) => purchase(n, { userid: CUSTOMER, claim: `claim-${n}` })

  async function withPurchases() {
    const store = new MemoryPurchaseStore()
    const rows = Array.from({ length: 230 }, (_, n) => customerPurchase(n))
    const others = [purchase(1000), purchase(1001)]
    for (const row of [...rows, ...others]) {
      store.rows.set(row.id, row)
      if (row.claim) store.claims.set(row.claim, row.id)
    }
    await followPurchases(store, call, CUSTOMER, rows)
    await followPurchases(store, call, 'u1', others)
    return store
  }

  test('are deleted together with their totals, and no other purchase is', async () => {
    const store = await withPurchases()
    expect((await store.totals(CUSTOMER))[0]?.count).toBe(230)
    store.erasedCustomers.add(CUSTOMER)
    expect(await deletePurchases(store, call, CUSTOMER)).toBe(230)
    expect([...store.rows.values()].map(({ userid }) => userid)).toEqual(['u1', 'u1'])
    expect(store.claims.size).toBe(0)
    expect(await getCounted(store, CUSTOMER)).toEqual({ rows: [], totals: [] })
    expect((await store.totals('u1'))[0]?.count).toBe(2)
    expect(await deletePurchases(store, call, CUSTOMER)).toBe(0)
  })

  test('are deleted as they arrive later from another location', async () => {
    const store = await withPurchases()
    store.erasedCustomers.add(CUSTOMER)
    await deletePurchases(store, call, CUSTOMER)
    const latePurchase = customerPurchase(999)
    store.rows.set(latePurchase.id, latePurchase)
    await followPurchases(store, call, CUSTOMER, [latePurchase])
    expect(store.rows.has(latePurchase.id)).toBe(false)
    expect(await getCounted(store, CUSTOMER)).toEqual({ rows: [], totals: [] })
  })
})
