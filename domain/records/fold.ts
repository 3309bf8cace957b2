import { covers, isCausallyReady, lastSeen } from './clock.ts'
import { type Clock, compareVersions, type State, toKey, type Version } from './version.ts'

/** Copies some fields from another state; fields missing there are cleared. */
function withFields(state: State, fields: readonly string[], from: State): State {
  const result = { ...state }
  for (const field of fields) {
    const value = from[field]
    if (value === undefined) delete result[field]
    else result[field] = value
  }
  return result
}

/** The state after a version, from the state before it. */
export const apply = (before: State, v: Version): State =>
  v.sets === '*' ? v.snapshot : withFields(before, v.sets, v.snapshot)

/** The state before a version, from the version itself: correct outside the diverged range. */
export const before = (v: Version): State =>
  v.sets === '*' ? v.previousValues : withFields(v.snapshot, v.sets, v.previousValues)

/** The state of a set of versions: applies their changes in version order, whatever order they are passed in. */
export const fold = (versions: readonly Version[], from: State = {}): State =>
  versions.toSorted(compareVersions).reduce(apply, from)

/** Splits versions into those whose causes are all present or in `clock`, and pending ones. Goes by recording time, since one version may release others. */
export function splitByReadiness(
  versions: readonly Version[],
  clock: Clock = {},
): { ready: Version[]; waiting: Version[]; clock: Clock } {
  const reached = { ...clock }
  const ready: Version[] = []
  let waiting = versions.toSorted((a, b) => (a.recorded_at < b.recorded_at ? -1 : 1))
  for (let freed = true; freed; ) {
    const still: Version[] = []
    for (const v of waiting) {
      if (covers(reached, v)) ready.push(v)
      else if (isCausallyReady(reached, v)) {
        reached[v.location] = v.recorded_at
        ready.push(v)
      } else still.push(v)
    }
    freed = still.length < waiting.length
    waiting = still
  }
  return { ready, waiting, clock: reached }
}

/** The diverged range: the versions whose snapshots lack an older version that their writer did not know. */
export interface KeyRange {
  from: string
  to: string
}

/** The range from the first to the last of sorted keys; null if there are none. */
export function toKeyRange(keys: readonly string[]): KeyRange | null {
  const [from] = keys
  const to = keys.at(-1)
  return from !== undefined && to !== undefined ? { from, to } : null
}

/** Finds the diverged range: a version's snapshot is incomplete if an earlier version in the order is missing from its clock. */
export function divergedRange(versions: readonly Version[]): KeyRange | null {
  const seen: Clock = {}
  const divergedKeys: string[] = []
  for (const v of versions.toSorted(compareVersions)) {
    if (Object.entries(seen).some(([location, at]) => at > lastSeen(v.clock, location))) divergedKeys.push(toKey(v))
    if (v.recorded_at > lastSeen(seen, v.location)) seen[v.location] = v.recorded_at
  }
  return toKeyRange(divergedKeys)
}

export const within = (span: KeyRange | null, key: string): boolean =>
  span !== null && span.from <= key && key <= span.to
