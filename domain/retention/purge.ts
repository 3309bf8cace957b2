import { StateConflict } from '../errors.ts'
import type { RequestContext } from '../ports.ts'
import { applyTombstone } from '../records/apply-tombstone.ts'
import type { CurrentRecord } from '../records/current.ts'
import type { RecordStore } from '../records/port.ts'
import { prepareWrite } from '../records/prepare-write.ts'
import { updateRecord } from '../records/update-record.ts'
import type { Kind } from '../records/version.ts'

/**
 * The first round of a purge: a version that takes the customer off the list and lets nobody write. It holds only if it knows every other
 * version, so that a change made meanwhile elsewhere wins. Again: nothing.
 *
 * @param isDue what is asked of the row as it is then.
 * @returns whether it expired by this.
 * @throws Gone, Unavailable
 */
export async function expire(
  records: RecordStore,
  call: RequestContext,
  id: string,
  isDue: (row: CurrentRecord) => boolean = () => true,
): Promise<boolean> {
  let expires = false
  await updateRecord(records, call, 'customer', id, async row => {
    expires = row !== null && row.expired === null && isDue(row)
    if (row === null || !expires) return null
    return prepareWrite(row, row, { action: 'expire', fields: {} }, call, records.versions('customer', id, true))
  })
  return expires
}

/**
 * The second round, once every location has acknowledged the first: the mark that what is there now counts as gone. The versions
 * themselves go in the third (`deletePurgedVersions`).
 *
 * @throws StateConflict where the expiry does not hold.
 */
export async function markPurged(records: RecordStore, call: Pick<RequestContext, 'pause'>, id: string): Promise<void> {
  const row = await records.current('customer', id, true)
  if (row === null || row.expired === null)
    throw new StateConflict('The retention period of this customer has not ended')
  await records.putTombstone('customer', id, { purged: row.clock, erased: false })
  await applyTombstone(records, call, 'customer', id)
}

/** A person's right: everything goes at once, and whatever comes later goes too. */
export async function eraseRecord(
  records: RecordStore,
  call: Pick<RequestContext, 'pause'>,
  id: string,
  kind: Kind = 'customer',
): Promise<void> {
  await records.putTombstone(kind, id, { purged: {}, erased: true })
  await applyTombstone(records, call, kind, id)
}
