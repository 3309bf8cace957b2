import type { BatchAction, BatchIds, BatchOutcome, BatchRow } from '#contract/schemas/batch.ts'
import type { FieldError } from '#contract/schemas/problem.ts'
import { flattenFields, missingFrom, validateState } from '../customers/customer-fields.ts'
import { toIdempotency } from '../customers/idempotency.ts'
import type { FieldSet } from '../fields/definitions.ts'
import type { RequestContext } from '../ports.ts'
import { digest, uuidV5 } from '../records/digest.ts'
import type { FieldValues, Write } from '../records/prepare-write.ts'
import type { Version } from '../records/version.ts'

/** The UUID namespace of customers with a source's own id. */
const SOURCED = 'd0c5e3f6-9b1c-4c0f-8f0e-3f6f5b7f2a90'

/** A row of a batch as its source's statement about one customer. */
export interface SourceRow {
  row: number
  id: string
  /** Whether the id is the source's or the registry's. A row with the registry's is compared with the customer, not with the source's last row. */
  ids: BatchIds
  source: string
  action: BatchAction
  /** Since when it is valid; null for now. */
  valid_from: string | null
  values: FieldValues
  digest: string
  /** Derived from the batch's key and the row, so that an interrupted batch recognises its own rows. */
  idempotency: string | undefined
  /**
   * On the batch's first current row of a customer: the digest of the last one. If the source stated that last, all of them were ingested
   * before.
   */
  ends: string | undefined
  /** What a new customer would lack. */
  missing: readonly FieldError[]
}

/** What a row changes. `settled`: the batch's further rows of this customer are ingested, too. */
export type Decision =
  | { outcome: 'refused'; faults: readonly FieldError[] }
  | { outcome: BatchOutcome; write: Write | null; settled?: boolean }

export function toStatement(
  context: RequestContext,
  source: string,
  ids: BatchIds,
  row: number,
  { id: key, action = 'upsert', valid_from, ...statement }: BatchRow,
  batchKey: string | undefined,
  fields: FieldSet,
): SourceRow {
  const values = flattenFields(statement, fields)
  const plain = action === 'upsert' && valid_from === undefined
  return {
    row,
    id: ids === 'registry' ? key.toLowerCase() : uuidV5(SOURCED, source, key),
    ids,
    source,
    action,
    valid_from: valid_from ?? null,
    values,
    digest: digest(plain ? values : [values, action, valid_from ?? null]),
    idempotency: toIdempotency(context.actor, batchKey && `${batchKey}#${row}`),
    ends: undefined,
    missing: missingFrom(statement, fields),
  }
}

/** The outcome of an ingested row. */
export const toOutcome = (action: BatchAction, isNew: boolean): BatchOutcome =>
  action === 'upsert' ? (isNew ? 'created' : 'updated') : action === 'delete' ? 'deleted' : 'restored'

/** Rows of erased customers are rejected. */
export const GONE: Decision = {
  outcome: 'refused',
  faults: [{ pointer: '#', detail: 'refers to a customer who was erased' }],
}

const refusal = (detail: string): Decision => ({ outcome: 'refused', faults: [{ pointer: '#', detail }] })

export const DELETED = refusal('is about a customer who is deleted: restore it first')
export const NOBODY = refusal('is about somebody who is not on the list')
export const MERGED = refusal('is about a customer who was merged into another: split it off first')

export const toAction = (action: BatchAction, isNew: boolean): Version['action'] =>
  action === 'upsert' ? (isNew ? 'create' : 'update') : action

/** The state that an action sets, if any. */
export const stateAfter = (action: BatchAction): FieldValues =>
  action === 'upsert' ? {} : { state: action === 'delete' ? 'deleted' : 'active' }

/** The decision to write, if every resulting state is valid. */
export function decided({ action }: SourceRow, isNew: boolean, write: Write | null): Decision {
  if (write === null) return { outcome: 'unchanged', write }
  const faults = write.states.map(validateState).find(errors => errors.length > 0)
  return faults ? { outcome: 'refused', faults } : { outcome: toOutcome(action, isNew), write }
}
