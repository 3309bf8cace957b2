import type { z } from 'zod'
import type { Customer, createBody, patchBody, putBody } from '#contract/schemas/customer.ts'
import type { Field } from '#contract/schemas/field.ts'
import { InvalidInput, NotFound, StaleVersion, StateConflict } from '../errors.ts'
import type { Call, RecordStore } from '../ports.ts'
import { change } from '../records/change.ts'
import type { Current } from '../records/current.ts'
import { digest, etagOf, uuid5 } from '../records/digest.ts'
import { type Change, draft, type Said } from '../records/draft.ts'
import { keyOf, type Version } from '../records/version.ts'
import { idempotencyOf, repeated } from './repeat.ts'
import { faultsOf, saidOf, stateFaults, validFromFaults } from './statement.ts'
import { currentView, pastView } from './view.ts'

/** Ids of customers created under an idempotency key. */
const KEYED = '5d2f8a52-53a4-4b6c-9a2e-6b1f0d6c7a11'

/** Every field of a customer that is not a detail, as a statement that says none of them. */
const NOTHING: Said = { type: 'PERSON', surname: null, given_name: null, dob: null, document_number: null }

export interface Answer {
  customer: Customer
  etag: string
}

export interface Condition {
  ifMatch: string | undefined
  idempotencyKey: string | undefined
}

const answerOf = (row: Current): Answer => ({ customer: currentView(row), etag: etagOf(row.id, row.clock) })

/** The answer that a statement had when it was first made. */
const answerAgain = (row: Current, v: Version): Answer => ({
  customer: pastView(row, { key: keyOf(v), state: v.snapshot, valid_to: null }),
  etag: etagOf(row.id, v.clock),
})

/**
 * Puts a customer on the list. Under an idempotency key the same statement again is answered with the version it made, whatever
 * became of the customer since.
 *
 * @throws InvalidInput, KeyReused, Unavailable
 */
export async function createCustomer(
  store: RecordStore,
  call: Call,
  fields: ReadonlyMap<string, Field>,
  body: z.infer<typeof createBody>,
  idempotencyKey: string | undefined,
): Promise<Answer> {
  const { valid_from, ...statement } = body
  const whole: Said = { ...NOTHING, ...saidOf(statement), state: 'active' }
  const present = Object.fromEntries(
    Object.entries(whole).flatMap(([name, value]) => (value === null ? [] : [[name, value]])),
  )
  const faults = [
    ...faultsOf(statement, fields, call.now),
    ...validFromFaults(valid_from, call.now),
    ...stateFaults(present),
  ]
  if (faults.length > 0) throw new InvalidInput(faults)

  const id = idempotencyKey === undefined ? call.newId() : uuid5(KEYED, call.actor, idempotencyKey)
  const idempotency = idempotencyOf(call.actor, idempotencyKey)
  const said = digest(['create', whole, valid_from ?? null])
  let again: Version | null = null
  const { row } = await change(
    store,
    call,
    'customer',
    id,
    async known => {
      again = known && (await repeated(store, known, idempotency, said, true))
      if (known) return null
      return draft(
        known,
        { kind: 'customer', id },
        { action: 'create', fields: whole, whole: true, valid_from, said, idempotency },
        call,
        store.versions('customer', id, true),
      )
    },
    idempotencyKey === undefined,
  )
  if (row === null) throw new StateConflict('The customer could not be created')
  return again ? answerAgain(row, again) : answerOf(row)
}

/** What a change does to the row that it finds: null leaves it as it is. */
type Decision = (row: Current) => Omit<Change, 'said' | 'idempotency'> | null

async function changeCustomer(
  store: RecordStore,
  call: Call,
  id: string,
  condition: Condition,
  statement: unknown,
  decide: Decision,
): Promise<Answer> {
  const idempotency = idempotencyOf(call.actor, condition.idempotencyKey)
  const said = digest(statement)
  const read = store.versions('customer', id, true)
  // Only what can be said again has to be known again.
  const kept = ({ valid_from }: Omit<Change, 'said'>) =>
    idempotency !== undefined || valid_from !== undefined ? { said } : {}
  let again: Version | null = null
  const { row } = await change(store, call, 'customer', id, async known => {
    if (known === null) throw new NotFound('There is no such customer')
    again = await repeated(store, known, idempotency, said, false)
    if (again) return null
    if (condition.ifMatch !== undefined && condition.ifMatch !== '*' && condition.ifMatch !== etagOf(id, known.clock))
      throw new StaleVersion()
    const decided = decide(known)
    const write =
      decided &&
      (await draft(known, { kind: 'customer', id }, { ...decided, ...kept(decided), idempotency }, call, read))
    const faults = write ? [...stateFaults(write.row.snapshot), ...stateFaults(write.version.snapshot)].slice(0, 1) : []
    if (faults.length > 0) throw new InvalidInput(faults)
    return write
  })
  if (row === null) throw new NotFound('There is no such customer')
  return again ? answerAgain(row, again) : answerOf(row)
}

function mustBeActive(row: Current): void {
  if (row.snapshot.state === 'deleted') throw new StateConflict('The customer is deleted: restore it first')
}

/** Changes the stated fields. A change that alters nothing makes no version. @throws InvalidInput, NotFound, StateConflict, StaleVersion, KeyReused, Unavailable */
export function patchCustomer(
  store: RecordStore,
  call: Call,
  fields: ReadonlyMap<string, Field>,
  id: string,
  body: z.infer<typeof patchBody>,
  condition: Condition,
): Promise<Answer> {
  const { valid_from, ...statement } = body
  const faults = [...faultsOf(statement, fields, call.now), ...validFromFaults(valid_from, call.now)]
  if (faults.length > 0) throw new InvalidInput(faults)
  return changeCustomer(store, call, id, condition, ['patch', body], row => {
    mustBeActive(row)
    return { action: 'update', fields: saidOf(statement), valid_from }
  })
}

/** States the whole customer: what is not said is cleared. @throws as `patchCustomer` */
export function putCustomer(
  store: RecordStore,
  call: Call,
  fields: ReadonlyMap<string, Field>,
  id: string,
  body: z.infer<typeof putBody>,
  condition: Condition,
): Promise<Answer> {
  const { valid_from, ...statement } = body
  const faults = [...faultsOf(statement, fields, call.now), ...validFromFaults(valid_from, call.now)]
  if (faults.length > 0) throw new InvalidInput(faults)
  return changeCustomer(store, call, id, condition, ['put', body], row => {
    mustBeActive(row)
    const held = Object.keys(row.snapshot).filter(field => field !== 'state')
    const cleared: Said = Object.fromEntries(held.map(field => [field, null]))
    return { action: 'update', fields: { ...cleared, ...NOTHING, ...saidOf(statement) }, valid_from }
  })
}

/** Takes a customer off the list; again: nothing. @throws NotFound, StaleVersion, KeyReused, Unavailable */
export const deleteCustomer = (store: RecordStore, call: Call, id: string, condition: Condition): Promise<Answer> =>
  changeCustomer(store, call, id, condition, ['delete'], () => ({ action: 'delete', fields: { state: 'deleted' } }))

/** Puts a deleted customer back; an active one: nothing. @throws NotFound, StaleVersion, KeyReused, Unavailable */
export const restoreCustomer = (store: RecordStore, call: Call, id: string, condition: Condition): Promise<Answer> =>
  changeCustomer(store, call, id, condition, ['restore'], () => ({ action: 'restore', fields: { state: 'active' } }))
