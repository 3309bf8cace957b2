import * as z from 'zod'
import type { DiffItem } from '#contract/schemas/customer.ts'
import type { Line, Ports, RecordStore } from '../ports.ts'
import { covers } from '../records/clock.ts'
import type { Current } from '../records/current.ts'
import { difference } from '../records/diff.ts'
import type { VersionReader } from '../records/read.ts'
import { upTo, type Version } from '../records/version.ts'

/** Where a page of a difference begins: below which line, and what was known when its first page was read. */
export const diffPlace = z.object({
  known: z.string(),
  line: z.object({
    day: z.string(),
    shard: z.number(),
    part: z.enum(['recorded', 'valid']),
    after: z.string().nullable(),
  }),
})
export type DiffPlace = z.infer<typeof diffPlace>

/** How many lines a page may look at before it is cut short, with a cursor to go on. */
const MOST_LOOKED_AT = 1000

const dayOf = (instant: string): string => instant.slice(0, 10)

/** A line's rank among the lines of its record: the order in which they are read. */
const rank = ({ valid_from, recorded_at, location }: Omit<Line, 'kind' | 'id'>): string =>
  [dayOf(valid_from), dayOf(valid_from) === dayOf(recorded_at) ? 'recorded' : 'valid', recorded_at, location].join('#')

/** Whether a line is the first of its record's in the interval: the one under which the record is told. */
async function isFirst(
  row: Current,
  read: VersionReader,
  line: Line,
  from: string,
  to: string,
  known: string,
): Promise<boolean> {
  const precedes = (v: Version) => covers(row.clock, v) && v.recorded_at <= known && rank(v) < rank(line)
  const oldest = await read({ above: upTo(from), limit: 1 })
  if (oldest.some(precedes)) return false
  const endOfDay = `${dayOf(line.valid_from)}T23:59:59.999Z`
  return !(await read({ above: upTo(from), below: upTo(endOfDay < to ? endOfDay : to) })).some(precedes)
}

/**
 * A page of what differs on the list between two moments, by customer and field. It goes by the days within the interval on which
 * something began to hold, so it costs what changed and not what is listed; what is recorded while pages are read is left to a later
 * reading (`known`), so that no page skips or repeats a customer.
 */
export async function listDiff(
  { lines, records }: Pick<Ports, 'lines' | 'records'>,
  from: string,
  to: string,
  limit: number,
  place: DiffPlace | null,
  now: string,
): Promise<{ items: DiffItem[]; next: DiffPlace | null }> {
  const known = place?.known ?? now
  const items: DiffItem[] = []
  let line = place?.line ?? null
  for (let looked = 0; looked < MOST_LOOKED_AT; ) {
    const page = await lines.validBetween(from, to, line, Math.min(100, limit * 4))
    for (const found of page.lines) {
      looked++
      const { id } = found.line
      const told = found.line.recorded_at <= known ? await tell(records, found.line, from, to, known) : []
      // A customer's differences stay together on one page; a page is over its limit by those alone.
      if (items.length > 0 && items.length + told.length > limit) return { items, next: line && { known, line } }
      items.push(...told.map(item => ({ id, ...item })))
      line = found.place
    }
    if (!page.more) return { items, next: null }
    if (items.length >= limit) break
  }
  return { items, next: line && { known, line } }
}

async function tell(store: RecordStore, line: Line, from: string, to: string, known: string) {
  if (line.kind !== 'customer' || line.valid_from <= from || line.valid_from > to) return []
  const row = await store.current('customer', line.id, false)
  if (row === null) return []
  const read = store.versions('customer', line.id, false)
  return (await isFirst(row, read, line, from, to, known)) ? difference(row, read, from, to, known) : []
}
