import { round } from './quantiles.ts'

/** How the figures of one size compare with those of a smaller one. */
export interface Growth {
  name: string
  from: number
  to: number
  /** How many times as long a request takes. */
  factor: number
  /** The factor that is allowed. */
  limit: number
}

/** The figures of one size of the list. */
export interface SizeFigures {
  customers: number
  /** What a request of each operation takes, in milliseconds: processor time, or time. */
  ms: Readonly<Record<string, number>>
}

/** Time per request that does not depend on the size may vary by this factor in a measurement. */
export const FLAT = 1.5
/** A search in a hundred times as many customers may take this many times as long; fewer in proportion to the logarithm. */
const SEARCH = 3
const SEARCH_DECADES = 2
const SEARCHES: ReadonlySet<string> = new Set(['fuzzy', 'prefix'])

/** The factor that an operation may grow by between two sizes of the list. */
export function toLimit(name: string, from: number, to: number): number {
  if (!SEARCHES.has(name)) return FLAT
  return round(Math.max(FLAT, SEARCH ** (Math.log10(to / from) / SEARCH_DECADES)), 2)
}

/** How much each operation grows from the first to the last size. */
export function toGrowth(sizes: readonly SizeFigures[]): Growth[] {
  const [first, last] = [sizes[0], sizes.at(-1)]
  if (first === undefined || last === undefined || first === last) return []
  return Object.entries(first.ms).map(([name, ms]) => ({
    name,
    from: first.customers,
    to: last.customers,
    factor: round((last.ms[name] ?? 0) / Math.max(0.001, ms), 2),
    limit: toLimit(name, first.customers, last.customers),
  }))
}
