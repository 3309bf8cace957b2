import type { paths } from '../../../client/paths.ts'
import { dataOf } from '../request.ts'
import { repeatUntilDone } from '../resume.ts'
import { registry } from '../session.ts'

type Item = paths['/v1/audit/summary']['get']['responses'][200]['content']['application/json']['items'][number]

export const GROUPINGS = ['day', 'action', 'actor', 'location'] as const
export type Grouping = (typeof GROUPINGS)[number]

export interface Bar {
  name: string
  count: number
}

/** Counts of the entries of some days, by group. Days are in their order, and the others with the most entries first. */
function toBars(items: readonly Item[], grouping: Grouping): Bar[] {
  const counts = new Map<string, number>()
  for (const item of items) counts.set(item[grouping], (counts.get(item[grouping]) ?? 0) + item.count)
  return [...counts]
    .map(([name, count]) => ({ name, count }))
    .sort((a, b) => (grouping === 'day' || a.count === b.count ? (a.name < b.name ? -1 : 1) : b.count - a.count))
}

export type AuditSummary = Record<Grouping, Bar[]>

/** What counts can be filtered by. */
export type CountFilter = Partial<Record<Exclude<Grouping, 'day'>, string>>

/** The counts that agree with a filter, by group. */
export function summarise(items: readonly Item[], filter: CountFilter): AuditSummary {
  const agreeing = items.filter(
    item =>
      (filter.action ?? item.action) === item.action &&
      (filter.actor ?? item.actor) === item.actor &&
      (filter.location ?? item.location) === item.location,
  )
  const [day, action, actor, location] = GROUPINGS.map(grouping => toBars(agreeing, grouping))
  return { day: day ?? [], action: action ?? [], actor: actor ?? [], location: location ?? [] }
}

/** Counts the entries of some days, which are those of UTC, inclusive. */
export async function readCounts(days: { from: string; to?: string }, signal: AbortSignal): Promise<Item[]> {
  const items: Item[] = []
  await repeatUntilDone(
    page => dataOf(registry.GET('/v1/audit/summary', { params: { query: { ...days, ...page } }, signal })),
    answer => items.push(...answer.items),
  )
  return items
}
