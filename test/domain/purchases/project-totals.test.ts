import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { deletePurchases } from '#domain/purchases/delete-purchases.ts'
import type { StoredPurchase } from '#domain/purchases/port.ts'
import { followPurchases, type PurchaseRef } from '#domain/purchases/project-totals.ts'
import { MemoryPurchaseStore } from '#test/in-memory/purchase-store.ts'

const CUSTOMER = '3f2b8d1e-6c54-4a8e-9d0f-7b1c2a3d4e5f'
const call = { pause: async () => {} }

const bought = (n: number, more: Partial<StoredPurchase> = {}): StoredPurchase => ({
  id: `00000000-0000-5000-8000-${String(n).padStart(12, '0')}`,
  username: 'Ada',
  userid: 'u1',
  price: `${n}.05`,
  currency: 'EUR',
  timestamp: `2026-06-01T10:00:${String(n % 60).padStart(2, '0')}.000Z`,
  claim: null,
  ...more,
})

/** What is counted, as it ought to be: exactly the rows, in cents that no library adds up. */
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

async function counted(store: MemoryPurchaseStore, user = 'u1') {
  const { purchases } = await store.byTime(user, {}, null, 10_000)
  const totals = (await store.totals(user)).map(({ currency, count, sum }) => {
    const [whole = '', decimals = ''] = sum.split('.')
    return { currency, count, cents: BigInt(whole + decimals.padEnd(2, '0')) }
  })
  return { rows: purchases.map(({ id, timestamp }) => `${timestamp}#${id}`).sort(), totals: totals.sort(byCurrency) }
}

/** What happens to a row, each by its number. */
const happening = fc.record({
  n: fc.integer({ min: 1, max: 6 }),
  what: fc.constantFrom('put', 'replaced', 'removed', 'told'),
  minute: fc.integer({ min: 10, max: 14 }),
})

test('what is counted is what is stored, however rows come, are replaced and go, and however that is told', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(happening, { maxLength: 40 }), fc.infiniteStream(fc.nat()), async (history, chance) => {
      const store = new MemoryPurchaseStore()
      const open: PurchaseRef[][] = []
      const told: PurchaseRef[][] = []
      const tell = async () => {
        const [next] = chance
        const [mentions] = open.splice((next ?? 0) % Math.max(1, open.length), 1)
        if (!mentions) return
        told.push(mentions)
        await followPurchases(store, call, 'u1', mentions)
      }
      for (const { n, what, minute } of history) {
        if (what === 'told') {
          await tell()
          continue
        }
        // What a purchase says follows from its id, but for its time.
        const row = bought(n, { currency: n % 2 ? 'EUR' : 'USD' })
        const before = store.rows.get(row.id)
        if (what === 'removed') {
          store.rows.delete(row.id)
          if (before) open.push([before])
          continue
        }
        const after = { ...(before ?? row), timestamp: `2026-06-01T10:${minute}:00.000Z` }
        store.rows.set(row.id, after)
        // What happened before and was not told yet may be told together with this.
        const [joined] = chance
        const earlier = (joined ?? 0) % 3 === 0 ? (open.pop() ?? []) : []
        open.push([...earlier, ...(before ? [before] : []), after])
      }
      while (open.length > 0) await tell()
      // And all of it again, from several sides at once.
      await Promise.all([...told, ...told.toReversed()].map(mentions => followPurchases(store, call, 'u1', mentions)))
      expect(await counted(store)).toEqual(expected(store))
    }),
    { numRuns: 300 },
  )
})

describe('what is counted', () => {
  test('is exact where binary fractions are not', async () => {
    const store = new MemoryPurchaseStore()
    const prices = ['0.1', '0.2', '999999999999.999999', '0.000001', '3']
    const rows = prices.map((price, n) => bought(n, { price }))
    for (const row of rows) store.rows.set(row.id, row)
    await followPurchases(store, call, 'u1', rows)
    expect(await store.totals('u1')).toEqual([{ currency: 'EUR', count: 5, sum: '1000000000003.3' }])
  })

  test('is made anew from the ids alone', async () => {
    const store = new MemoryPurchaseStore()
    const rows = Array.from({ length: 120 }, (_, n) => bought(n))
    for (const row of rows) store.rows.set(row.id, row)
    await followPurchases(
      store,
      call,
      'u1',
      rows.map(({ id }) => ({ id, timestamp: null })),
    )
    expect(await counted(store)).toEqual(expected(store))
  })
})

describe('the purchases of a customer who is erased', () => {
  const mine = (n: number) => bought(n, { userid: CUSTOMER, claim: `claim-${n}` })

  async function withPurchases() {
    const store = new MemoryPurchaseStore()
    const rows = Array.from({ length: 230 }, (_, n) => mine(n))
    const others = [bought(1000), bought(1001)]
    for (const row of [...rows, ...others]) {
      store.rows.set(row.id, row)
      if (row.claim) store.claims.set(row.claim, row.id)
    }
    await followPurchases(store, call, CUSTOMER, rows)
    await followPurchases(store, call, 'u1', others)
    return store
  }

  test('go, with what was counted of them, and nobody else loses any', async () => {
    const store = await withPurchases()
    expect((await store.totals(CUSTOMER))[0]?.count).toBe(230)
    store.erasedCustomers.add(CUSTOMER)
    expect(await deletePurchases(store, call, CUSTOMER)).toBe(230)
    expect([...store.rows.values()].map(({ userid }) => userid)).toEqual(['u1', 'u1'])
    expect(store.claims.size).toBe(0)
    expect(await counted(store, CUSTOMER)).toEqual({ rows: [], totals: [] })
    expect((await store.totals('u1'))[0]?.count).toBe(2)
    expect(await deletePurchases(store, call, CUSTOMER)).toBe(0)
  })

  test('that come later from elsewhere go as they come', async () => {
    const store = await withPurchases()
    store.erasedCustomers.add(CUSTOMER)
    await deletePurchases(store, call, CUSTOMER)
    const late = mine(999)
    store.rows.set(late.id, late)
    await followPurchases(store, call, CUSTOMER, [late])
    expect(store.rows.has(late.id)).toBe(false)
    expect(await counted(store, CUSTOMER)).toEqual({ rows: [], totals: [] })
  })
})
