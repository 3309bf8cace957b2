import { resolveClusters } from '../customers/merges.ts'
import type { CurrentRecord } from '../records/current.ts'
import type { RecordStore } from '../records/port.ts'
import { isHeld } from './hold.ts'
import { type Rule, retentionStatus } from './policy.ts'
import type { Inactive, PurgeStore } from './port.ts'

/** Which of some inactive customers can be purged, and how many others are due but kept, by reason. */
export interface Due {
  ids: string[]
  held: number
  merged: number
}

/**
 * Examines inactive customers. For those who are held or in a purge, the index alone suffices. Merged customers are purged together, once
 * all of them are due, so that a merge is not forgotten while a source still refers to one of them.
 */
export async function dueAmong(
  { records }: { records: RecordStore },
  idle: readonly Inactive[],
  rule: Rule,
  now: string,
): Promise<Due> {
  const heldCustomers = idle.filter(
    customer => customer.held !== undefined && isHeld({ held: true, until: customer.held }, now),
  )
  const open = idle.filter(customer => !customer.expired && !heldCustomers.includes(customer))
  const rows = await records.currents(
    'customer',
    open.map(({ id }) => id),
    false,
  )
  const getStatus = (row: CurrentRecord) => (row.stateBeforeExpiry === null ? retentionStatus(row, rule, now) : 'due')
  const due = rows.filter(row => row.stateBeforeExpiry === null && getStatus(row) === 'due')
  const together = await resolveClusters(due, ids => records.currents('customer', ids, true))
  const result: Due = { ids: [], held: heldCustomers.length, merged: 0 }
  for (const { id } of due) {
    const others = (together.get(id) ?? []).map(getStatus)
    if (others.every(one => one === 'due')) result.ids.push(id)
    else if (others.includes('held')) result.held += 1
    else result.merged += 1
  }
  return result
}

/** The customers of all purges in progress. */
export async function customersInPurges(purges: PurgeStore): Promise<ReadonlySet<string>> {
  const customers = new Set<string>()
  let after: string | null = null
  do {
    const page: Awaited<ReturnType<PurgeStore['purges']>> = await purges.purges(after)
    for (const id of page.purges.flatMap(purge => purge.customers)) customers.add(id)
    after = page.next
  } while (after !== null)
  return customers
}
