import * as z from 'zod'
import { validateState } from '../customers/customer-fields.ts'
import { toRow } from '../customers/read.ts'
import { MERGED_FROM } from '../customers/view.ts'
import { StateConflict } from '../errors.ts'
import type { RequestContext } from '../ports.ts'
import type { CurrentRecord } from '../records/current.ts'
import type { RecordStore } from '../records/port.ts'
import { type FieldValues, prepareWrite } from '../records/prepare-write.ts'
import { updateRecords } from '../records/update-record.ts'
import { state, type Value } from '../records/version.ts'
import { decisionId, draftDecision, toPair } from './decision.ts'

const gift = z
  .string()
  .transform(text => JSON.parse(text))
  .pipe(state)

/** The values that a customer copied from another and has not changed since. */
function fieldsToRevert(row: CurrentRecord, copied: Value | undefined): FieldValues {
  const unchanged = Object.entries(gift.safeParse(copied).data ?? {}).filter(
    ([field, value]) => row.snapshot[field] === value,
  )
  return Object.fromEntries(unchanged.map(([field]) => [field, null]))
}

const notMerged = (row: CurrentRecord): StateConflict => {
  const absorbed = Object.keys(row.snapshot).filter(field => field.startsWith(MERGED_FROM))
  const others = absorbed.map(field => field.slice(MERGED_FROM.length)).join(', ')
  return new StateConflict(
    others === '' ? 'The customer was merged into no other' : `Say who is to come out again: one of ${others}`,
  )
}

/**
 * Splits a merged customer from its survivor: it is listed again as before, the survivor gives back what it copied and has not changed
 * since, and the two are decided to differ. All in one transaction.
 *
 * @throws NotFound, Gone, StateConflict, Unavailable
 */
export async function split(store: RecordStore, context: RequestContext, id: string): Promise<void> {
  const row = await toRow(store, id, true)
  const { state, merged_into } = row.snapshot
  if (state !== 'merged' || typeof merged_into !== 'string') throw notMerged(row)
  const pair = toPair(id, merged_into)
  const records = [
    { kind: 'customer', id },
    { kind: 'customer', id: merged_into },
    { kind: 'decision', id: decisionId(pair) },
  ] as const
  await updateRecords(store, context, records, async ([goes, stays, previousDecision = null]) => {
    if (goes?.snapshot.state !== 'merged' || goes.snapshot.merged_into !== merged_into || !stays)
      throw new StateConflict('The customer was split or merged meanwhile: read it again')
    const absorbed = MERGED_FROM + id
    const back = fieldsToRevert(stays, stays.snapshot[absorbed])
    const remaining = Object.fromEntries(Object.entries(stays.snapshot).filter(([field]) => !(field in back)))
    if (validateState(remaining).length > 0)
      throw new StateConflict(
        `Nothing would be left that identifies ${merged_into}: state a name or a number of it first`,
      )
    const say = (row: CurrentRecord, fields: FieldValues) =>
      prepareWrite(row, row, { action: 'split', fields }, context, store.versions('customer', row.id, true))
    const apart = await Promise.all([
      say(goes, { state: 'active', merged_into: null }),
      say(stays, { ...back, [absorbed]: null }),
    ])
    // The survivor has the lesser id.
    const rows = [apart[1]?.row ?? stays, apart[0]?.row ?? goes] as const
    const decision = await draftDecision(store, context, previousDecision, rows, 'different', null)
    return [...apart, decision].filter(write => write !== null)
  })
}
