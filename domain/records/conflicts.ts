import { covers } from './clock.ts'
import type { Current } from './current.ts'
import type { VersionReader } from './read.ts'
import { keyOf, type Value, type Version } from './version.ts'

/** Whether neither writer knew of the other's version. */
export const concurrent = (a: Version, b: Version): boolean => !covers(a.clock, b) && !covers(b.clock, a)

const valueIn = (v: Version, field: string): Value | null => v.snapshot[field] ?? null

/** Whether a version takes the record off the list, or puts it there. */
export const ends = (v: Version): boolean => v.action !== 'create' && v.action !== 'update' && v.sets.includes('state')

/** The fields that both set, to different values; `state` where one takes the record off the list while the other changes it. */
export function disputed(a: Version, b: Version): string[] {
  const fields = a.sets === '*' ? (b.sets === '*' ? Object.keys({ ...a.snapshot, ...b.snapshot }) : b.sets) : a.sets
  const both = fields.filter(field => b.sets === '*' || b.sets.includes(field))
  const different = both.filter(field => valueIn(a, field) !== valueIn(b, field))
  return ends(a) !== ends(b) && !different.includes('state') ? [...different, 'state'] : different
}

export const inConflict = (a: Version, b: Version): boolean => concurrent(a, b) && disputed(a, b).length > 0

/** Which of a page's versions are in conflict with another of the record. Where one location alone has written, none can be. */
export async function conflictsAmong(
  row: Current,
  read: VersionReader,
  page: readonly Version[],
): Promise<Set<string>> {
  if (row.forked === null || Object.keys(row.clock).length < 2) return new Set()
  // The later of two concurrent versions stands in the forked span; the other may stand anywhere before it.
  const all = (await read({ below: `${row.forked.to}~` })).filter(v => covers(row.clock, v))
  return new Set(page.filter(v => all.some(other => inConflict(v, other))).map(keyOf))
}
