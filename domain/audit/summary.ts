import * as z from 'zod'
import type { SummaryItem } from '#contract/schemas/audit.ts'
import type { LocationStore } from '../locations/port.ts'
import type { RequestContext } from '../ports.ts'
import { toDay } from '../records/change-log-entry.ts'
import { earlier } from '../records/clock.ts'
import { after, CHUNK, entriesBetween, FIRST, LAST, toLocation, toTime } from './entries.ts'
import { ago } from './high-watermark.ts'
import type { AuditStore, DayCount, Entry, Restart } from './port.ts'

const toEnd = (day: string): string => `${day}~`

/** Counts by key. */
class Counts {
  readonly #items = new Map<string, SummaryItem>()

  add(item: SummaryItem): void {
    const name = JSON.stringify([item.day, item.location, item.actor, item.action])
    const existing = this.#items.get(name)
    if (existing) existing.count += item.count
    else this.#items.set(name, { ...item })
  }

  entry(entry: Entry): void {
    const { actor, action } = 'line' in entry ? entry.line : entry.access
    const count = 'access' in entry ? (entry.access.count ?? 1) : 1
    this.add({ day: toDay(toTime(entry)), location: toLocation(entry), actor, action, count })
  }

  /** By day, location, actor and action. */
  get items(): SummaryItem[] {
    return [...this.#items].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, item]) => item)
  }
}

const DAY_MS = 86_400_000

/** The last of the days up to which a location has counted all; null if it has counted none. */
async function lastCounted(audit: AuditStore, location: string, restarts: readonly Restart[]): Promise<string | null> {
  let last = await audit.lastCounted(location, 0)
  for (const [n, { from }] of restarts.entries()) {
    const dayBefore = toDay(ago(from, DAY_MS))
    last = (await audit.lastCounted(location, n + 1)) ?? (last === null ? null : earlier(last, dayBefore))
  }
  return last
}

/** The counts of a location. Those made before its clock was set back hold only for the days before. */
async function validCounts(
  audit: AuditStore,
  location: string,
  restarts: readonly Restart[],
  from: string,
  to: string,
): Promise<DayCount[]> {
  const counts = await Promise.all(
    Array.from({ length: restarts.length + 1 }, async (_, n) => {
      const later = restarts.slice(n)
      return (await audit.dayCounts(location, n, from, to)).filter(({ day }) =>
        later.every(restart => day < toDay(restart.from)),
      )
    }),
  )
  return counts.flat()
}

/**
 * Counts this location's past days that are completely sealed, so that a report need not read their entries again. No entries are added to
 * sealed days, unless the clock is set back: then these days are counted again.
 */
export async function countDays(
  { audit }: { audit: AuditStore },
  { location }: Pick<RequestContext, 'location'>,
): Promise<void> {
  const seal = await audit.lastSeal(location)
  if (seal === null) return
  const restarts = seal.restarts.length
  const counted = await lastCounted(audit, location, seal.restarts)
  for await (const day of audit.days(counted ?? FIRST, toDay(seal.to), false)) {
    if (day === counted || day >= toDay(seal.to)) continue
    const counts = new Counts()
    for await (const entry of entriesBetween(audit, { above: day, below: toEnd(day) }, false, CHUNK))
      if (toLocation(entry) === location) counts.entry(entry)
    const of = counts.items.map(({ actor, action, count }): DayCount['counts'][number] => [actor, action, count])
    await audit.putDayCount({ location, day, restarts, counts: of })
  }
}

/** The position among the entries of days that are not counted yet. */
export const summaryPlace = z.string()

/**
 * The number of entries by day, actor, action and location, between two days, inclusive. It reads the counts of counted days, and the
 * entries of the others from a position while `hasTime` returns true.
 */
export async function summary(
  { audit, locations }: { audit: AuditStore; locations: LocationStore },
  { from = FIRST, to = LAST }: { from?: string | undefined; to?: string | undefined },
  place: string | null,
  hasTime: () => boolean,
): Promise<{ items: SummaryItem[]; next: string | null }> {
  const counts = new Counts()
  const names = (await locations.heartbeats()).map(({ name }) => name)
  const restarts = new Map(
    await Promise.all(names.map(async name => [name, (await audit.lastSeal(name))?.restarts ?? []] as const)),
  )
  const last = new Map(
    await Promise.all([...restarts].map(async ([name, of]) => [name, await lastCounted(audit, name, of)] as const)),
  )
  if (place === null) {
    const counted = await Promise.all([...restarts].map(([name, of]) => validCounts(audit, name, of, from, to)))
    for (const { location, day, counts: of } of counted.flat())
      for (const [actor, action, count] of of) counts.add({ day, location, actor, action, count })
  }
  const isCounted = (location: string, day: string) => day <= (last.get(location) ?? '')
  const all = [...last.values()]
  // Every location has counted the days up to this one.
  const done = all.length === 0 || all.includes(null) ? '' : all.map(day => day ?? '').reduce((a, b) => (a < b ? a : b))
  const start = done >= from ? toEnd(done) : from
  const keys = { above: place === null ? start : after(place), below: toEnd(to) }
  let looked = 0
  for await (const entry of entriesBetween(audit, keys, false, CHUNK)) {
    if (!isCounted(toLocation(entry), toDay(toTime(entry)))) counts.entry(entry)
    looked += 1
    if (looked % CHUNK === 0 && !hasTime()) return { items: counts.items, next: entry.key }
  }
  return { items: counts.items, next: null }
}
