import { customerId } from '#contract/schemas/customer.ts'
import type { PurchaseStore } from './port.ts'

/** Whether a user may be a customer; saves a read for all other users. */
export const mayBeCustomer = (user: string): boolean => customerId.safeParse(user).success

/**
 * Makes a user known by the user names of purchases. If the user is a customer who is erased meanwhile, the names are removed again.
 * Idempotent.
 */
export async function nameUser(store: PurchaseStore, user: string, usernames: Iterable<string>): Promise<void> {
  const added: string[] = []
  for (const username of new Set(usernames)) if (await store.addName(username, user)) added.push(username)
  if (added.length > 0 && mayBeCustomer(user) && (await store.erased(user, true))) await store.removeNames(added, user)
}

/** Removes what names an erased user, before the purchases that say which names these are. Idempotent. */
export async function removePurchases(
  store: PurchaseStore,
  user: string,
  purchases: Parameters<PurchaseStore['remove']>[0],
): Promise<void> {
  await store.removeNames([...new Set(purchases.map(({ username }) => username))], user)
  await store.remove(purchases)
}
