import type { CurrentRecord } from './current.ts'
import { apply } from './fold.ts'
import { asOf, asOfKnownAt, isFoldedIn, type VersionReader } from './read.ts'
import { maxKeyAt, type State, type Value, type Version } from './version.ts'

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
 * The record as of `from` against as of `to`, as known at `known` (absent: now). Reads what came between, once. Each difference
 * names the change that last gave the field another value.
 */
export async function difference(
  row: CurrentRecord,
  read: VersionReader,
  from: string,
  to: string,
  knownAt?: string,
): Promise<FieldDifference[]> {
  const moment = knownAt === undefined ? await asOf(row, read, from) : await asOfKnownAt(row, read, from, knownAt)
  const base: State = moment?.state ?? {}
  const between = await read({ above: maxKeyAt(from), below: maxKeyAt(to) })
  const counted = between.filter(v => isFoldedIn(row, v) && (knownAt === undefined || v.recorded_at <= knownAt))
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
