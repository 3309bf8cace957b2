import type { Customer } from '#contract/schemas/customer.ts'
import { findSurvivor, loadLinked, resolveSurvivors, toMergeLinks } from '../customers/merges.ts'
import { toHistoricalState } from '../customers/read.ts'
import { currentView, pastView } from '../customers/view.ts'
import type { CurrentRecord } from '../records/current.ts'
import type { RecordStore } from '../records/port.ts'
import { parseKey, type State } from '../records/version.ts'

/** A record that was found, and the customer that the list shows for it. */
export interface ResolvedHit {
  state: State
  customer: Customer
}

/** Resolves records to the customers that the list shows for them: themselves, or their survivors. Records off the list are left out. */
export async function resolveNow(
  records: RecordStore,
  rows: readonly CurrentRecord[],
): Promise<Map<string, ResolvedHit>> {
  const living = await resolveSurvivors(records, rows)
  return new Map(
    rows.flatMap(({ id, snapshot: state }) => {
      const row = living.get(id)
      return row ? [[id, { state, customer: currentView(row) }]] : []
    }),
  )
}

/** The same as of a moment, as known now. */
export async function resolveAsOf(
  records: RecordStore,
  rows: readonly CurrentRecord[],
  as_of: string,
): Promise<Map<string, ResolvedHit>> {
  const readMoment = async (row: CurrentRecord): Promise<[string, ResolvedHit] | null> => {
    const isHead = as_of >= parseKey(row.head).valid_from
    const moment = isHead
      ? { key: row.head, state: row.snapshot, valid_to: null }
      : await toHistoricalState(records, row, { as_of }, false, as_of)
    return moment && [row.id, { state: moment.state, customer: pastView(row, moment) }]
  }
  const readMoments = async (currentRows: readonly CurrentRecord[]) =>
    new Map((await Promise.all(currentRows.map(readMoment))).filter(hit => hit !== null))
  const moments = await loadLinked(
    await readMoments(rows),
    ({ state }) => toMergeLinks(state),
    async ids => readMoments(await records.currents('customer', ids, false)),
  )
  return new Map(
    rows.flatMap(({ id }) => {
      const moment = moments.get(id)
      const customer = findSurvivor(id, moments, ({ state }) => state)?.customer
      return moment && customer?.state === 'active' ? [[id, { state: moment.state, customer }]] : []
    }),
  )
}
