import type * as z from 'zod'
import type { patchBody, putBody } from '#contract/schemas/customer.ts'
import type { FieldError } from '#contract/schemas/problem.ts'
import { InvalidInput, NotFound, StaleVersion, StateConflict } from '../errors.ts'
import type { FieldSet } from '../fields/definitions.ts'
import type { RequestContext } from '../ports.ts'
import { type CurrentRecord, rememberKey, revertExpiry } from '../records/current.ts'
import { digest, toEtag } from '../records/digest.ts'
import type { RecordStore } from '../records/port.ts'
import { type Change, prepareWrite } from '../records/prepare-write.ts'
import { type Decision, updateRecord } from '../records/update-record.ts'
import type { State } from '../records/version.ts'
import {
  DETAIL,
  EMPTY_FIELDS,
  flattenFields,
  isStated,
  validateFull,
  validatePatch,
  validateState,
} from './customer-fields.ts'
import { type CustomerResult, replayResult, toResult } from './customer-result.ts'
import { findReplay, toIdempotency } from './idempotency.ts'

/** The preconditions of a change: the state that its writer read, and its idempotency key. */
export interface Preconditions {
  ifMatch: string | undefined
  idempotencyKey: string | undefined
}

/** Builds the change for the row that it is applied to. */
type BuildChange = (row: CurrentRecord) => Pick<Change, 'action' | 'fields' | 'clears' | 'valid_from' | 'note'>

/** Whether an If-Match (RFC 9110, 13.1.1) holds for the state with this tag. */
const ifMatchSatisfied = (ifMatch: string | undefined, etag: string): boolean =>
  ifMatch === undefined || ifMatch.split(',').some(tag => tag.trim() === '*' || tag.trim() === etag)

/** @param statement the request, by which a retry with the same key is recognised. */
async function edit(
  store: RecordStore,
  context: RequestContext,
  id: string,
  { ifMatch, idempotencyKey }: Preconditions,
  statement: unknown,
  buildChange: BuildChange,
): Promise<CustomerResult> {
  const idempotency = toIdempotency(context.actor, idempotencyKey)
  const statementDigest = digest(statement)
  const decide = async (row: CurrentRecord | null): Promise<Decision> => {
    if (row === null) throw new NotFound('Customer not found')
    const replay = await findReplay(store, row, idempotency, statementDigest)
    if (replay) return { replay }
    if (!ifMatchSatisfied(ifMatch, toEtag(id, row.clock))) throw new StaleVersion()
    const change = buildChange(revertExpiry(row))
    // Only a statement that can be repeated needs its digest stored.
    const isRepeatable = idempotency !== undefined || change.valid_from !== undefined
    const statedDigest = isRepeatable ? statementDigest : undefined
    const write = await prepareWrite(
      row,
      row,
      { ...change, statementDigest: statedDigest, idempotency },
      context,
      store.versions('customer', id, true),
    )
    assertValid(write?.states.map(validateState).find(errors => errors.length > 0) ?? [])
    if (write === null && idempotency !== undefined)
      return { touch: rememberKey(row, idempotency, statementDigest, context.now) }
    return write
  }
  const { row, replay } = await updateRecord(store, context, 'customer', id, decide)
  if (row === null) throw new NotFound('Customer not found')
  return replay ? replayResult(row, replay) : toResult(row)
}

function assertActive(row: CurrentRecord): void {
  const { state, merged_into } = row.snapshot
  if (state === 'deleted') throw new StateConflict('The customer is deleted: restore it first')
  if (state === 'merged')
    throw new StateConflict(`The customer was merged into ${merged_into}: change that customer instead`)
}

/** @throws InvalidInput */
function assertValid(faults: readonly FieldError[]): void {
  if (faults.length > 0) throw new InvalidInput(faults)
}

/** Sets the stated fields. A change that alters nothing makes no version. @throws InvalidInput, NotFound, StateConflict, StaleVersion, KeyReused, Unavailable */
export function patchCustomer(
  store: RecordStore,
  context: RequestContext,
  fields: FieldSet,
  id: string,
  body: z.infer<typeof patchBody>,
  condition: Preconditions,
): Promise<CustomerResult> {
  assertValid(validatePatch(body, fields, context))
  const { valid_from, note = null, ...statement } = body
  return edit(store, context, id, condition, ['patch', body], row => {
    assertActive(row)
    return { action: 'update', fields: flattenFields(statement, fields), valid_from, note }
  })
}

/** Replaces the whole customer: fields that are not stated are cleared. @throws as `patchCustomer` */
export function putCustomer(
  store: RecordStore,
  context: RequestContext,
  fields: FieldSet,
  id: string,
  body: z.infer<typeof putBody>,
  condition: Preconditions,
): Promise<CustomerResult> {
  assertValid(validateFull(body, fields, context))
  const { valid_from, note = null, ...statement } = body
  // Values of fields that are hidden now cannot be stated, so they stay.
  const isSeen = (field: string) => !field.startsWith(DETAIL) || fields.has(field.slice(DETAIL.length))
  return edit(store, context, id, condition, ['put', body], row => {
    assertActive(row)
    const clears = (state: State) => Object.keys(state).filter(field => isStated(field) && isSeen(field))
    // The type cannot be cleared: if it is not stated, it stays.
    const { type = 'PERSON' } = row.snapshot
    return {
      action: 'update',
      fields: { ...EMPTY_FIELDS, type, ...flattenFields(statement, fields) },
      clears,
      valid_from,
      note,
    }
  })
}

function assertNotMerged({ snapshot }: CurrentRecord): void {
  if (snapshot.state === 'merged')
    throw new StateConflict(`The customer was merged into ${snapshot.merged_into}: split it off first`)
}

/** The statement of a change that states no fields. */
const withNote = (action: string, note: string | null): string[] => [action, ...(note === null ? [] : [note])]

/** Deletes a customer; deleting it again changes nothing. @throws NotFound, StateConflict, StaleVersion, KeyReused, Unavailable */
export const deleteCustomer = (
  store: RecordStore,
  context: RequestContext,
  id: string,
  condition: Preconditions,
  note: string | null = null,
): Promise<CustomerResult> =>
  edit(store, context, id, condition, withNote('delete', note), row => {
    assertNotMerged(row)
    return { action: 'delete', fields: { state: 'deleted' }, note }
  })

/** Restores a deleted customer; an active one stays as it is. @throws as `deleteCustomer` */
export const restoreCustomer = (
  store: RecordStore,
  context: RequestContext,
  id: string,
  condition: Preconditions,
  note: string | null = null,
): Promise<CustomerResult> =>
  edit(store, context, id, condition, withNote('restore', note), row => {
    assertNotMerged(row)
    return { action: 'restore', fields: { state: 'active' }, note }
  })
