/** The purchases of a user. Those of a customer include the purchases of all who were merged into it; a split gives these back. */
import type { Purchase, Total } from '#contract/schemas/purchase.ts'
import { resolveMerged } from '../customers/merges.ts'
import type { RecordStore } from '../records/port.ts'
import { formatSum } from './format-sum.ts'
import { mayBeCustomer } from './name-user.ts'
import type { Interval, PurchaseStore } from './port.ts'
import { sumPrices, sumTotals } from './totals.ts'

interface ListPorts {
  records: Pick<RecordStore, 'currents'>
  purchases: Pick<PurchaseStore, 'ofUser' | 'byTime' | 'totals' | 'usersNamed'>
}

interface Page {
  purchases: Purchase[]
  next: string | null
}

/** Where a list of all purchases of a user goes on: after a purchase of those with the user's id, or of a user with that user name. */
export interface BuyPosition {
  /** The id of the user whose purchases are listed; null: the one with the id that was asked for. */
  named: string | null
  /** The last purchase; null: all purchases of `named` are listed. */
  id: string | null
}

/** Purchases of an interval that are read together to add them up. */
const SUM_PAGE = 1000

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

async function readById(
  { purchases: store }: ListPorts,
  user: string,
  after: string | null,
  limit: number,
): Promise<Page> {
  const { purchases, next } = await store.ofUser(user, after, limit)
  return { purchases: purchases.map(({ claim: _, ...purchase }) => purchase), next }
}

/**
 * All stored purchases of a user, read consistently, after a position: those with the user's id, by purchase id; then those of the users
 * who bought under that user name, by user and purchase id.
 */
export async function listBuys(
  ports: ListPorts,
  user: string,
  after: BuyPosition | null,
  limit: number,
): Promise<{ purchases: Purchase[]; next: BuyPosition | null }> {
  const users = await toUsers(ports, user, true)
  let { named, id } = after ?? { named: null, id: null }
  const purchases: Purchase[] = []
  if (after === null || (named === null && id !== null)) {
    const pages = await Promise.all(users.map(one => readById(ports, one, id, limit)))
    const page = mergePages(pages, limit, purchase => purchase.id, 1)
    if (page.next !== null) return { purchases: page.purchases, next: { named: null, id: page.next } }
    purchases.push(...page.purchases)
    id = null
  }
  let waiting = named === null || id === null ? [] : [named]
  while (purchases.length < limit) {
    if (waiting.length === 0) waiting = await ports.purchases.usersNamed(user, named, limit - purchases.length)
    const [first, ...rest] = waiting
    if (first === undefined) return { purchases, next: null }
    named = first
    const page: Page = users.includes(named)
      ? { purchases: [], next: null }
      : await readById(ports, named, id, limit - purchases.length)
    purchases.push(...page.purchases)
    id = page.next
    if (id === null) waiting = rest
  }
  return { purchases, next: { named, id } }
}

/** The totals of the counted purchases of users in an interval, by currency. Reads them all. */
async function totalsOfInterval(
  { purchases }: ListPorts,
  users: readonly string[],
  interval: Interval,
): Promise<Total[]> {
  const ofUser = async (user: string): Promise<Total[]> => {
    let totals: Total[] = []
    for (let next: string | null | undefined; next !== null; ) {
      const page = await purchases.byTime(user, interval, next ?? null, SUM_PAGE)
      totals = sumTotals([totals, sumPrices(page.purchases)])
      next = page.next
    }
    return totals
  }
  return sumTotals(await Promise.all(users.map(ofUser)))
}

/**
 * Counted purchases of a user in an interval, newest first, after a position, with the totals of the interval and of all.
 *
 * @param known the totals of the interval, if an earlier page read them.
 */
export async function listByTime(
  ports: ListPorts,
  user: string,
  interval: Interval,
  after: string | null,
  limit: number,
  known?: readonly Total[],
): Promise<Page & { totals: Total[]; overall_totals: Total[] }> {
  const users = await toUsers(ports, user, false)
  const isWhole = interval.from === undefined && interval.to === undefined
  const [pages, totals, ofSpan] = await Promise.all([
    Promise.all(users.map(id => ports.purchases.byTime(id, interval, after, limit))),
    Promise.all(users.map(id => ports.purchases.totals(id, false))),
    known ?? (isWhole ? null : totalsOfInterval(ports, users, interval)),
  ])
  const overall_totals = sumTotals(totals).map(formatSum)
  return {
    ...mergePages(pages, limit, ({ timestamp, id }) => `${timestamp}#${id}`, -1),
    totals: ofSpan?.map(formatSum) ?? overall_totals,
    overall_totals,
  }
}
