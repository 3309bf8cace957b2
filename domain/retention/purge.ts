import { StateConflict } from '../errors.ts'
import type { RequestContext } from '../ports.ts'
import { applyTombstone } from '../records/apply-tombstone.ts'
import type { CurrentRecord } from '../records/current.ts'
import type { RecordStore } from '../records/port.ts'
import { prepareWrite } from '../records/prepare-write.ts'
import { updateRecord } from '../records/update-record.ts'
import type { Kind } from '../records/version.ts'

/**
 * Phase 1 of a purge: a version that removes the customer from the list and forbids writes. It holds only if it knows every other version,
 * so that a concurrent change at another location wins. Repeating it changes nothing.
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
 * Phase 2, once every location has acknowledged phase 1: marks the current versions as purged. They are deleted in phase 3
 * (`deletePurgedVersions`).
 *
 * @throws StateConflict if the expiry does not hold.
 */
export async function markPurged(
  records: RecordStore,
  context: Pick<RequestContext, 'pause'>,
  id: string,
): Promise<void> {
  const row = await records.current('customer', id, true)
  if (row === null || row.stateBeforeExpiry === null)
    throw new StateConflict('The retention period of this customer has not ended')
  await records.putTombstone('customer', id, { purged: row.clock, erased: false })
  await applyTombstone(records, context, 'customer', id)
}

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
