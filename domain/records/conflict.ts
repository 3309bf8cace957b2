import * as z from 'zod'
import { covers } from './clock.ts'
import { parseKey, toKey, type Value, type Version } from './version.ts'

/** Whether neither writer knew of the other's version. */
export const concurrent = (a: Version, b: Version): boolean => !covers(a.clock, b) && !covers(b.clock, a)

const valueIn = (v: Version, field: string): Value | null => v.snapshot[field] ?? null

/** Whether a version takes the record off the list, or puts it there. */
export const ends = (v: Version): boolean => v.action !== 'create' && v.action !== 'update' && v.sets.includes('state')

/** The fields that both set, to different values; `state` where one takes the record off the list while the other changes it. */
export function conflictingFields(a: Version, b: Version): string[] {
  const fields = a.sets === '*' ? (b.sets === '*' ? Object.keys({ ...a.snapshot, ...b.snapshot }) : b.sets) : a.sets
  const both = fields.filter(field => b.sets === '*' || b.sets.includes(field))
  const different = both.filter(field => valueIn(a, field) !== valueIn(b, field))
  return ends(a) !== ends(b) && !different.includes('state') ? [...different, 'state'] : different
}

export const inConflict = (a: Version, b: Version): boolean => concurrent(a, b) && conflictingFields(a, b).length > 0

/**
 * Two versions that set one field to different values, where neither writer knew the other and no other version resolves it. The later in the
 * order holds. For a change against a version that takes the record off the list (or puts it back), the field is `state`.
 */
export const dispute = z.object({
  field: z.string(),
  /** Keys of the two versions. */
  kept: z.string(),
  lost: z.string(),
})
export type FieldConflict = z.infer<typeof dispute>

const sets = (v: Version, field: string): boolean => v.sets === '*' || v.sets.includes(field)

/**
 * Whether a version resolves a conflict: it sets the field again, and its writer knew one side. Among changes against a version that takes the
 * record off the list, only the last is in conflict: it resolves the conflicts of those that it knew.
 */
export function resolves(v: Version, { field, kept, lost }: FieldConflict): boolean {
  const key = toKey(v)
  if (key === kept || key === lost) return false
  const [knowsKept, knowsLost] = [covers(v.clock, parseKey(kept)), covers(v.clock, parseKey(lost))]
  if (sets(v, field)) return knowsKept || knowsLost
  return field === 'state' && knowsLost && !knowsKept
}

/** The version that holds, then the other. A version that takes the record off the list always holds. */
function sides(a: Version, b: Version, field: string): Pick<FieldConflict, 'kept' | 'lost'> {
  const [first, second] = toKey(a) < toKey(b) ? [a, b] : [b, a]
  const holds = field === 'state' && ends(first) && !ends(second) ? first : second
  return { kept: toKey(holds), lost: toKey(holds === first ? second : first) }
}

const toText = ({ field, kept, lost }: FieldConflict): string => [field, kept, lost].join('\n')

const byText = (a: FieldConflict, b: FieldConflict): number => (toText(a) < toText(b) ? -1 : 1)

/**
 * The conflicts of a record after a version, in the same order at every location.
 * @param unknown the earlier versions that its writer did not know.
 */
export function disputesAfter(
  open: readonly FieldConflict[],
  v: Version,
  unknown: readonly Version[],
): FieldConflict[] {
  const begun = unknown
    .filter(other => concurrent(v, other))
    .flatMap(other => conflictingFields(v, other).map(field => ({ field, ...sides(v, other, field) })))
    .filter(conflict => !unknown.some(other => resolves(other, conflict)))
  const still = open.filter(conflict => !resolves(v, conflict))
  return [...new Map([...still, ...begun].map(conflict => [toText(conflict), conflict])).values()].sort(byText)
}

/** The open conflicts among all versions of a record. */
export function disputesAmong(versions: readonly Version[]): FieldConflict[] {
  const earlier: Version[] = []
  let open: FieldConflict[] = []
  for (const v of versions.toSorted((a, b) => (a.recorded_at + a.location < b.recorded_at + b.location ? -1 : 1))) {
    const unknown = earlier.filter(other => !covers(v.clock, other))
    open = disputesAfter(open, v, unknown)
    earlier.push(v)
  }
  return open
}
