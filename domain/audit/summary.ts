import * as z from 'zod'
import type { SummaryItem } from '#contract/schemas/audit.ts'
import type { LocationStore } from '../locations/port.ts'
import type { RequestContext } from '../ports.ts'
import { toDay } from '../records/change-log-entry.ts'
import { after, entriesBetween, FIRST, LAST, toLocation, toTime } from './entries.ts'
import type { AuditStore, DayCount, Entry } from './port.ts'
import { CHUNK } from './seal.ts'

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

/**
 * Counts this location's past days that are completely sealed, so that a report need not read their entries again. No entries are added to
 * sealed days.
 */
export async function countDays(
  { audit }: { audit: AuditStore },
  { location }: Pick<RequestContext, 'location'>,
): Promise<void> {
  const seal = await audit.lastSeal(location)
  if (seal === null) return
  const counted = await audit.lastCounted(location)
  for await (const day of audit.days(counted ?? FIRST, toDay(seal.to), false)) {
    if (day === counted || day >= toDay(seal.to)) continue
    const counts = new Counts()
    for await (const entry of entriesBetween(audit, { above: day, below: toEnd(day) }, false, CHUNK))
      if (toLocation(entry) === location) counts.entry(entry)
    const of = counts.items.map(({ actor, action, count }): DayCount['counts'][number] => [actor, action, count])
    await audit.putDayCount({ location, day, counts: of })
  }
}

/** The position among the entries of days that are not counted yet. */
export const summaryPlace = z.string()

/**
 * The number of entries by day, actor, action and location, between two days, inclusive. It reads the counts of counted days, and the
 * entries of the others from a position while `goOn` returns true.
 */
export async function summary(
  { audit, locations }: { audit: AuditStore; locations: LocationStore },
  { from = FIRST, to = LAST }: { from?: string | undefined; to?: string | undefined },
  place: string | null,
  goOn: () => boolean,
): Promise<{ items: SummaryItem[]; next: string | null }> {
  const counts = new Counts()
  const names = (await locations.heartbeats()).map(({ name }) => name)
  const last = new Map(await Promise.all(names.map(async name => [name, await audit.lastCounted(name)] as const)))
  if (place === null) {
    const counted = await Promise.all(names.map(name => audit.dayCounts(name, from, to)))
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
    if (looked % CHUNK === 0 && !goOn()) return { items: counts.items, next: entry.key }
  }
  return { items: counts.items, next: null }
}
