import { isStated, validateState } from '../customers/customer-fields.ts'
import { resolveSurvivors } from '../customers/merges.ts'
import { MERGED_FROM } from '../customers/view.ts'
import { InvalidInput, NotFound, StateConflict } from '../errors.ts'
import type { RequestContext } from '../ports.ts'
import type { CurrentRecord } from '../records/current.ts'
import type { RecordStore } from '../records/port.ts'
import { type FieldValues, prepareWrite, type Write } from '../records/prepare-write.ts'
import { updateRecords } from '../records/update-record.ts'
import type { State } from '../records/version.ts'
import { decisionId, draftDecision, toPair } from './decision.ts'

/** The values of one customer that the other lacks. */
export const fieldsToCopy = (to: State, from: State): State =>
  Object.fromEntries(Object.entries(from).filter(([field]) => isStated(field) && to[field] === undefined))

/** The survivors of two ids. @throws NotFound, StateConflict */
export async function toSurvivors(store: RecordStore, ids: readonly [string, string]): Promise<[string, string]> {
  const rows = await store.currents('customer', ids, true)
  const living = await resolveSurvivors(store, rows)
  const [a, b] = ids.map(id => {
    if (!rows.some(row => row.id === id)) throw new NotFound(`Customer ${id} not found`)
    const row = living.get(id)
    if (row === undefined) throw new StateConflict(`The customer ${id} is deleted: restore it first`)
    return row.id
  })
  return [a ?? '', b ?? '']
}

function active(row: CurrentRecord | null | undefined): CurrentRecord {
  if (row?.snapshot.state === 'active') return row
  throw new StateConflict('One of the two was merged or deleted meanwhile: read both again')
}

/**
 * Merges two customers in one transaction:
 * 1. the one with the greater id is marked as merged into the other; its history stays, and searches for its data find the survivor;
 * 2. the one with the lesser id survives with its own values; it copies values that it lacks, and records which it copied;
 * 3. the decision is stored.
 *
 * Two locations that merge the same customers at once write the same values, so that no conflict arises.
 *
 * @returns the survivor's id.
 * @throws NotFound, StateConflict, InvalidInput, Unavailable
 */
export async function merge(
  store: RecordStore,
  context: RequestContext,
  ids: readonly [string, string],
  note: string | null,
): Promise<string> {
  const { a, b } = toPair(...(await toSurvivors(store, ids)))
  if (a === b) return a
  const records = [
    { kind: 'customer', id: a },
    { kind: 'customer', id: b },
    { kind: 'decision', id: decisionId({ a, b }) },
  ] as const
  await updateRecords(store, context, records, async ([first, second, decision = null]) => {
    const [stays, goes] = [active(first), active(second)]
    const gives = fieldsToCopy(stays.snapshot, goes.snapshot)
    const faults = validateState({ ...stays.snapshot, ...gives })
    if (faults.length > 0) throw new InvalidInput(faults)
    const say = (row: CurrentRecord, fields: FieldValues): Promise<Write | null> =>
      prepareWrite(row, row, { action: 'merge', fields }, context, store.versions('customer', row.id, true))
    const writes = await Promise.all([
      say(stays, { ...gives, [MERGED_FROM + b]: JSON.stringify(gives) }),
      say(goes, { state: 'merged', merged_into: a }),
      draftDecision(store, context, decision, [stays, goes], 'same', note),
    ])
    return writes.filter(write => write !== null)
  })
  return a
}
