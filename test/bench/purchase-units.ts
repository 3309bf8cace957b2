/** Request units of purchases for `npm run -s bench:units`: of a user without purchases, and of one with 1,000. */
import { createRequestContext } from '#adapters/clock.ts'
import { CapacityMeter } from '#adapters/dynamodb/capacity-meter.ts'
import type { Documents } from '#adapters/dynamodb/documents.ts'
import { DynamoPurchaseStore } from '#adapters/dynamodb/purchase-store.ts'
import { type TableNames, Tables } from '#adapters/dynamodb/tables.ts'
import type { Purchase } from '#contract/schemas/purchase.ts'
import { buy } from '#domain/purchases/buy.ts'
import { followPurchases } from '#domain/purchases/project-totals.ts'

const BEFORE = 1000
const call = () => createRequestContext({ location: 'loc1', actor: 'agent', request_id: 'bench' })

export async function purchaseUnits(documents: Documents, names: TableNames) {
  const measured = async <T>(operation: (store: DynamoPurchaseStore) => Promise<T>) => {
    const meter = new CapacityMeter()
    const answer = await operation(new DynamoPurchaseStore(new Tables(documents, names, meter)))
    return { units: { ...meter }, answer }
  }
  const store = new DynamoPurchaseStore(new Tables(documents, names))
  const sent = (userid: string, n: number) => ({
    username: 'Wilhelmina Katzenellenbogen',
    userid,
    price: '19.99',
    timestamp: new Date(Date.UTC(2026, 0, 1) + n * 1000).toISOString(),
  })
  const count = (meteredStore: DynamoPurchaseStore, bought: readonly Purchase[]) =>
    followPurchases(meteredStore, call(), bought[0]?.userid ?? '', bought)

  /** Measures every operation for a user with this many purchases. */
  async function operations(userid: string, before: number) {
    const plain = await measured(meteredStore => buy(meteredStore, call(), sent(userid, before), undefined, 'EUR'))
    const keyed = await measured(meteredStore =>
      buy(meteredStore, call(), sent(userid, before + 1), `key of ${userid}`, 'EUR'),
    )
    const more: Purchase[] = []
    for (let n = 0; n < 25; n++) more.push(await buy(store, call(), sent(userid, before + 2 + n), undefined, 'EUR'))
    const one = await measured(meteredStore => count(meteredStore, [plain.answer]))
    const twice = await measured(meteredStore => count(meteredStore, [plain.answer]))
    const batch = await measured(meteredStore => count(meteredStore, more))
    const buys = await measured(meteredStore => meteredStore.ofUser(userid, null, 25))
    const page = await measured(meteredStore =>
      Promise.all([meteredStore.byTime(userid, {}, null, 25), meteredStore.totals(userid, false)]),
    )
    return {
      buy: plain.units,
      buy_with_key: keyed.units,
      purchase_counted: one.units,
      purchase_counted_again: twice.units,
      purchases_25_counted: batch.units,
      user_buys_page: buys.units,
      purchases_page: page.units,
    }
  }

  const first = await operations('user-1', 0)
  for (let from = 0; from < BEFORE; from += 25) {
    const numbers = Array.from({ length: 25 }, (_, n) => from + n)
    await count(store, await Promise.all(numbers.map(n => buy(store, call(), sent('user-1000', n), undefined, 'EUR'))))
  }
  const later = await operations('user-1000', BEFORE)
  return Object.fromEntries(
    Object.entries(later).map(([name, units]) => [
      name,
      { first: first[name as keyof typeof first], after_1000: units },
    ]),
  )
}
