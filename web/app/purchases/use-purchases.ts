import { useEffect, useState } from 'react'
import type { components } from '../../../client/paths.ts'
import { usePages } from '../pages.tsx'
import { dataOf } from '../request.ts'
import { registry } from '../session.ts'

type Purchase = components['schemas']['Purchase']

/** The start of the keys of lists of purchases. */
export const PURCHASES = 'purchases'
/** How often a list is read again after a purchase was stored, and how often at most. */
const REREAD_MS = 1000
const MAX_REREADS = 15

interface Interval {
  /** ISO 8601, in UTC; the end is exclusive. */
  from?: string
  to?: string
}

/** The purchases of a user in an interval, newest first, with totals. Those of a customer include those of customers merged into it. */
export function usePurchases(user: string, interval: Interval = {}) {
  const list = usePages([PURCHASES, user, interval], (page, signal) =>
    dataOf(registry.GET('/v1/purchases', { params: { query: { user, ...interval, ...page } }, signal })),
  )
  const [first] = list.data?.pages ?? []
  return { list, totals: first?.totals ?? [], overallTotals: first?.overall_totals ?? [] }
}

type Purchases = ReturnType<typeof usePurchases>

/**
 * The purchase that was stored last, and a function that takes one. A purchase is counted a moment after it is stored: until it is, the list
 * is read again.
 */
export function useStored({ list, overallTotals }: Purchases) {
  const [stored, setStored] = useState<{ purchase: Purchase; countBefore: number; reads: number } | null>(null)
  const count = overallTotals.reduce((sum, total) => sum + total.count, 0)
  const { refetch } = list
  useEffect(() => {
    if (stored === null || stored.reads >= MAX_REREADS || count > stored.countBefore) return
    const timer = setTimeout(() => {
      refetch()
      setStored({ ...stored, reads: stored.reads + 1 })
    }, REREAD_MS)
    return () => clearTimeout(timer)
  }, [stored, count, refetch])
  return {
    stored: stored?.purchase ?? null,
    take: (purchase: Purchase) => setStored({ purchase, countBefore: count, reads: 0 }),
  }
}
