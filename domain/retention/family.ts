import { absorbedIn } from '../customers/view.ts'
import type { RecordStore } from '../ports.ts'
import type { Current } from '../records/current.ts'

/** How far mergers are followed. */
const MOST_STEPS = 20

/** With whom a customer is one: the one that it was merged into, and those that were merged into it. */
function linksOf({ snapshot }: Current): string[] {
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
  rows: readonly Current[],
  load: (ids: readonly string[]) => Promise<readonly Current[]>,
): Promise<Map<string, Current[]>> {
  const known = new Map<string, Current | null>(rows.map(row => [row.id, row]))
  for (let step = 0, last = rows; last.length > 0 && step < MOST_STEPS; step++) {
    const further = [...new Set(last.flatMap(linksOf))].filter(id => !known.has(id))
    if (further.length === 0) break
    for (const id of further) known.set(id, null)
    last = await load(further)
    for (const row of last) known.set(row.id, row)
  }
  return new Map(rows.map(row => [row.id, familyOf(row, known)]))
}

function familyOf(row: Current, known: ReadonlyMap<string, Current | null>): Current[] {
  const family = new Map([[row.id, row]])
  for (const member of family.values())
    for (const id of linksOf(member)) {
      const other = known.get(id)
      if (other) family.set(id, other)
    }
  return [...family.values()]
}

export const readCurrents =
  (store: RecordStore) =>
  (ids: readonly string[]): Promise<Current[]> =>
    store.currents('customer', ids, true)
