import Big from 'big.js'
import { code } from 'currency-codes'
import type { Total } from '#contract/schemas/purchase.ts'

/** The decimals of a currency that ISO 4217 has withdrawn. */
const DEFAULT_DECIMALS = 2

/** How many decimals amounts in a currency have (ISO 4217). Unicode's data, which `Intl` uses, differ: they leave out coins that are rare. */
const toDecimals = (currency: string): number => code(currency)?.digits ?? DEFAULT_DECIMALS

/** A total whose sum has the decimals of its currency: `20.00` EUR, `20` JPY. Further digits are kept: sums are exact. */
export function formatSum<T extends Total>(total: T): T {
  const sum = new Big(total.sum)
  const decimals = Math.max(toDecimals(total.currency), sum.toFixed().split('.')[1]?.length ?? 0)
  return { ...total, sum: sum.toFixed(decimals) }
}
