import Big from 'big.js'
import type { Purchase, Total } from '#contract/schemas/purchase.ts'

/** The totals of the currencies concerned after adding and subtracting purchases, computed exactly. Totals of no purchases are left out. */
export function totalsAfter(before: readonly Total[], put: readonly Purchase[], drop: readonly Purchase[]): Total[] {
  const touched = new Set([...put, ...drop].map(({ currency }) => currency))
  return [...touched].flatMap(currency => {
    const mine = (list: readonly Purchase[]) => list.filter(one => one.currency === currency)
    const { count: had = 0, sum: held = '0' } = before.find(one => one.currency === currency) ?? {}
    const added = mine(put).reduce((sum, { price }) => sum.plus(price), new Big(held))
    const sum = mine(drop).reduce((rest, { price }) => rest.minus(price), added)
    const count = had + mine(put).length - mine(drop).length
    return count === 0 ? [] : [{ currency, count, sum: sum.toFixed() }]
  })
}
