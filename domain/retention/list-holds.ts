import type { HeldCustomer } from '#contract/schemas/retention.ts'
import { currentView } from '../customers/view.ts'
import type { RequestContext } from '../ports.ts'
import type { ListStore, RecordStore } from '../records/port.ts'
import { toShownHold } from './hold.ts'

interface HoldPorts {
  records: Pick<RecordStore, 'currents'>
  lists: Pick<ListStore, 'held'>
}

/**
 * A page of the customers who are held now, after a position: first those whose holds end, in the order of the ends; then the others. The
 * index lists them in this order, so a page costs no more if there are many holds, customers or ended holds.
 */
export async function listHolds(
  { records, lists }: HoldPorts,
  { now }: Pick<RequestContext, 'now'>,
  after: string | null,
  limit: number,
): Promise<{ items: HeldCustomer[]; next: string | null }> {
  const entries = await lists.held(now, after, limit)
  const ids = entries.map(({ id }) => id)
  const rows = new Map((await records.currents('customer', ids, false)).map(row => [row.id, row]))
  const items = entries.flatMap(({ id }) => {
    const row = rows.get(id)
    const hold = row && toShownHold(row.snapshot, now)
    return row && hold ? [{ ...hold, customer: currentView(row) }] : []
  })
  return { items, next: entries.length < limit ? null : (entries.at(-1)?.place ?? null) }
}
