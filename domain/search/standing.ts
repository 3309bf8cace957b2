import type { Customer } from '#contract/schemas/customer.ts'
import { momentOf } from '../customers/read.ts'
import { surviving } from '../customers/surviving.ts'
import { currentView, pastView } from '../customers/view.ts'
import type { RecordStore } from '../ports.ts'
import type { Current } from '../records/current.ts'
import { partsOf, type State } from '../records/version.ts'

/** A record that was found: what it says itself, and the customer whom the list shows for it. */
export interface Standing {
  state: State
  customer: Customer
}

/** What records say now, and whom the list shows for them: themselves, or the one they were merged into. By id; those off the list are left out. */
export async function standingNow(records: RecordStore, rows: readonly Current[]): Promise<Map<string, Standing>> {
  const living = await surviving(records, rows)
  return new Map(
    rows.flatMap(({ id, snapshot: state }) => {
      const row = living.get(id)
      return row ? [[id, { state, customer: currentView(row) }]] : []
    }),
  )
}

/** How many mergers one after the other are followed. */
const MOST_STEPS = 10

/** The same as of a moment, as known now. */
export async function standingAt(
  records: RecordStore,
  rows: readonly Current[],
  as_of: string,
): Promise<Map<string, Standing>> {
  const known = new Map<string, { state: State; customer: Customer }>()
  const learn = async (more: readonly Current[]) => {
    const learnt = await Promise.all(
      more.map(async row => {
        if (as_of >= partsOf(row.head).valid_from) return { state: row.snapshot, customer: currentView(row) }
        const moment = await momentOf(records, row, { as_of }, false, as_of)
        return moment && { state: moment.state, customer: pastView(row, moment) }
      }),
    )
    for (const [n, row] of more.entries()) {
      const one = learnt[n]
      if (one) known.set(row.id, one)
    }
  }
  await learn(rows)
  for (let step = 0; step < MOST_STEPS; step++) {
    const further = [...known.values()].flatMap(({ state }) =>
      state.state === 'merged' && !known.has(String(state.merged_into)) ? [String(state.merged_into)] : [],
    )
    if (further.length === 0) break
    await learn(await records.currents('customer', further, false))
  }
  const end = (id: string, steps = 0): Customer | null => {
    const one = known.get(id)
    if (!one || steps > MOST_STEPS) return null
    return one.state.state === 'merged' ? end(String(one.state.merged_into), steps + 1) : one.customer
  }
  return new Map(
    rows.flatMap(({ id }) => {
      const [own, customer] = [known.get(id), end(id)]
      return own && customer?.state === 'active' ? [[id, { state: own.state, customer }]] : []
    }),
  )
}
