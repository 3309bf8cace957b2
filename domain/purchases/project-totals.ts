import type { Purchase } from '#contract/schemas/purchase.ts'
import type { RequestContext } from '../ports.ts'
import { RETRY, retryWhileOvertaken } from '../retry.ts'
import { mayBeCustomer, nameUser, removePurchases } from './name-user.ts'
import type { PurchaseStore, StoredPurchase } from './port.ts'
import { totalsAfter } from './totals.ts'

/** A purchase that exists or existed, with a timestamp that it had, if known. */
export interface PurchaseRef {
  id: string
  timestamp: string | null
}

/** References per transaction: each puts a row, deletes one, and changes a total at most, of a hundred actions in all. */
const CHUNK = 25

const toPlace = ({ id, timestamp }: Pick<Purchase, 'id' | 'timestamp'>): string => `${timestamp}#${id}`

/** The stored purchases; those of an erased customer are deleted first. */
async function readStored(store: PurchaseStore, user: string, ids: readonly string[]): Promise<StoredPurchase[]> {
  const [stored, erased] = await Promise.all([
    store.stored(user, ids),
    mayBeCustomer(user) ? store.erased(user, true) : false,
  ])
  if (!erased) return stored
  await removePurchases(store, user, stored)
  return []
}

/** Counts exactly the stored ones of the referenced purchases. Returns false if another writer came first. */
async function followOnce(store: PurchaseStore, user: string, mentions: readonly PurchaseRef[]): Promise<boolean> {
  const stored = await readStored(store, user, [...new Set(mentions.map(({ id }) => id))])
  await nameUser(
    store,
    user,
    stored.map(({ username }) => username),
  )
  const dated = mentions.flatMap(({ id, timestamp }) => (timestamp === null ? [] : [{ id, timestamp }]))
  const places = new Map([...dated, ...stored].map(purchase => [toPlace(purchase), purchase]))
  const [counted, totals] = await Promise.all([store.counted(user, [...places.values()]), store.totals(user, true)])
  const [countedPlaces, storedPlaces] = [counted, stored].map(list => new Set(list.map(toPlace)))
  const put = stored.filter(purchase => !countedPlaces?.has(toPlace(purchase)))
  const drop = counted.filter(purchase => !storedPlaces?.has(toPlace(purchase)))
  if (put.length + drop.length === 0) return true
  const after = totalsAfter(totals, put, drop)
  const touched = new Set([...put, ...drop].map(({ currency }) => currency))
  return store.count(user, { put, drop, before: totals.filter(({ currency }) => touched.has(currency)), after })
}

/**
 * Updates this location's projection of a user's purchases, by time and in total, from the stored rows. It accepts any order and any number
 * of repetitions: it reads what is stored and counts it exactly once, because a row by time and its total are written together.
 *
 * @throws Unavailable
 */
export async function followPurchases(
  store: PurchaseStore,
  context: Pick<RequestContext, 'pause'>,
  user: string,
  mentions: readonly PurchaseRef[],
): Promise<void> {
  for (let from = 0; from < mentions.length; from += CHUNK) {
    const chunk = mentions.slice(from, from + CHUNK)
    await retryWhileOvertaken(context, 'The totals of this user are', async () =>
      (await followOnce(store, user, chunk)) ? undefined : RETRY,
    )
  }
}
