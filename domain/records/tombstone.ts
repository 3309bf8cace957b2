import * as z from 'zod'
import { covers, join } from './clock.ts'
import { clock, type Version } from './version.ts'

/**
 * What stays of a record whose versions were removed, with nothing personal in it: the clock of those that a purge took, which counts as
 * there; or that it was erased, which wins over everything that comes later.
 */
export const grave = z.object({ purged: clock, erased: z.boolean() })
export type Tombstone = z.infer<typeof grave>

/** What a grave tells of: versions that were purged, or the record's erasure. */
export type TombstoneKind = 'purged' | 'erased'

export const NO_TOMBSTONE: Tombstone = { purged: {}, erased: false }

/** A record as its partition has it. */
export interface Whole {
  versions: Version[]
  grave: Tombstone
}

/** Whether a version lies under a grave: it may be there still, or come late, and counts no longer. */
export const isCovered = ({ purged, erased }: Tombstone, v: Version): boolean => erased || covers(purged, v)

/** Two graves of one record as one. */
export const mergeTombstones = (a: Tombstone, b: Tombstone): Tombstone => ({
  purged: join(a.purged, b.purged),
  erased: a.erased || b.erased,
})
