import { customerId } from '#contract/schemas/customer.ts'
import type { FieldError } from '#contract/schemas/problem.ts'
import type { Purchase, PurchaseRequest } from '#contract/schemas/purchase.ts'
import { timestampInput } from '#contract/schemas/time.ts'
import { Gone, InvalidInput, KeyReused } from '../errors.ts'
import type { RequestContext } from '../ports.ts'
import { uuidV5 } from '../records/digest.ts'
import type { PurchaseStore, StoredPurchase } from './port.ts'

/** Ids of purchases sent under an idempotency key, of those sent without one, and of the keys themselves. */
const KEYED = '7f0f6b0e-50c3-4a0d-8f5e-0a4a3f6c1b92'
const SENT = '1a9b1c1c-6a3e-4f2b-b1de-9f0a7d2c5e43'
const CLAIM = 'c2d7a1e0-93b4-4d5f-a6c8-5b3e7f1d0a64'

/** How far a sender's clock, or a day that has begun where the sender is, may be ahead. */
const AHEAD_MS = 86_400_000

/** Whether purchases of a user may be a customer's: a read less for everybody else. */
export const mayBeCustomer = (user: string): boolean => customerId.safeParse(user).success

/** What is wrong with a purchase beyond its shape. */
export function purchaseFaults(
  { timestamp }: Pick<PurchaseRequest, 'timestamp'>,
  idempotencyKey: string | undefined,
  now: string,
): FieldError[] {
  const pointer = '#/timestamp'
  if (timestamp === undefined)
    return idempotencyKey === undefined
      ? [{ pointer, detail: 'is missing: send a timestamp or an Idempotency-Key' }]
      : []
  return Date.parse(timestampInput.parse(timestamp)) > Date.parse(now) + AHEAD_MS
    ? [{ pointer, detail: 'is in the future' }]
    : []
}

/**
 * Stores a purchase, once: the same again is answered with the one that is stored.
 *
 * 1. Its id is made of what was sent, and of the caller's idempotency key if there is one: so equal ids say the same, wherever they came in.
 * 2. The key is taken for that id; it stays with the first statement.
 * 3. The row is put where it is absent. Everything else follows from the row (`followPurchases`).
 *
 * @param ownCurrency what it was paid in if it does not say.
 * @throws InvalidInput, KeyReused, Gone where the user is a customer who was erased.
 */
export async function buy(
  store: PurchaseStore,
  call: Pick<RequestContext, 'actor' | 'now'>,
  body: PurchaseRequest,
  idempotencyKey: string | undefined,
  ownCurrency: string,
): Promise<Purchase> {
  const faults = purchaseFaults(body, idempotencyKey, call.now)
  if (faults.length > 0) throw new InvalidInput(faults)
  const { username, userid, price, currency = ownCurrency, timestamp } = body
  if (mayBeCustomer(userid) && (await store.erased(userid, false)))
    throw new Gone('This customer was erased: purchases cannot be stored for them')

  const said = [username, userid, price, currency, timestamp ?? '']
  const keyed = idempotencyKey === undefined ? null : [call.actor, idempotencyKey]
  const purchase: StoredPurchase = {
    id: keyed ? uuidV5(KEYED, ...keyed, ...said) : uuidV5(SENT, ...said),
    ...{ username, userid, price, currency },
    timestamp: timestamp === undefined ? call.now : timestampInput.parse(timestamp),
    claim: keyed && uuidV5(CLAIM, ...keyed),
  }
  if (purchase.claim !== null && (await store.claim(purchase.claim, purchase.id)) !== purchase.id) throw new KeyReused()
  return store.put(purchase)
}
