import type { Purchase, Total } from '#contract/schemas/purchase.ts'
import type { PurchaseStore, Span, StoredPurchase, TotalsUpdate } from '#domain/purchases/port.ts'

const toSortKey = ({ id, timestamp }: Pick<Purchase, 'id' | 'timestamp'>): string => `${timestamp}#${id}`

/** Purchases at one location, in memory. */
export class MemoryPurchaseStore implements PurchaseStore {
  readonly rows = new Map<string, StoredPurchase>()
  readonly claims = new Map<string, string>()
  readonly erasedCustomers = new Set<string>()
  readonly #counted = new Map<string, Purchase>()
  #totals = new Map<string, Total>()

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
    return [...this.#totals].filter(([name]) => name.startsWith(`${user}#`)).map(([, total]) => total)
  }

  async count(user: string, { put, drop, before, after }: TotalsUpdate): Promise<boolean> {
    const current = (await this.totals(user)).filter(({ currency }) =>
      [...before, ...after].some(total => total.currency === currency),
    )
    const sorted = (totals: readonly Total[]) =>
      JSON.stringify([...totals].map(total => Object.entries(total).sort()).sort())
    if (sorted(current) !== sorted(before)) return false
    if (put.some(purchase => this.#counted.has(toSortKey(purchase)))) return false
    if (drop.some(purchase => !this.#counted.has(toSortKey(purchase)))) return false
    for (const purchase of put) this.#counted.set(toSortKey(purchase), purchase)
    for (const purchase of drop) this.#counted.delete(toSortKey(purchase))
    for (const { currency } of before) this.#totals.delete(`${user}#${currency}`)
    for (const total of after) this.#totals.set(`${user}#${total.currency}`, total)
    return true
  }

  async byTime(
    user: string,
    { from = '', to = '~' }: Span,
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
    return [...this.#counted.values()].filter(({ userid }) => userid === user)
  }
}
