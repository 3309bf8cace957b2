import { causesIn, covers, heard } from './clock.ts'
import { type Clock, inOrder, keyOf, type State, type Version } from './version.ts'

/** A state in which some fields are as another state has them; those that it has not are cleared. */
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

/** The state before a version, from the version alone: right where its snapshot is right. */
export const before = (v: Version): State => (v.sets === '*' ? v.was : withFields(v.snapshot, v.sets, v.was))

/** The state that a set of versions makes: the changes of all, in the one order, whatever order they come in. */
export const fold = (versions: readonly Version[], from: State = {}): State =>
  versions.toSorted(inOrder).reduce(apply, from)

/** The versions whose causes are all among them or in `clock`, and those that wait. Folding one may free others, so by recording time. */
export function admit(
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
      else if (causesIn(reached, v)) {
        reached[v.location] = v.recorded_at
        ready.push(v)
      } else still.push(v)
    }
    freed = still.length < waiting.length
    waiting = still
  }
  return { ready, waiting, clock: reached }
}

/** The span of versions, in the order, whose snapshots lack an older one that their writer did not know. */
export interface Span {
  from: string
  to: string
}

/** The span from the first to the last of keys that are in order; null where there are none. */
export function spanOf(keys: readonly string[]): Span | null {
  const [from] = keys
  const to = keys.at(-1)
  return from !== undefined && to !== undefined ? { from, to } : null
}

/** Finds the forked span: a version is wrong if, among those before it, one is later than its clock says for that location. */
export function forkedSpan(versions: readonly Version[]): Span | null {
  const seen: Clock = {}
  const wrong: string[] = []
  for (const v of versions.toSorted(inOrder)) {
    if (Object.entries(seen).some(([location, at]) => at > heard(v.clock, location))) wrong.push(keyOf(v))
    if (v.recorded_at > heard(seen, v.location)) seen[v.location] = v.recorded_at
  }
  return spanOf(wrong)
}

export const within = (span: Span | null, key: string): boolean => span !== null && span.from <= key && key <= span.to
