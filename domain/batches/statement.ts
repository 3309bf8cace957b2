import type { BatchAction, BatchOutcome, BatchRow } from '#contract/schemas/batch.ts'
import type { FieldError } from '#contract/schemas/problem.ts'
import { flattenFields, validateState } from '../customers/customer-fields.ts'
import { toIdempotency } from '../customers/idempotency.ts'
import type { RequestContext } from '../ports.ts'
import { digest, uuidV5 } from '../records/digest.ts'
import type { FieldValues, Write } from '../records/prepare-write.ts'
import type { Version } from '../records/version.ts'

/** Ids of customers that a source named. */
const SOURCED = 'd0c5e3f6-9b1c-4c0f-8f0e-3f6f5b7f2a90'

/** A row of a batch as what its source says of one customer. */
export interface SourceRow {
  row: number
  id: string
  source: string
  action: BatchAction
  /** Since when it holds; null: as of now. */
  valid_from: string | null
  said: FieldValues
  digest: string
  /** Of the batch's key and the row: by it a batch that broke off knows its own rows again. */
  idempotency: string | undefined
  /** Of the batch's first row about a customer that holds as of now: the digest of its last one. Where the source said that last, they all came before. */
  ends: string | undefined
  /** What it lacks to begin a customer. */
  missing: readonly FieldError[]
}

/** What becomes of a customer by a statement; `settled`: and by all further ones of its batch. */
export type Decision =
  | { outcome: 'refused'; faults: readonly FieldError[] }
  | { outcome: BatchOutcome; write: Write | null; settled?: boolean }

export function toStatement(
  call: RequestContext,
  source: string,
  row: number,
  { id: key, action = 'upsert', valid_from, ...statement }: BatchRow,
  batchKey: string | undefined,
  missing: readonly FieldError[],
): SourceRow {
  const said = flattenFields(statement)
  const plain = action === 'upsert' && valid_from === undefined
  return {
    row,
    id: uuidV5(SOURCED, source, key),
    source,
    action,
    valid_from: valid_from ?? null,
    said,
    digest: digest(plain ? said : [said, action, valid_from ?? null]),
    idempotency: toIdempotency(call.actor, batchKey && `${batchKey}#${row}`),
    ends: undefined,
    missing,
  }
}

/** What becomes of a customer by a statement that is taken. */
export const toOutcome = (action: BatchAction, isNew: boolean): BatchOutcome =>
  action === 'upsert' ? (isNew ? 'created' : 'updated') : action === 'delete' ? 'deleted' : 'restored'

/** Of a customer who was erased nothing is taken in any more. */
export const GONE: Decision = {
  outcome: 'refused',
  faults: [{ pointer: '#', detail: 'refers to a customer who was erased' }],
}

const refusal = (detail: string): Decision => ({ outcome: 'refused', faults: [{ pointer: '#', detail }] })

export const EXPIRED = refusal('is about a customer whose retention has ended: it is being removed')
export const DELETED = refusal('is about a customer who is deleted: restore it first')
export const NOBODY = refusal('is about somebody who is not on the list')
export const MERGED = refusal('is about a customer who was merged into another: split it off first')

export const toAction = (action: BatchAction, isNew: boolean): Version['action'] =>
  action === 'upsert' ? (isNew ? 'create' : 'update') : action

/** The state that an action leaves a customer in, as far as it says so. */
export const stateAfter = (action: BatchAction): FieldValues =>
  action === 'upsert' ? {} : { state: action === 'delete' ? 'deleted' : 'active' }

/** What becomes of a customer by a write, if every state that it leaves may be. */
export function decided({ action }: SourceRow, isNew: boolean, write: Write | null): Decision {
  if (write === null) return { outcome: 'unchanged', write }
  const faults = write.states.map(validateState).find(found => found.length > 0)
  return faults ? { outcome: 'refused', faults } : { outcome: toOutcome(action, isNew), write }
}
