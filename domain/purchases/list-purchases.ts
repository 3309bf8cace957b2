/** The purchases of a user. Those of a customer include the purchases of all who were merged into it; a split gives these back. */
import type { Purchase, Total } from '#contract/schemas/purchase.ts'
import { resolveMerged } from '../customers/merges.ts'
import type { RecordStore } from '../records/port.ts'
import { mayBeCustomer } from './buy.ts'
import type { PurchaseStore, Span } from './port.ts'
import { sumTotals } from './totals.ts'

interface ListPorts {
  records: Pick<RecordStore, 'currents'>
  purchases: Pick<PurchaseStore, 'ofUser' | 'byTime' | 'totals'>
}

interface Page {
  purchases: Purchase[]
  next: string | null
}

/** The users whose purchases are the user's. Only a customer costs a read. */
const toUsers = ({ records }: ListPorts, user: string, consistent: boolean): Promise<string[]> | [string] =>
  mayBeCustomer(user) ? resolveMerged(records, user, consistent) : [user]

/** Merges pages of several users into one of at most `limit` purchases. @param toPosition positions sort like the purchases. */
function mergePages(
  pages: readonly Page[],
  limit: number,
  toPosition: (purchase: Purchase) => string,
  direction: 1 | -1,
): Page {
  const all = pages
    .flatMap(({ purchases }) => purchases)
    .map(purchase => ({ purchase, position: toPosition(purchase) }))
    .sort((a, b) => (a.position < b.position ? -direction : direction))
  const purchases = all.slice(0, limit)
  const hasMore = all.length > limit || pages.some(({ next }) => next !== null)
  return {
    purchases: purchases.map(({ purchase }) => purchase),
    next: hasMore ? (purchases.at(-1)?.position ?? null) : null,
  }
}

/** All stored purchases of a user by id, read consistently, after a position. */
export async function listById(ports: ListPorts, user: string, after: string | null, limit: number): Promise<Page> {
  const users = await toUsers(ports, user, true)
  const pages = await Promise.all(
    users.map(async id => {
      const { purchases, next } = await ports.purchases.ofUser(id, after, limit)
      return { purchases: purchases.map(({ claim: _, ...purchase }) => purchase), next }
    }),
  )
  return mergePages(pages, limit, ({ id }) => id, 1)
}

/** Counted purchases of a user in a span, newest first, after a position, and the totals of all of them. */
export async function listByTime(
  ports: ListPorts,
  user: string,
  span: Span,
  after: string | null,
  limit: number,
): Promise<Page & { totals: Total[] }> {
  const users = await toUsers(ports, user, false)
  const [pages, totals] = await Promise.all([
    Promise.all(users.map(id => ports.purchases.byTime(id, span, after, limit))),
    Promise.all(users.map(id => ports.purchases.totals(id, false))),
  ])
  return { ...mergePages(pages, limit, ({ timestamp, id }) => `${timestamp}#${id}`, -1), totals: sumTotals(totals) }
}
