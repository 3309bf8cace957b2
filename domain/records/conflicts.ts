import { inConflict } from './concurrent.ts'
import type { CurrentRecord } from './current.ts'
import { isFoldedIn, type VersionReader } from './read.ts'
import { toKey, type Version } from './version.ts'

/** Which of a page's versions are in conflict with another of the record. Where one location alone has written, none can be. */
export async function conflictsAmong(
  row: CurrentRecord,
  read: VersionReader,
  page: readonly Version[],
): Promise<Set<string>> {
  if (row.divergedRange === null || Object.keys(row.clock).length < 2) return new Set()
  // The later of two concurrent versions stands in the forked span; the other may stand anywhere before it.
  const all = (await read({ below: `${row.divergedRange.to}~` })).filter(v => isFoldedIn(row, v))
  return new Set(page.filter(v => all.some(other => inConflict(v, other))).map(toKey))
}
