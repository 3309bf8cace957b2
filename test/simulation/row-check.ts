import { isDeepStrictEqual } from 'node:util'
import { toCurrent } from '#adapters/dynamodb/items.ts'
import { canonicalJson } from '#domain/canonical-json.ts'
import type { Version } from '#domain/records/version.ts'
import type { Change } from './engine/table.ts'
import { covered, foldable, naiveRow, nameOf } from './reference-model.ts'

/** Where a location keeps current rows. */
export const isCurrentRow = ({ pk }: Pick<Change, 'pk'>): boolean =>
  pk.startsWith('customers#') || pk === 'decisions' || pk === 'fields'

const names = (versions: readonly Version[]): string => versions.map(nameOf).join(', ')

/**
 * What is wrong with a current row that was put, as one that readers see from now on; null where nothing is.
 * @param all every version that there is of the record, anywhere; `here`: those that the row's location has.
 */
export function wrongWith(change: Change, all: readonly Version[], here: readonly Version[]): string | null {
  const row = toCurrent(change.after)
  // What was purged of an earlier life counts as there, and is nothing any more.
  const there = all.filter(v => covered([v], row.purgedClock).length === 0)
  const folded = covered(there, row.clock)
  const absent = folded.filter(v => !here.includes(v))
  if (absent.length > 0) return `it covers versions that are not here: ${names(absent)}`
  const sound = new Set(foldable(folded, there))
  const loose = folded.filter(v => !sound.has(v))
  if (loose.length > 0) return `it folds before the causes are there: ${names(loose)}`
  const before = change.before && toCurrent(change.before)
  const lost = covered(there, before?.clock ?? {}).filter(v => !folded.includes(v))
  if (lost.length > 0) return `it undoes: ${names(lost)}`
  const { head, snapshot, divergedRange: forked, created_at, updated_at, stateBeforeExpiry: expired } = row
  const clock = Object.fromEntries(Object.entries(row.clock).filter(([name]) => folded.some(v => v.location === name)))
  const said = Object.fromEntries(Object.values(row.sourceDigests).map(({ version, digest }) => [version, digest]))
  const [is, wanted] = [{ clock, head, snapshot, forked, created_at, updated_at, said, expired }, naiveRow(folded)]
  if (!isDeepStrictEqual(is, wanted))
    return `it is not what its versions make:\n  is     ${canonicalJson(is)}\n  wanted ${canonicalJson(wanted)}`
  return null
}
