import * as z from 'zod'
import { type Purchase, purchase, type Total, total } from '#contract/schemas/purchase.ts'
import type { StoredPurchase } from '#domain/purchases/port.ts'
import { digest } from '#domain/records/digest.ts'
import { createDecoder } from './decoder.ts'

/** Purchases of a user share one partition: as stored in `registry`, as counted in `views`. */
const PURCHASES = 'purchases#'
/** Sort keys in `views`: purchases by time, and totals. */
export const AT = 'at#'
export const TOTAL = 'total#'

export const purchasePartition = (user: string): string => PURCHASES + user
export const isPurchase = (pk: string): boolean => pk.startsWith(PURCHASES)
export const toUser = (pk: string): string => pk.slice(PURCHASES.length)

export const purchaseKey = (user: string, id: string) => ({ pk: purchasePartition(user), sk: id })
/** In `views`: that a user bought under a name. Streams keep keys for a day, also those of erased rows, so the key has a digest. */
export const namePartition = (username: string): string => `purchase-names#${digest(username)}`
export const nameKey = (username: string, user: string) => ({ pk: namePartition(username), sk: user })
export const claimKey = (claim: string) => ({ pk: `purchase-key#${claim}`, sk: 'claim' })
export const timeKey = (user: string, { id, timestamp }: Pick<Purchase, 'id' | 'timestamp'>) => ({
  pk: purchasePartition(user),
  sk: `${AT}${timestamp}#${id}`,
})
export const totalKey = (user: string, currency: string) => ({ pk: purchasePartition(user), sk: TOTAL + currency })

const content = purchase.omit({ id: true, userid: true })
const key = z.object({ pk: z.string(), sk: z.string() })
const decodeStored = createDecoder(content.extend({ claim: z.string().nullable().default(null), ...key.shape }))
const decodeTimed = createDecoder(content.extend(key.shape))

export const storedRow = ({ id, userid, claim, ...rest }: StoredPurchase) => ({
  ...purchaseKey(userid, id),
  ...rest,
  ...(claim === null ? {} : { claim }),
})

export function toStored(row: unknown): StoredPurchase {
  const { pk, sk, ...rest } = decodeStored(row)
  return { id: sk, userid: toUser(pk), ...rest }
}

export const timeRow = ({ username, price, currency, ...rest }: Purchase) => ({
  ...timeKey(rest.userid, rest),
  ...{ username, price, currency, timestamp: rest.timestamp },
})

export function toTimed(row: unknown): Purchase {
  const { pk, sk, ...rest } = decodeTimed(row)
  return { id: sk.slice(sk.indexOf('#', AT.length) + 1), userid: toUser(pk), ...rest }
}

export const toTotal = (row: unknown): Total => total.parse(row)
