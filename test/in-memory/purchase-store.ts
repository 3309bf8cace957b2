import type { Purchase, Total } from '#contract/schemas/purchase.ts'
import type { PurchaseStore, Span, StoredPurchase, TotalsUpdate } from '#domain/purchases/port.ts'

const toPlace = ({ id, timestamp }: Pick<Purchase, 'id' | 'timestamp'>): string => `${timestamp}#${id}`

/** Purchases of one user at one location, in memory. */
export class MemoryPurchaseStore implements PurchaseStore {
  readonly rows = new Map<string, StoredPurchase>()
  readonly claims = new Map<string, string>()
  readonly erasedCustomers = new Set<string>()
  readonly #counted = new Map<string, Purchase>()
  #totals = new Map<string, Total>()

  async claim(key: string, id: string): Promise<string> {
    const taken = this.claims.get(key) ?? id
    this.claims.set(key, taken)
    return taken
  }

  async put(purchase: StoredPurchase): Promise<Purchase> {
    const { claim: _, ...there } = this.rows.get(purchase.id) ?? purchase
    if (!this.rows.has(purchase.id)) this.rows.set(purchase.id, purchase)
    return there
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

  async remove(purchases: readonly StoredPurchase[]): Promise<void> {
    for (const { id, claim } of purchases) {
      this.rows.delete(id)
      if (claim !== null) this.claims.delete(claim)
    }
  }

  async erased(customer: string): Promise<boolean> {
    return this.erasedCustomers.has(customer)
  }

  async counted(user: string, places: readonly Pick<Purchase, 'id' | 'timestamp'>[]): Promise<Purchase[]> {
    const wanted = new Set(places.map(toPlace))
    return this.#ofUser(user).filter(one => wanted.has(toPlace(one)))
  }

  async totals(user: string): Promise<Total[]> {
    return [...this.#totals].filter(([name]) => name.startsWith(`${user}#`)).map(([, one]) => one)
  }

  async count(user: string, { put, drop, before, after }: TotalsUpdate): Promise<boolean> {
    const is = (await this.totals(user)).filter(({ currency }) =>
      [...before, ...after].some(one => one.currency === currency),
    )
    const sorted = (totals: readonly Total[]) =>
      JSON.stringify([...totals].map(one => Object.entries(one).sort()).sort())
    if (sorted(is) !== sorted(before)) return false
    if (put.some(one => this.#counted.has(toPlace(one)))) return false
    if (drop.some(one => !this.#counted.has(toPlace(one)))) return false
    for (const one of put) this.#counted.set(toPlace(one), one)
    for (const one of drop) this.#counted.delete(toPlace(one))
    for (const { currency } of before) this.#totals.delete(`${user}#${currency}`)
    for (const one of after) this.#totals.set(`${user}#${one.currency}`, one)
    return true
  }

  async byTime(
    user: string,
    { from = '', to = '~' }: Span,
    after: string | null,
    limit: number,
  ): ReturnType<PurchaseStore['byTime']> {
    const rest = this.#ofUser(user)
      .filter(one => one.timestamp >= from && one.timestamp < to && toPlace(one) < (after ?? '~'))
      .sort((a, b) => (toPlace(a) > toPlace(b) ? -1 : 1))
    const purchases = rest.slice(0, limit)
    const last = purchases.at(-1)
    return { purchases, next: rest.length > limit && last ? toPlace(last) : null }
  }

  #ofUser(user: string): Purchase[] {
    return [...this.#counted.values()].filter(({ userid }) => userid === user)
  }
}
