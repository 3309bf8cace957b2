import { isDeepStrictEqual } from 'node:util'
import { toCurrent } from '#adapters/dynamodb/items.ts'
import { canonicalJson } from '#domain/canonical-json.ts'
import type { Version } from '#domain/records/version.ts'
import type { Change } from './engine/table.ts'
import { covered, foldable, nameOf, referenceRow } from './reference-model.ts'

/** Whether an item is a current row. */
export const isCurrentRow = ({ pk }: Pick<Change, 'pk'>): boolean =>
  pk.startsWith('customers#') || pk === 'decisions' || pk === 'fields'

const names = (versions: readonly Version[]): string => versions.map(nameOf).join(', ')

/**
 * Returns what is wrong with a current row that was written, or null.
 * @param versions all versions of the record at any location; `stored`: those at the row's location.
 * @param mayBeStale whether the values may be those from before an erasure redacted the versions.
 */
export function findRowError(
  change: Pick<Change, 'before' | 'after'>,
  versions: readonly Version[],
  stored: readonly Version[],
  mayBeStale = false,
): string | null {
  const row = toCurrent(change.after)
  // Purged versions count as known but no longer contribute.
  const notPurged = versions.filter(v => covered([v], row.purgedClock).length === 0)
  const folded = covered(notPurged, row.clock)
  // An erasure may have replaced a version by a redacted one.
  const storedNames = new Set(stored.map(nameOf))
  const absent = folded.filter(v => !storedNames.has(nameOf(v)))
  if (absent.length > 0) return `it covers versions that are not here: ${names(absent)}`
  const causallyClosed = new Set(foldable(folded, notPurged))
  const premature = folded.filter(v => !causallyClosed.has(v))
  if (premature.length > 0) return `it folds versions before their causes: ${names(premature)}`
  const before = change.before && toCurrent(change.before)
  const lost = covered(notPurged, before?.clock ?? {}).filter(v => !folded.includes(v))
  if (lost.length > 0) return `it drops versions that were folded before: ${names(lost)}`
  if (mayBeStale) return null
  const { head, snapshot, divergedRange, created_at, updated_at, stateBeforeExpiry } = row
  const clock = Object.fromEntries(Object.entries(row.clock).filter(([name]) => folded.some(v => v.location === name)))
  const digests = Object.fromEntries(Object.values(row.sourceDigests).map(({ version, digest }) => [version, digest]))
  const [actual, expected] = [
    { clock, head, snapshot, forked: divergedRange, created_at, updated_at, said: digests, expired: stateBeforeExpiry },
    referenceRow(folded),
  ]
  if (!isDeepStrictEqual(actual, expected))
    return `it does not match its versions:\n  actual   ${canonicalJson(actual)}\n  expected ${canonicalJson(expected)}`
  return null
}
