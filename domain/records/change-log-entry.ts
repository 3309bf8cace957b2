import { longDigest } from './digest.ts'
import { toStoredVersion } from './stored-names.ts'
import type { Version } from './version.ts'

/** What identifies a version. */
export type VersionName = Pick<Version, 'kind' | 'id' | 'valid_from' | 'recorded_at' | 'location'>

/** Records that a version was made. Stored under the version's valid day and under its recording day; immutable. */
export interface ChangeLogEntry extends VersionName {
  action: Version['action']
  actor: string
  /** A digest of the version, including its salt. */
  digest: string
}

/** A position among the entries of a range of days. */
export interface ChangeLogPosition {
  day: string
  shard: number
  part: 'recorded' | 'valid'
  after: string | null
}

/** The entry of a version. */
export const toChangeLogEntry = (v: Version): ChangeLogEntry => ({
  ...{ kind: v.kind, id: v.id, valid_from: v.valid_from, recorded_at: v.recorded_at, location: v.location },
  ...{ action: v.action, actor: v.actor, digest: v.redaction?.digest ?? longDigest(toStoredVersion(v)) },
})

/** What is kept of a deleted version. */
export type RedactedVersion = Omit<ChangeLogEntry, 'valid_from'>

/** The entry of a deleted version; its valid_from was deleted with it. */
export const toRedactedEntry = (residue: RedactedVersion): ChangeLogEntry => ({
  ...residue,
  valid_from: residue.recorded_at,
})

export const toDay = (instant: string): string => instant.slice(0, 10)

/** The day partitions of an entry: that of its recording and, if it is valid from another day, that of this day last. */
export function dayPartitions({
  valid_from,
  recorded_at,
}: VersionName): { part: ChangeLogPosition['part']; day: string }[] {
  const [valid, recorded] = [toDay(valid_from), toDay(recorded_at)]
  const under = [{ part: 'recorded' as const, day: recorded }]
  return valid === recorded ? under : [...under, { part: 'valid' as const, day: valid }]
}

/** An entry's sort key. Customer ids are unique; a name may belong to several kinds of record. */
export const lineKey = ({ kind, recorded_at, location, id }: Omit<VersionName, 'valid_from'>) =>
  `${recorded_at}#${location}#${kind === 'customer' ? id : `${kind}:${id}`}`

/** A line's place in the order in which the lines of its record are come upon by the days they hold from. */
export function rank(line: VersionName): string {
  const { part } = dayPartitions(line).at(-1) ?? { part: 'recorded' }
  return `${toDay(line.valid_from)}#${part}#${lineKey(line)}`
}
