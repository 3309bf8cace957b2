import type { RequestContext } from '../ports.ts'
import { applyTombstone, deletePurgedVersions } from '../records/apply-tombstone.ts'
import { dominates } from '../records/clock.ts'
import { type CurrentRecord, foldAll } from '../records/current.ts'
import type { RecordStore } from '../records/port.ts'
import { prepareWrite } from '../records/prepare-write.ts'
import { inEffect, type RecordPartition } from '../records/tombstone.ts'
import { updateRecord } from '../records/update-record.ts'
import type { Kind } from '../records/version.ts'

/**
 * Phase 1 of a purge: a version that removes the customer from the list. It holds only if it knows every other version, so that a
 * concurrent change at another location wins, and any later change takes the customer back. Repeating it changes nothing.
 *
 * @param isDue checks the row as it is then.
 * @returns whether this call expired the customer.
 * @throws Gone, Unavailable
 */
export async function expire(
  records: RecordStore,
  context: RequestContext,
  id: string,
  isDue: (row: CurrentRecord) => boolean = () => true,
): Promise<boolean> {
  let expires = false
  await updateRecord(records, context, 'customer', id, async row => {
    expires = row !== null && row.stateBeforeExpiry === null && isDue(row)
    if (row === null || !expires) return null
    return prepareWrite(row, row, { action: 'expire', fields: {} }, context, records.versions('customer', id, true))
  })
  return expires
}

/**
 * Phase 2, once every location has acknowledged phase 1: marks the current versions as purged. The marker takes effect with the first
 * deletion in phase 3 (`sweep`); until then, a change still takes the customer back.
 *
 * @returns false if the customer has not expired, or no longer.
 */
export async function markPurged(records: RecordStore, id: string): Promise<boolean> {
  const { versions, tombstone } = await records.loadPartition('customer', id)
  const row = foldAll(versions, tombstone)
  if (row === null || row.stateBeforeExpiry === null) return false
  await records.putTombstone('customer', id, { purged: row.clock, erased: false, purgedBefore: row.purgedClock })
  return true
}

/**
 * Phase 3, once every location has the marker: deletes the versions that it covers. If a change has taken the customer back, the marker is
 * withdrawn instead, unless deletion has begun.
 *
 * @param read the customer's partition, if it was just read.
 * @returns how many versions were deleted, and how many are left.
 */
export async function sweep(
  records: RecordStore,
  context: Pick<RequestContext, 'pause'>,
  id: string,
  read?: RecordPartition,
): Promise<{ removed: number; left: number }> {
  const partition = read ?? (await records.loadPartition('customer', id))
  if (isWaiting(partition) && foldAll(partition.versions, partition.tombstone)?.stateBeforeExpiry === null) {
    await records.withdrawPurge('customer', id, partition.tombstone)
    return { removed: 0, left: partition.versions.length }
  }
  const result = await deletePurgedVersions(records, 'customer', id, partition)
  await applyTombstone(records, context, 'customer', id)
  return result
}

/** Whether a purge marker waits for the first deletion. */
const isWaiting = ({ versions, tombstone }: RecordPartition): boolean =>
  tombstone.purgedBefore !== undefined && !dominates(inEffect(tombstone, versions).purged, tombstone.purged)

/** Erases a record: deletes everything now, and whatever arrives later. Idempotent. */
export async function eraseRecord(
  records: RecordStore,
  context: Pick<RequestContext, 'pause'>,
  id: string,
  kind: Kind = 'customer',
): Promise<void> {
  const tombstoned = await records.findTombstoned(kind, [id], ['erased'])
  if (tombstoned.length === 0) await records.putTombstone(kind, id, { purged: {}, erased: true })
  await applyTombstone(records, context, kind, id)
}
