import { covers } from './clock.ts'
import type { Value, Version } from './version.ts'

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
