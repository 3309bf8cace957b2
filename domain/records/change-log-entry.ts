import { longDigest } from './digest.ts'
import type { Version } from './version.ts'

/** What tells a version from all others. */
export type VersionName = Pick<Version, 'kind' | 'id' | 'valid_from' | 'recorded_at' | 'location'>

/** That a version was made: found under the day on which it holds from, and under the day of its recording. Never changed. */
export interface ChangeLogEntry extends VersionName {
  action: Version['action']
  actor: string
  /** A digest of the version, its salt among it. */
  digest: string
}

/** A place among the lines of a span of days. */
export interface ChangeLogPosition {
  day: string
  shard: number
  part: 'recorded' | 'valid'
  after: string | null
}

/** The line of a version. */
export const toChangeLogEntry = (v: Version): ChangeLogEntry => ({
  ...{ kind: v.kind, id: v.id, valid_from: v.valid_from, recorded_at: v.recorded_at, location: v.location },
  ...{ action: v.action, actor: v.actor, digest: longDigest(v) },
})

/** What stays of a version that was removed. */
export type RedactedVersion = Omit<ChangeLogEntry, 'valid_from'>

/** The line of a version that is gone: when it held from went with it. */
export const toRedactedEntry = (residue: RedactedVersion): ChangeLogEntry => ({
  ...residue,
  valid_from: residue.recorded_at,
})

export const toDay = (instant: string): string => instant.slice(0, 10)

/** Where a line stands: under the day of its recording, and under the day it holds from where that is another; the latter last. */
export function standsUnder({
  valid_from,
  recorded_at,
}: VersionName): { part: ChangeLogPosition['part']; day: string }[] {
  const [valid, recorded] = [toDay(valid_from), toDay(recorded_at)]
  const under = [{ part: 'recorded' as const, day: recorded }]
  return valid === recorded ? under : [...under, { part: 'valid' as const, day: valid }]
}

/** A line's key within its partitions. A customer's id is no other record's; a name may be that of several kinds of record. */
export const lineKey = ({ kind, recorded_at, location, id }: Omit<VersionName, 'valid_from'>) =>
  `${recorded_at}#${location}#${kind === 'customer' ? id : `${kind}:${id}`}`

/** A line's place in the order in which the lines of its record are come upon by the days they hold from. */
export function rank(line: VersionName): string {
  const { part } = standsUnder(line).at(-1) ?? { part: 'recorded' }
  return `${toDay(line.valid_from)}#${part}#${lineKey(line)}`
}
