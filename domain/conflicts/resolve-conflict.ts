import type * as z from 'zod'
import type { Conflict, Settled, settleBody } from '#contract/schemas/conflict.ts'
import { validateState } from '../customers/customer-fields.ts'
import { versionName } from '../customers/view.ts'
import { split } from '../duplicates/split.ts'
import { InvalidInput, NotFound, StateConflict } from '../errors.ts'
import type { RequestContext } from '../ports.ts'
import type { RecordStore } from '../records/port.ts'
import { type Change, prepareWrite } from '../records/prepare-write.ts'
import { updateRecord } from '../records/update-record.ts'
import { toKey, type Value, type Version } from '../records/version.ts'
import { findDispute, redact, toConflict } from './list.ts'

type Settling = z.infer<typeof settleBody>

/** The action that sets a field to a value: for `state`, the action of that name. */
function actionFor({ field }: Conflict, value: Value | null): Change['action'] {
  if (field === 'merged_into') return 'merge'
  if (field !== 'state') return 'update'
  return value === 'deleted' ? 'delete' : value === 'merged' ? 'merge' : 'restore'
}

/**
 * Resolves a conflict by a new version, which restates either the winning or the losing value. Its writer knows both sides, so that all
 * locations remove the conflict.
 *
 * @throws NotFound if there is no such conflict (any more), StateConflict, InvalidInput, Unavailable
 */
export async function resolveConflict(
  records: RecordStore,
  context: RequestContext,
  id: string,
  { decision, note = null }: Settling,
): Promise<Settled> {
  const location = findDispute(id)
  const row = location && (await records.current(location.record.kind, location.record.id, true))
  const dispute = row && location.of(row)
  const conflict = dispute && (await toConflict(records, row, dispute))
  if (!conflict) throw new NotFound('Conflict not found: it may be resolved already')
  const { value } = decision === 'confirm' ? conflict.kept : conflict.lost
  const { kind, id: record } = row
  const { field } = dispute
  if (decision === 'reverse' && field === 'state' && conflict.kept.value === 'merged') {
    await split(records, context, record)
    const now = await records.current(kind, record, true)
    return redact({ ...conflict, decision, version: versionName(now?.head ?? '') })
  }
  if (decision === 'reverse' && field === 'state' && value === 'merged')
    throw new StateConflict('Decide again that the two are the same: POST /v1/duplicates')
  const version = await restate(records, context, kind, record, {
    action: actionFor(conflict, value),
    fields: { [field]: value },
    set: 'stated',
    note,
  })
  return redact({ ...conflict, decision, version: versionName(toKey(version)) })
}

/** Sets a field of a record, whether that changes its value or not. */
async function restate(
  records: RecordStore,
  context: RequestContext,
  kind: Version['kind'],
  id: string,
  change: Change,
): Promise<Version> {
  let version: Version | null = null
  await updateRecord(records, context, kind, id, async row => {
    if (row === null) throw new NotFound('Record not found')
    const write = await prepareWrite(row, row, change, context, records.versions(kind, id, true))
    const faults = kind === 'customer' ? (write?.states.map(validateState).find(errors => errors.length > 0) ?? []) : []
    if (faults.length > 0) throw new InvalidInput(faults)
    version = write?.version ?? null
    return write
  })
  if (version === null) throw new StateConflict('Nothing to change')
  return version
}
