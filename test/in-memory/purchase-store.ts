import { isDeepStrictEqual } from 'node:util'
import type { Purchase, Total } from '#contract/schemas/purchase.ts'
import type { Interval, PurchaseStore, StoredPurchase, TotalsUpdate } from '#domain/purchases/port.ts'

const toSortKey = ({ id, timestamp }: Pick<Purchase, 'id' | 'timestamp'>): string => `${timestamp}#${id}`

/** Purchases at one location, in memory. */
export class MemoryPurchaseStore implements PurchaseStore {
  readonly rows = new Map<string, StoredPurchase>()
  readonly claims = new Map<string, string>()
  readonly erasedCustomers = new Set<string>()
  /** By user and sort key. */
  readonly #counted = new Map<string, Map<string, Purchase>>()
  /** By user and currency. */
  readonly #totals = new Map<string, Map<string, Total>>()

  /** Users by user name. */
  readonly #names = new Map<string, Set<string>>()

  async claim(key: string, id: string): Promise<string> {
    const claimed = this.claims.get(key) ?? id
    this.claims.set(key, claimed)
    return claimed
  }

  async put(purchase: StoredPurchase): Promise<Purchase> {
    const { claim: _, ...stored } = this.rows.get(purchase.id) ?? purchase
    if (!this.rows.has(purchase.id)) this.rows.set(purchase.id, purchase)
    return stored
  }

  async stored(user: string, ids: readonly string[]): Promise<StoredPurchase[]> {
    return [...this.rows.values()].filter(({ id, userid }) => userid === user && ids.includes(id))
  }

  async ofUser(user: string, after: string | null, limit: number): ReturnType<PurchaseStore['ofUser']> {
    const rest = [...this.rows.values()]
      .filter(({ id, userid }) => userid === user && id > (after ?? ''))
      .sort((a, b) => (a.id < b.id ? -1 : 1))
    const purchases = rest.slice(0, limit)
    return { purchases, next: rest.length > limit ? (purchases.at(-1)?.id ?? null) : null }
  }

  async usersNamed(username: string, after: string | null, limit: number): Promise<string[]> {
    const users = [...(this.#names.get(username) ?? [])].filter(user => user > (after ?? ''))
    return users.sort().slice(0, limit)
  }

  async addName(username: string, user: string): Promise<boolean> {
    const users = this.#names.get(username) ?? new Set()
    this.#names.set(username, users)
    const isNew = !users.has(user)
    users.add(user)
    return isNew
  }

  async removeNames(usernames: readonly string[], user: string): Promise<void> {
    for (const username of usernames) this.#names.get(username)?.delete(user)
  }

  async remove(purchases: readonly StoredPurchase[]): Promise<void> {
    for (const { id, claim } of purchases) {
      this.rows.delete(id)
      if (claim !== null) this.claims.delete(claim)
    }
  }

  async erased(customer: string): Promise<boolean> {
    return this.erasedCustomers.has(customer)
  }

  async counted(user: string, positions: readonly Pick<Purchase, 'id' | 'timestamp'>[]): Promise<Purchase[]> {
    const wanted = new Set(positions.map(toSortKey))
    return this.#ofUser(user).filter(purchase => wanted.has(toSortKey(purchase)))
  }

  async totals(user: string): Promise<Total[]> {
    return [...(this.#totals.get(user)?.values() ?? [])].sort((a, b) => (a.currency < b.currency ? -1 : 1))
  }

  async count(user: string, { put, drop, before, after }: TotalsUpdate): Promise<boolean> {
    const counted = this.#counted.get(user) ?? new Map<string, Purchase>()
    const totals = this.#totals.get(user) ?? new Map<string, Total>()
    const currencies = new Set([...before, ...after].map(({ currency }) => currency))
    for (const currency of currencies)
      if (
        !isDeepStrictEqual(
          totals.get(currency),
          before.find(total => total.currency === currency),
        )
      )
        return false
    if (put.some(purchase => counted.has(toSortKey(purchase)))) return false
    if (drop.some(purchase => !counted.has(toSortKey(purchase)))) return false
    for (const { id, username, userid, price, currency, timestamp } of put)
      counted.set(toSortKey({ id, timestamp }), { id, username, userid, price, currency, timestamp })
    for (const purchase of drop) counted.delete(toSortKey(purchase))
    for (const currency of currencies) totals.delete(currency)
    for (const total of after) totals.set(total.currency, total)
    this.#counted.set(user, counted)
    this.#totals.set(user, totals)
    return true
  }

  async byTime(
    user: string,
    { from = '', to = '~' }: Interval,
    after: string | null,
    limit: number,
  ): ReturnType<PurchaseStore['byTime']> {
    const rest = this.#ofUser(user)
      .filter(purchase => purchase.timestamp >= from && purchase.timestamp < to && toSortKey(purchase) < (after ?? '~'))
      .sort((a, b) => (toSortKey(a) > toSortKey(b) ? -1 : 1))
    const purchases = rest.slice(0, limit)
    const last = purchases.at(-1)
    return { purchases, next: rest.length > limit && last ? toSortKey(last) : null }
  }

  #ofUser(user: string): Purchase[] {
    return [...(this.#counted.get(user)?.values() ?? [])]
  }
}
