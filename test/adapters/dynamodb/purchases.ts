import { randomUUID } from 'node:crypto'
import type { PurchaseStore, StoredPurchase } from '#domain/purchases/port.ts'
import { followPurchases } from '#domain/purchases/project-totals.ts'

export const context = { pause: async () => {} }
let users = 0
export const newUser = () => `user #${++users} ä`
export const at = (second: number) => `2026-06-01T10:00:${String(second).padStart(2, '0')}.000Z`

export const purchase = (userid: string, second: number, overrides: Partial<StoredPurchase> = {}): StoredPurchase => ({
  id: randomUUID(),
  username: 'Ada',
  userid,
  price: '19.99',
  currency: 'EUR',
  timestamp: at(second),
  claim: null,
  ...overrides,
})

export const withoutClaim = ({ claim: _, ...purchase }: StoredPurchase) => purchase

/** Stores and counts this many purchases, one second apart. */
export async function storeAndCount(store: PurchaseStore, user: string, count: number): Promise<StoredPurchase[]> {
  const rows = Array.from({ length: count }, (_, n) => purchase(user, n))
  await Promise.all(rows.map(row => store.put(row)))
  await followPurchases(store, context, user, rows)
  return rows
}
