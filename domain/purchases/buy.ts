import Big from 'big.js'
import type { FieldError } from '#contract/schemas/problem.ts'
import type { Purchase, PurchaseRequest } from '#contract/schemas/purchase.ts'
import { timestampInput } from '#contract/schemas/time.ts'
import { Gone, InvalidInput, KeyReused } from '../errors.ts'
import type { RequestContext } from '../ports.ts'
import { uuidV5 } from '../records/digest.ts'
import { mayBeCustomer, nameUser } from './name-user.ts'
import type { PurchaseStore, StoredPurchase } from './port.ts'

/** The UUID namespaces of purchases with and without an idempotency key, and of the keys. */
const KEYED = '7f0f6b0e-50c3-4a0d-8f5e-0a4a3f6c1b92'
const SENT = '1a9b1c1c-6a3e-4f2b-b1de-9f0a7d2c5e43'
const CLAIM = 'c2d7a1e0-93b4-4d5f-a6c8-5b3e7f1d0a64'

/** How far a sender's clock may be ahead, including a day that has already begun in its time zone. */
const AHEAD_MS = 86_400_000

/** A price without zeros that do not change its value. */
const toPriceValue = (price: string): string => new Big(price).toFixed()

/** The instant of a timestamp in UTC, to the last digit that was sent, without zeros at the end of a fraction. */
function toInstant(timestamp: string): string {
  const [seconds = ''] = timestampInput.parse(timestamp).split('.')
  const fraction = /\.(\d+)/.exec(timestamp)?.[1]?.replace(/0+$/, '') ?? ''
  return `${seconds}${fraction === '' ? '' : `.${fraction}`}Z`
}

/** The semantic errors of a purchase. */
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
 * Stores a purchase once; repeating the request returns the stored one.
 *
 * 1. Its id is derived from the content and the caller's idempotency key, if there is one. What counts is the value of price and time,
 *    however they are written. Equal ids therefore have equal content, at any location.
 * 2. The key is claimed for that id; the first claim stays.
 * 3. The user becomes known by the user name, and the row is put if it is absent. Totals follow from the row (`followPurchases`).
 *
 * @param ownCurrency the default currency.
 * @throws InvalidInput, KeyReused, Gone if the user is an erased customer.
 */
export async function buy(
  store: PurchaseStore,
  context: Pick<RequestContext, 'actor' | 'now'>,
  body: PurchaseRequest,
  idempotencyKey: string | undefined,
  ownCurrency: string,
): Promise<Purchase> {
  const faults = purchaseFaults(body, idempotencyKey, context.now)
  if (faults.length > 0) throw new InvalidInput(faults)
  const { username, userid, price, currency = ownCurrency, timestamp } = body
  if (mayBeCustomer(userid) && (await store.erased(userid, false)))
    throw new Gone('This customer was erased: purchases cannot be stored for them')

  const instant = timestamp === undefined ? '' : toInstant(timestamp)
  const content = [username, userid, toPriceValue(price), currency, instant]
  const keyed = idempotencyKey === undefined ? null : [context.actor, idempotencyKey]
  const purchase: StoredPurchase = {
    id: keyed ? uuidV5(KEYED, ...keyed, ...content) : uuidV5(SENT, ...content),
    ...{ username, userid, price, currency },
    timestamp: timestamp === undefined ? context.now : timestampInput.parse(timestamp),
    claim: keyed && uuidV5(CLAIM, ...keyed),
  }
  if (purchase.claim !== null && (await store.claim(purchase.claim, purchase.id)) !== purchase.id) throw new KeyReused()
  const [stored] = await Promise.all([store.put(purchase), nameUser(store, userid, [username])])
  return stored
}
