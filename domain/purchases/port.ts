import type { Purchase, Total } from '#contract/schemas/purchase.ts'

/** A purchase as it is stored. What it says follows from its id, but for a time that its sender did not name. */
export interface StoredPurchase extends Purchase {
  /** The idempotency key that it came with, as it is kept; null: none. */
  claim: string | null
}

/** A change of what is counted of a user's purchases: all of it or nothing. */
export interface TotalsUpdate {
  put: readonly Purchase[]
  drop: readonly Purchase[]
  /** The totals as they were read, and as they are then. */
  before: readonly Total[]
  after: readonly Total[]
}

/** A span of time, from its beginning up to its end, which is not in it. */
export interface Span {
  from?: string | undefined
  to?: string | undefined
}

/** Purchases: immutable rows shared by all locations; and, made from them, what this location counts, by time and in total. */
export interface PurchaseStore {
  /** Takes an idempotency key for a purchase; gives the id of the purchase that has it. */
  claim(key: string, id: string): Promise<string>
  /** Puts a purchase where it is absent; gives the one that is there. */
  put(purchase: StoredPurchase): Promise<Purchase>
  /** Those of a user's that are stored here, consistently, in no order. */
  stored(user: string, ids: readonly string[]): Promise<StoredPurchase[]>
  /** All that are stored here of a user, consistently, by id, from a place on. */
  ofUser(
    user: string,
    after: string | null,
    limit: number,
  ): Promise<{ purchases: StoredPurchase[]; next: string | null }>
  /** Removes purchases, with their claims. */
  remove(purchases: readonly StoredPurchase[]): Promise<void>
  /** Whether a customer was erased, as far as is known here. */
  erased(customer: string, consistent: boolean): Promise<boolean>
  /** Those that are counted here, consistently, by id and time. */
  counted(user: string, places: readonly Pick<Purchase, 'id' | 'timestamp'>[]): Promise<Purchase[]>
  totals(user: string, consistent: boolean): Promise<Total[]>
  /** False, with nothing done, where what is counted or the totals are no longer what they were. */
  count(user: string, change: TotalsUpdate): Promise<boolean>
  /** Newest first, those after a place. */
  byTime(
    user: string,
    span: Span,
    after: string | null,
    limit: number,
  ): Promise<{ purchases: Purchase[]; next: string | null }>
}
