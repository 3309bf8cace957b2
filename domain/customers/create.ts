import type * as z from 'zod'
import type { createBody } from '#contract/schemas/customer.ts'
import { InvalidInput, StateConflict } from '../errors.ts'
import type { Accepted } from '../fields/definitions.ts'
import type { Call, RecordStore } from '../ports.ts'
import { change } from '../records/change.ts'
import type { Current } from '../records/current.ts'
import { digest, uuid5 } from '../records/digest.ts'
import { draft, type Said } from '../records/draft.ts'
import type { Clock } from '../records/version.ts'
import { type Answer, answerAgain, answerOf } from './answer.ts'
import { idempotencyOf, repeated } from './repeat.ts'
import { NOTHING, presentIn, saidOf, stateFaults, wholeFaults } from './statement.ts'

/** Ids of customers created under an idempotency key. */
const KEYED = '5d2f8a52-53a4-4b6c-9a2e-6b1f0d6c7a11'

/**
 * Puts a customer on the list. Under an idempotency key the same statement again is answered with the version it made, whatever
 * became of the customer since.
 *
 * @throws InvalidInput, KeyReused, StateConflict, Unavailable
 */
export async function createCustomer(
  store: RecordStore,
  call: Call,
  fields: Accepted,
  body: z.infer<typeof createBody>,
  idempotencyKey: string | undefined,
): Promise<Answer & { row: Current }> {
  const { valid_from, ...statement } = body
  const whole: Said = { ...NOTHING, ...saidOf(statement), state: 'active' }
  const faults = [...wholeFaults(body, fields, call.now), ...stateFaults(presentIn(whole))]
  if (faults.length > 0) throw new InvalidInput(faults)

  const id = idempotencyKey === undefined ? call.newId() : uuid5(KEYED, call.actor, idempotencyKey)
  const idempotency = idempotencyOf(call.actor, idempotencyKey)
  const said = idempotency === undefined ? undefined : digest(['create', whole, valid_from ?? null])
  const creation = { action: 'create', fields: whole, whole: true, valid_from, said, idempotency } as const
  const decide = async (known: Current | null, purged: Clock) => {
    if (known === null)
      return draft(null, { kind: 'customer', id, purged }, creation, call, store.versions('customer', id, true))
    const again = await repeated(store, known, idempotency, said, true)
    if (again === null) throw new StateConflict('There is such a customer already')
    return { again }
  }
  const { row, again } = await change(store, call, 'customer', id, decide, idempotencyKey === undefined)
  if (row === null) throw new StateConflict('The customer was not created')
  return { ...(again ? answerAgain(row, again) : answerOf(row)), row }
}
