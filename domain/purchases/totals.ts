import Big from 'big.js'
import type { Purchase, Total } from '#contract/schemas/purchase.ts'

/** The totals of the currencies concerned after adding and subtracting purchases, computed exactly. Totals of no purchases are left out. */
export function totalsAfter(before: readonly Total[], put: readonly Purchase[], drop: readonly Purchase[]): Total[] {
  const touched = new Set([...put, ...drop].map(({ currency }) => currency))
  return [...touched].flatMap(currency => {
    const ofCurrency = (list: readonly Purchase[]) => list.filter(purchase => purchase.currency === currency)
    const { count: previousCount = 0, sum: previousSum = '0' } = before.find(one => one.currency === currency) ?? {}
    const added = ofCurrency(put).reduce((sum, { price }) => sum.plus(price), new Big(previousSum))
    const sum = ofCurrency(drop).reduce((rest, { price }) => rest.minus(price), added)
    const count = previousCount + ofCurrency(put).length - ofCurrency(drop).length
    return count === 0 ? [] : [{ currency, count, sum: sum.toFixed() }]
  })
}

/** The totals of purchases, by currency, computed exactly. */
export const sumPrices = (purchases: readonly Purchase[]): Total[] => totalsAfter([], purchases, [])

/** The totals of several users together, by currency, computed exactly. */
export function sumTotals(totals: readonly (readonly Total[])[]): Total[] {
  const sums = new Map<string, Total>()
  for (const { currency, count, sum } of totals.flat()) {
    const before = sums.get(currency)
    sums.set(currency, {
      currency,
      count: (before?.count ?? 0) + count,
      sum: new Big(before?.sum ?? 0).plus(sum).toFixed(),
    })
  }
  return [...sums.values()].sort((a, b) => (a.currency < b.currency ? -1 : 1))
}
