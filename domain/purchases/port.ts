import type { Purchase, Total } from '#contract/schemas/purchase.ts'

/** A stored purchase. Its id identifies its content, except for a timestamp that the sender did not state. */
export interface StoredPurchase extends Purchase {
  /** The hashed idempotency key; null without one. */
  claim: string | null
}

/** A change of a user's counted purchases and totals: all or nothing. */
export interface TotalsUpdate {
  put: readonly Purchase[]
  drop: readonly Purchase[]
  /** The totals as read, and as they will be. */
  before: readonly Total[]
  after: readonly Total[]
}

/** An interval; `to` is exclusive. */
export interface Interval {
  from?: string | undefined
  to?: string | undefined
}

/** Purchases: immutable rows shared by all locations, and this location's projection of them, by time and in total. */
export interface PurchaseStore {
  /** Claims an idempotency key for a purchase. Returns the id of the purchase that has it. */
  claim(key: string, id: string): Promise<string>
  /** Puts a purchase if it is absent. Returns the stored one. */
  put(purchase: StoredPurchase): Promise<Purchase>
  /** The stored purchases of a user with these ids, read consistently, in no order. */
  stored(user: string, ids: readonly string[]): Promise<StoredPurchase[]>
  /** All stored purchases of a user by id, read consistently, after a position. */
  ofUser(
    user: string,
    after: string | null,
    limit: number,
  ): Promise<{ purchases: StoredPurchase[]; next: string | null }>
  /** The users who bought under a user name, in order, after one. */
  usersNamed(username: string, after: string | null, limit: number): Promise<string[]>
  /** Makes a user known by a user name. Returns false if they were already. */
  addName(username: string, user: string): Promise<boolean>
  /** A user is not known by these user names any more. */
  removeNames(usernames: readonly string[], user: string): Promise<void>
  /** Deletes purchases and their claims. */
  remove(purchases: readonly StoredPurchase[]): Promise<void>
  /** Whether a customer was erased, as far as this location knows. */
  erased(customer: string, consistent: boolean): Promise<boolean>
  /** The counted purchases with these ids and times, read consistently. */
  counted(user: string, places: readonly Pick<Purchase, 'id' | 'timestamp'>[]): Promise<Purchase[]>
  totals(user: string, consistent: boolean): Promise<Total[]>
  /** Returns false and changes nothing if the counted purchases or the totals have changed since they were read. */
  count(user: string, change: TotalsUpdate): Promise<boolean>
  /** Counted purchases, newest first, after a position. */
  byTime(
    user: string,
    interval: Interval,
    after: string | null,
    limit: number,
  ): Promise<{ purchases: Purchase[]; next: string | null }>
}
