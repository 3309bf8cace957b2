import * as z from 'zod'
import type { DiffItem, DiffQuery } from '#contract/schemas/customer.ts'
import { type ChangeLogEntry, rank, toDay } from '../records/change-log-entry.ts'
import { earlier } from '../records/clock.ts'
import type { CurrentRecord } from '../records/current.ts'
import { difference, type FieldDifference, stateDifference } from '../records/diff.ts'
import type { ChangeLogStore, RecordStore } from '../records/port.ts'
import { isFoldedIn, type VersionReader } from '../records/read.ts'
import { foldFromStore } from '../records/update-record.ts'
import { maxKeyAt, toKey, type Version } from '../records/version.ts'
import { customerDiff, reading } from './read.ts'

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

/** From when to when, as known when. */
interface Interval {
  from: string
  to: string
  knownAt: string
}

/** How many entries a page may examine before it ends early, with a cursor. */
const MAX_EXAMINED = 1000
/** How many are examined at once: few at first, because one customer has several differences, then more. */
const FIRST_PAGE_SIZE = 5
const PAGE_SIZE = 20
/** How many versions of a customer are read in one request. Few customers have more in an interval. */
const FEW = 8
/** How many entries a read without results counts as: it went through many entries of other days. */
const EMPTY_READ_COST = 100

/** Filters of a diff. */
export type Only = Pick<DiffQuery, 'customer' | 'field'>

/**
 * Whether a line is the first of its record's in the interval: the one under which the record is told. A version that comes before it
 * counts only once its own line is there to be come upon.
 */
async function isFirst(
  lines: ChangeLogStore,
  row: CurrentRecord,
  read: VersionReader,
  line: ChangeLogEntry,
  { from, to, knownAt }: Interval,
): Promise<boolean> {
  const precedes = (v: Version) => isFoldedIn(row, v) && v.recorded_at <= knownAt && rank(v) < rank(line)
  const told = async (versions: readonly Version[]) => {
    for (const v of versions.filter(precedes)) if (await lines.has(v)) return true
    return false
  }
  if (await told(await read({ above: maxKeyAt(from), limit: 1 }))) return false
  const endOfDay = `${toDay(line.valid_from)}T23:59:59.999Z`
  return !(await told(await read({ above: maxKeyAt(from), below: maxKeyAt(earlier(endOfDay, to)) })))
}

/**
 * A page of what differs on the list between two moments, by customer and field. It goes by the days within the interval on which
 * something began to hold, so it costs what changed and not what is listed. It tells a change once its line is made, in a moment
 * after it; what is recorded while pages are read is left to a later reading (`known`), so that no page repeats a customer. Of one
 * customer it is read from their versions.
 *
 * @throws NotFound when it is asked of a customer that there is not.
 */
export async function listDiff(
  ports: { lines: ChangeLogStore; records: RecordStore },
  from: string,
  to: string,
  limit: number,
  place: DiffPlace | null,
  now: string,
  { customer, field }: Only = {},
): Promise<{ items: DiffItem[]; next: DiffPlace | null }> {
  const selectItems = (items: readonly DiffItem[]) => items.filter(item => field === undefined || item.field === field)
  if (customer !== undefined)
    return { items: selectItems(await customerDiff(ports.records, customer, from, to)), next: null }
  const knownAt = place?.known ?? now
  const items: DiffItem[] = []
  let line = place?.line ?? null
  let size = Math.min(FIRST_PAGE_SIZE, limit)
  for (let looked = 0; looked < MAX_EXAMINED; size = Math.min(PAGE_SIZE, 2 * size)) {
    const page = await ports.lines.validBetween(from, to, line, size)
    const differences = await diffsOf(
      ports,
      page.lines.map(entry => entry.line),
      { from, to, knownAt },
    )
    for (const [n, entry] of page.lines.entries()) {
      const entryItems = selectItems((differences[n] ?? []).map(item => ({ id: entry.line.id, ...item })))
      // A customer's differences stay on one page; only they may exceed its limit.
      if (items.length > 0 && items.length + entryItems.length > limit)
        return { items, next: line && { known: knownAt, line } }
      items.push(...entryItems)
      line = entry.place
    }
    if (!page.more) return { items, next: null }
    line = page.rest
    if (items.length >= limit) break
    looked += page.lines.length || EMPTY_READ_COST
  }
  return { items, next: line && { known: knownAt, line } }
}

/** The differences of the customer of each line; none where another line of the customer comes first. */
async function diffsOf(
  ports: { lines: ChangeLogStore; records: RecordStore },
  lines: readonly ChangeLogEntry[],
  interval: Interval,
): Promise<FieldDifference[][]> {
  const { from, to, knownAt } = interval
  const isWithin = ({ kind, valid_from, recorded_at }: ChangeLogEntry) =>
    kind === 'customer' && valid_from > from && valid_from <= to && recorded_at <= knownAt
  const ids = lines.filter(isWithin).map(({ id }) => id)
  const rows = ids.length > 0 ? await ports.records.currents('customer', ids, false) : []
  const byId = new Map(rows.map(row => [row.id, row]))
  return Promise.all(
    lines.map(async line => {
      if (!isWithin(line)) return []
      const row = byId.get(line.id) ?? (await foldFromStore(ports.records, 'customer', line.id)).row
      return row === null ? [] : diffOf(ports, row, line, interval)
    }),
  )
}

async function diffOf(
  { lines, records }: { lines: ChangeLogStore; records: RecordStore },
  row: CurrentRecord,
  line: ChangeLogEntry,
  interval: Interval,
): Promise<FieldDifference[]> {
  const { from, to, knownAt } = interval
  if (isOnlyVersion(row, line))
    return stateDifference({}, row.snapshot).map(change => ({ ...change, at: line.valid_from, actor: line.actor }))
  const read = await readingAhead(records.versions('customer', row.id, false), { above: maxKeyAt(from), limit: FEW })
  if (!(await isFirst(lines, row, read, line, interval))) return []
  return reading(records, row, false, (current, readAgain) =>
    difference(current, current === row ? read : readAgain, from, to, knownAt),
  )
}

/** Whether the record has been recorded only once: all that there is of it is in its row. */
const isOnlyVersion = (row: CurrentRecord, { recorded_at, location }: ChangeLogEntry): boolean =>
  row.created_at === recorded_at &&
  row.updated_at === recorded_at &&
  row.clock[location] === recorded_at &&
  Object.keys(row.clock).length === 1 &&
  Object.keys(row.purgedClock).length === 0

/** A reader that reads the first versions of a range at once and, if those are all, answers from them what lies within the range. */
async function readingAhead(read: VersionReader, range: { above: string; limit: number }): Promise<VersionReader> {
  const versions = await read(range)
  if (versions.length >= range.limit) return read
  return async wanted => {
    const { above = '', below = '~', newestFirst = false, limit } = wanted
    if (above < range.above) return read(wanted)
    const within = versions.filter(v => toKey(v) > above && toKey(v) < below)
    return (newestFirst ? within.toReversed() : within).slice(0, limit)
  }
}
