import type * as z from 'zod'
import type { createBody } from '#contract/schemas/customer.ts'
import { InvalidInput, StateConflict } from '../errors.ts'
import type { FieldSet } from '../fields/definitions.ts'
import type { RequestContext } from '../ports.ts'
import type { CurrentRecord } from '../records/current.ts'
import { digest, uuidV5 } from '../records/digest.ts'
import type { RecordStore } from '../records/port.ts'
import { type Change, type FieldValues, prepareWrite, withoutNulls } from '../records/prepare-write.ts'
import { updateRecord } from '../records/update-record.ts'
import type { Clock } from '../records/version.ts'
import { EMPTY_FIELDS, flattenFields, validateFull, validateState } from './customer-fields.ts'
import { type CustomerResult, replayResult, toResult } from './customer-result.ts'
import { findReplay, toIdempotency } from './idempotency.ts'

/** The UUID namespace of customers created with an idempotency key. */
const KEYED = '5d2f8a52-53a4-4b6c-9a2e-6b1f0d6c7a11'

/**
 * Creates a customer. With an idempotency key, the same statement gets the version that it made before, whatever happened to the customer
 * since.
 *
 * @throws InvalidInput, KeyReused, StateConflict, Unavailable
 */
export async function createCustomer(
  store: RecordStore,
  context: RequestContext,
  fields: FieldSet,
  body: z.infer<typeof createBody>,
  idempotencyKey: string | undefined,
): Promise<CustomerResult & { row: CurrentRecord }> {
  const { valid_from, note, ...statement } = body
  const values: FieldValues = { ...EMPTY_FIELDS, ...flattenFields(statement, fields), state: 'active' }
  const faults = [...validateFull(body, fields, context), ...validateState(withoutNulls(values))]
  if (faults.length > 0) throw new InvalidInput(faults)

  const id = idempotencyKey === undefined ? context.newId() : uuidV5(KEYED, context.actor, idempotencyKey)
  const idempotency = toIdempotency(context.actor, idempotencyKey)
  const statementDigest =
    idempotency === undefined
      ? undefined
      : digest(['create', values, valid_from ?? null, ...(note === undefined ? [] : [note])])
  const creation: Change = {
    action: 'create',
    fields: values,
    replaceAll: true,
    valid_from,
    note: note ?? null,
    statementDigest,
    idempotency,
  }
  const decide = async (current: CurrentRecord | null, purged: Clock) => {
    if (current === null)
      return prepareWrite(
        null,
        { kind: 'customer', id, purged },
        creation,
        context,
        store.versions('customer', id, true),
      )
    const replay = await findReplay(store, current, idempotency, statementDigest, true)
    if (replay === null) throw new StateConflict('The customer exists already')
    return { replay }
  }
  const { row, replay } = await updateRecord(store, context, 'customer', id, decide, idempotencyKey === undefined)
  if (row === null) throw new StateConflict('The customer was not created')
  return { ...(replay ? replayResult(row, replay) : toResult(row)), row }
}
