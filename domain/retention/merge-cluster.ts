import { absorbedIn } from '../customers/view.ts'
import type { CurrentRecord } from '../records/current.ts'
import type { RecordStore } from '../records/port.ts'

/** How far mergers are followed. */
const MAX_STEPS = 20

/** With whom a customer is one: the one that it was merged into, and those that were merged into it. */
function toLinks({ snapshot }: CurrentRecord): string[] {
  const into = snapshot.merged_into
  return [...(typeof into === 'string' ? [into] : []), ...absorbedIn(snapshot)]
}

/**
 * For each row all the rows that are one customer with it by mergers, its own among them; those that are gone are left out. One round trip
 * a step, for all rows at once.
 *
 * @param load reads rows by id.
 */
export async function families(
  rows: readonly CurrentRecord[],
  load: (ids: readonly string[]) => Promise<readonly CurrentRecord[]>,
): Promise<Map<string, CurrentRecord[]>> {
  const known = new Map<string, CurrentRecord | null>(rows.map(row => [row.id, row]))
  for (let step = 0, last = rows; last.length > 0 && step < MAX_STEPS; step++) {
    const further = [...new Set(last.flatMap(toLinks))].filter(id => !known.has(id))
    if (further.length === 0) break
    for (const id of further) known.set(id, null)
    last = await load(further)
    for (const row of last) known.set(row.id, row)
  }
  return new Map(rows.map(row => [row.id, toMergeCluster(row, known)]))
}

function toMergeCluster(row: CurrentRecord, known: ReadonlyMap<string, CurrentRecord | null>): CurrentRecord[] {
  const family = new Map([[row.id, row]])
  for (const member of family.values())
    for (const id of toLinks(member)) {
      const other = known.get(id)
      if (other) family.set(id, other)
    }
  return [...family.values()]
}

export const readCurrents =
  (store: RecordStore) =>
  (ids: readonly string[]): Promise<CurrentRecord[]> =>
    store.currents('customer', ids, true)
