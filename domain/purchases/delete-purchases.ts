import type { RequestContext } from '../ports.ts'
import type { PurchaseStore } from './port.ts'
import { followPurchases } from './project-totals.ts'

const PAGE = 100

/** How many purchases there are of a user: reads them all. */
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
 * Removes all purchases of a user who is a customer that is erased, and what is counted of them; gives how many there were. The tombstone
 * has to be there before: what is stored meanwhile, or comes later from elsewhere, is then removed as it comes. Again: nothing.
 *
 * @throws Unavailable
 */
export async function deletePurchases(
  store: PurchaseStore,
  call: Pick<RequestContext, 'pause'>,
  customer: string,
): Promise<number> {
  let removed = 0
  for (let next: string | null | undefined; next !== null; ) {
    const page = await store.ofUser(customer, next ?? null, PAGE)
    await store.remove(page.purchases)
    await followPurchases(store, call, customer, page.purchases)
    removed += page.purchases.length
    next = page.next
  }
  return removed
}
