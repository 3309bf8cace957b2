/** A minimal second implementation of the rules of records, which the property tests compare with. It shares no code with the domain. */
import type { State, Version } from '#domain/records/version.ts'

const toSortKey = (v: Version): string[] => [v.valid_from, v.recorded_at, v.location]

function compareVersions(a: Version, b: Version): number {
  const [x, y] = [toSortKey(a), toSortKey(b)]
  for (const n of [0, 1, 2]) if (x[n] !== y[n]) return (x[n] ?? '') < (y[n] ?? '') ? -1 : 1
  return 0
}

export const toVersionKey = (v: Version): string => toSortKey(v).join('#')

/** Returns the distinct versions in their order. */
export const sortVersions = (versions: readonly Version[]): Version[] =>
  [...new Map(versions.map(v => [toVersionKey(v), v])).values()].sort(compareVersions)

/** Applies the versions in their order to an empty state. */
export function referenceFold(versions: readonly Version[]): State {
  let state: State = {}
  for (const v of sortVersions(versions)) {
    const fields = v.sets === '*' ? [...Object.keys(state), ...Object.keys(v.snapshot)] : v.sets
    const next = new Map(Object.entries(state))
    for (const field of fields) {
      const value = v.snapshot[field]
      if (value === undefined) next.delete(field)
      else next.set(field, value)
    }
    state = Object.fromEntries(next)
  }
  return state
}

export interface ReferenceState {
  key: string
  state: State
  valid_to: string | null
}

/** Returns the state at an instant, from the versions recorded until another. */
export function referenceStateAt(versions: readonly Version[], instant: string, knownAt = '~'): ReferenceState | null {
  const versionsKnown = sortVersions(versions.filter(v => v.recorded_at <= knownAt))
  const effective = versionsKnown.filter(v => v.valid_from <= instant)
  const last = effective.at(-1)
  return last
    ? {
        key: toVersionKey(last),
        state: referenceFold(effective),
        valid_to: versionsKnown[effective.length]?.valid_from ?? null,
      }
    : null
}

export interface ReferenceDifference {
  field: string
  before: unknown
  after: unknown
  at: string
  actor: string
}

/** Returns the fields that differ between two instants, each with the last version between them that changed its value. */
export function referenceDifference(
  versions: readonly Version[],
  from: string,
  to: string,
  knownAt = '~',
): ReferenceDifference[] {
  const versionsKnown = sortVersions(versions.filter(v => v.recorded_at <= knownAt))
  const stateAt = (t: string) => referenceFold(versionsKnown.filter(v => v.valid_from <= t))
  const [before, after] = [stateAt(from), stateAt(to)]
  const differ = (a: State, b: State, field: string) => (a[field] ?? null) !== (b[field] ?? null)
  const fields = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort()
  return fields
    .filter(field => differ(before, after, field))
    .map(field => {
      const cause = versionsKnown.findLast(
        (v, n) =>
          v.valid_from > from &&
          v.valid_from <= to &&
          differ(referenceFold(versionsKnown.slice(0, n)), referenceFold(versionsKnown.slice(0, n + 1)), field),
      )
      const [oldValue, newValue] = [before[field] ?? null, after[field] ?? null]
      return { field, before: oldValue, after: newValue, at: cause?.valid_from ?? '', actor: cause?.actor ?? '' }
    })
}
