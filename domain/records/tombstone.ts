import * as z from 'zod'
import { covers, join } from './clock.ts'
import { clock, type Version } from './version.ts'

/**
 * What is kept of a record whose versions were deleted, with nothing personal in it: the clock of purged versions, which count as present,
 * or the fact that it was erased, which wins over everything that arrives later.
 */
export const tombstone = z.object({ purged: clock, erased: z.boolean() })
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

/** Merges two tombstones of one record. */
export const mergeTombstones = (a: Tombstone, b: Tombstone): Tombstone => ({
  purged: join(a.purged, b.purged),
  erased: a.erased || b.erased,
})
