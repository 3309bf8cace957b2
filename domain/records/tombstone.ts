import * as z from 'zod'
import { covers, dominates, join } from './clock.ts'
import { splitByReadiness } from './fold.ts'
import { clock, type Version } from './version.ts'

/**
 * What is kept of a record whose versions were deleted, with nothing personal in it: the clock of purged versions, which count as present,
 * or the fact that it was erased, which wins over everything that arrives later.
 */
export const tombstone = z.object({
  purged: clock,
  erased: z.boolean(),
  /**
   * The clock of the lives before the one that is being purged. With it, the tombstone takes effect with the first deletion of a version;
   * without it, at once.
   */
  purgedBefore: clock.optional(),
})
export type Tombstone = z.infer<typeof tombstone>

/** What a tombstone records: purged versions, or the record's erasure. */
export type TombstoneKind = 'purged' | 'erased'

export const NO_TOMBSTONE: Tombstone = { purged: {}, erased: false }

/** A record's partition: its versions and its tombstone. */
export interface RecordPartition {
  versions: Version[]
  tombstone: Tombstone
}

/** Whether a tombstone covers a version. The version may still be stored or arrive late; it no longer counts. */
export const isCovered = ({ purged, erased }: Tombstone, v: Version): boolean => erased || covers(purged, v)

/** Merges two tombstones of one record. What the later one says of earlier lives holds. */
export function mergeTombstones(a: Tombstone, b: Tombstone): Tombstone {
  const purgedBefore = b.purgedBefore ?? a.purgedBefore
  return {
    purged: join(a.purged, b.purged),
    erased: a.erased || b.erased,
    ...(purgedBefore === undefined ? {} : { purgedBefore }),
  }
}

/**
 * The part of a tombstone that is in effect. As long as all versions that a purge marker covers are stored, it covers only the lives before
 * them: the record has expired, and a change takes it back. The first deletion puts the whole marker into effect. This depends on nothing
 * but the stored items, so that every location agrees.
 */
export function inEffect({ purged, erased, purgedBefore }: Tombstone, versions: readonly Version[]): Tombstone {
  if (erased || purgedBefore === undefined) return { purged, erased }
  const own = versions.filter(v => !covers(purgedBefore, v))
  const { clock: reached } = splitByReadiness(own, purgedBefore)
  return { purged: dominates(reached, purged) ? purgedBefore : purged, erased }
}
