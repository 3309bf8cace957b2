import type { CurrentRecord } from './current.ts'
import { apply, before, within } from './fold.ts'
import { asOf, asOfKnownAt, isFoldedIn, StaleRead, type VersionReader } from './read.ts'
import { maxKeyAt, type State, toKey, type Value, type Version } from './version.ts'

/** What became of one field, and by which change. */
export interface FieldDifference {
  field: string
  before: Value | null
  after: Value | null
  at: string
  actor: string
}

/** The fields in which two states differ, by name. */
export function stateDifference(
  before: State,
  after: State,
): { field: string; before: Value | null; after: Value | null }[] {
  const fields = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort()
  return fields
    .map(field => ({ field, before: before[field] ?? null, after: after[field] ?? null }))
    .filter(difference => difference.before !== difference.after)
}

/**
 * The state before the first version of an interval: outside the diverged range, the version itself says it. Null if the versions before it
 * must be read.
 */
function stateFromNext(row: CurrentRecord, next: Version, from: string): State | null {
  if (within(row.divergedRange, toKey(next)) || Object.keys(row.purgedClock).length > 0) return null
  // A version between them is in the row but was not readable yet.
  if (next.predecessor !== undefined && next.predecessor > maxKeyAt(from)) throw new StaleRead()
  return next.predecessor === undefined ? {} : before(next)
}

/** The state as of `from`, as known at `knownAt` (absent: now). */
async function readState(
  row: CurrentRecord,
  read: VersionReader,
  from: string,
  knownAt: string | undefined,
): Promise<State> {
  const moment = knownAt === undefined ? await asOf(row, read, from) : await asOfKnownAt(row, read, from, knownAt)
  return moment?.state ?? {}
}

/**
 * The record as of `from` against as of `to`, as known at `known` (absent: now). Reads what came between, once. Each difference
 * names the change that last gave the field another value.
 *
 * @throws StaleRead
 */
export async function difference(
  row: CurrentRecord,
  read: VersionReader,
  from: string,
  to: string,
  knownAt?: string,
): Promise<FieldDifference[]> {
  const range = { above: maxKeyAt(from), below: maxKeyAt(to) }
  const between = await read(range)
  const isHeadWithin = row.head > range.above && row.head < range.below
  if (isHeadWithin && !between.some(v => toKey(v) === row.head)) throw new StaleRead()
  const counted = between.filter(v => isFoldedIn(row, v) && (knownAt === undefined || v.recorded_at <= knownAt))
  const [first] = counted
  if (first === undefined) return []
  const base = stateFromNext(row, first, from) ?? (await readState(row, read, from, knownAt))
  const by = new Map<string, Version>()
  let state = base
  for (const v of counted) {
    const after = apply(state, v)
    for (const { field } of stateDifference(state, after)) by.set(field, v)
    state = after
  }
  return stateDifference(base, state).flatMap(change => {
    const v = by.get(change.field)
    return v ? [{ ...change, at: v.valid_from, actor: v.actor }] : []
  })
}
