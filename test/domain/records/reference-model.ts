/** The rules of records once more, as simply as can be, for the laws to compare with. Nothing here is shared with the domain's own. */
import type { State, Version } from '#domain/records/version.ts'

const place = (v: Version): string[] => [v.valid_from, v.recorded_at, v.location]

function byPlace(a: Version, b: Version): number {
  const [x, y] = [place(a), place(b)]
  for (const n of [0, 1, 2]) if (x[n] !== y[n]) return (x[n] ?? '') < (y[n] ?? '') ? -1 : 1
  return 0
}

export const nameOf = (v: Version): string => place(v).join('#')

/** The distinct versions in their order. */
export const ordered = (versions: readonly Version[]): Version[] =>
  [...new Map(versions.map(v => [nameOf(v), v])).values()].sort(byPlace)

/** What all of them, one after the other, make of nothing. */
export function referenceFold(versions: readonly Version[]): State {
  let state: State = {}
  for (const v of ordered(versions)) {
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

export interface NaiveMoment {
  key: string
  state: State
  valid_to: string | null
}

/** What held at an instant, of what was known at another. */
export function referenceMoment(versions: readonly Version[], instant: string, known = '~'): NaiveMoment | null {
  const of = ordered(versions.filter(v => v.recorded_at <= known))
  const held = of.filter(v => v.valid_from <= instant)
  const last = held.at(-1)
  return last ? { key: nameOf(last), state: referenceFold(held), valid_to: of[held.length]?.valid_from ?? null } : null
}

export interface NaiveDifference {
  field: string
  before: unknown
  after: unknown
  at: string
  actor: string
}

/** The fields that differ between two instants, each with the last version between them that gave it another value. */
export function naiveDifference(
  versions: readonly Version[],
  from: string,
  to: string,
  known = '~',
): NaiveDifference[] {
  const of = ordered(versions.filter(v => v.recorded_at <= known))
  const stateAt = (t: string) => referenceFold(of.filter(v => v.valid_from <= t))
  const [before, after] = [stateAt(from), stateAt(to)]
  const differ = (a: State, b: State, field: string) => (a[field] ?? null) !== (b[field] ?? null)
  const fields = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort()
  return fields
    .filter(field => differ(before, after, field))
    .map(field => {
      const by = of.findLast(
        (v, n) =>
          v.valid_from > from &&
          v.valid_from <= to &&
          differ(referenceFold(of.slice(0, n)), referenceFold(of.slice(0, n + 1)), field),
      )
      const [value, now] = [before[field] ?? null, after[field] ?? null]
      return { field, before: value, after: now, at: by?.valid_from ?? '', actor: by?.actor ?? '' }
    })
}
