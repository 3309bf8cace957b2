import type { RequestContext } from '../ports.ts'
import { removePurchases } from './name-user.ts'
import type { PurchaseStore } from './port.ts'
import { followPurchases } from './project-totals.ts'

const PAGE = 100

/** The number of a user's purchases. Reads them all. */
export async function countPurchases(store: PurchaseStore, user: string): Promise<number> {
  let count = 0
  for (let next: string | null | undefined; next !== null; ) {
    const page = await store.ofUser(user, next ?? null, PAGE)
    count += page.purchases.length
    next = page.next
  }
  return count
}

/**
 * Deletes all purchases of an erased customer, and what was counted of them. Returns how many there were. The tombstone must exist already,
 * so that purchases that arrive later are deleted on arrival. Idempotent.
 *
 * @throws Unavailable
 */
export async function deletePurchases(
  store: PurchaseStore,
  context: Pick<RequestContext, 'pause'>,
  customer: string,
): Promise<number> {
  let removed = 0
  for (let next: string | null | undefined; next !== null; ) {
    const page = await store.ofUser(customer, next ?? null, PAGE)
    await removePurchases(store, customer, page.purchases)
    await followPurchases(store, context, customer, page.purchases)
    removed += page.purchases.length
    next = page.next
  }
  return removed
}
