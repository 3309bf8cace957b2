import * as z from 'zod'
import type { DiffItem, DiffQuery } from '#contract/schemas/customer.ts'
import { type ChangeLogEntry, rank, toDay } from '../records/change-log-entry.ts'
import { earlier } from '../records/clock.ts'
import type { CurrentRecord } from '../records/current.ts'
import { difference } from '../records/diff.ts'
import type { ChangeLogStore, RecordStore } from '../records/port.ts'
import { isFoldedIn } from '../records/read.ts'
import { foldFromStore } from '../records/update-record.ts'
import { maxKeyAt, type Version } from '../records/version.ts'
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

/** How many entries a page may examine before it ends early, with a cursor. */
const MAX_EXAMINED = 1000
/** How many are examined at once. */
const PAGE_SIZE = 20
/** How many entries a read without results counts as: it went through many entries of other days. */
const EMPTY_READ_COST = 100

/** Filters of a diff. */
export type Only = Pick<DiffQuery, 'customer' | 'field'>

/**
 * Whether a line is the first of its record's in the interval: the one under which the record is told. A version that comes before it
 * counts only once its own line is there to be come upon.
 */
async function isFirst(
  { lines, records }: { lines: ChangeLogStore; records: RecordStore },
  row: CurrentRecord,
  line: ChangeLogEntry,
  from: string,
  to: string,
  knownAt: string,
): Promise<boolean> {
  const read = records.versions('customer', row.id, false)
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
  for (let looked = 0; looked < MAX_EXAMINED; ) {
    const page = await ports.lines.validBetween(from, to, line, looked === 0 ? Math.min(PAGE_SIZE, limit) : PAGE_SIZE)
    const differences = await Promise.all(page.lines.map(entry => diffOf(ports, entry.line, from, to, knownAt)))
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

async function diffOf(
  ports: { lines: ChangeLogStore; records: RecordStore },
  line: ChangeLogEntry,
  from: string,
  to: string,
  knownAt: string,
) {
  const within = line.valid_from > from && line.valid_from <= to && line.recorded_at <= knownAt
  if (line.kind !== 'customer' || !within) return []
  const { records } = ports
  const row =
    (await records.current('customer', line.id, false)) ?? (await foldFromStore(records, 'customer', line.id)).row
  if (row === null || !(await isFirst(ports, row, line, from, to, knownAt))) return []
  return reading(records, row, false, (row, read) => difference(row, read, from, to, knownAt))
}
