import type { Customer } from '#contract/schemas/customer.ts'
import { toHistoricalState } from '../customers/read.ts'
import { resolveSurvivors } from '../customers/resolve-survivors.ts'
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

/** The maximum length of a chain of merges. */
const MAX_STEPS = 10

/** The same as of a moment, as known now. */
export async function resolveAsOf(
  records: RecordStore,
  rows: readonly CurrentRecord[],
  as_of: string,
): Promise<Map<string, ResolvedHit>> {
  const known = new Map<string, { state: State; customer: Customer }>()
  const learn = async (more: readonly CurrentRecord[]) => {
    const learnt = await Promise.all(
      more.map(async row => {
        if (as_of >= parseKey(row.head).valid_from) return { state: row.snapshot, customer: currentView(row) }
        const moment = await toHistoricalState(records, row, { as_of }, false, as_of)
        return moment && { state: moment.state, customer: pastView(row, moment) }
      }),
    )
    for (const [n, row] of more.entries()) {
      const one = learnt[n]
      if (one) known.set(row.id, one)
    }
  }
  await learn(rows)
  for (let step = 0; step < MAX_STEPS; step++) {
    const further = [...known.values()].flatMap(({ state }) =>
      state.state === 'merged' && !known.has(String(state.merged_into)) ? [String(state.merged_into)] : [],
    )
    if (further.length === 0) break
    await learn(await records.currents('customer', further, false))
  }
  const end = (id: string, steps = 0): Customer | null => {
    const one = known.get(id)
    if (!one || steps > MAX_STEPS) return null
    return one.state.state === 'merged' ? end(String(one.state.merged_into), steps + 1) : one.customer
  }
  return new Map(
    rows.flatMap(({ id }) => {
      const [own, customer] = [known.get(id), end(id)]
      return own && customer?.state === 'active' ? [[id, { state: own.state, customer }]] : []
    }),
  )
}
