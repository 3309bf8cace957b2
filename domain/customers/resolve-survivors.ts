import type { CurrentRecord } from '../records/current.ts'
import type { RecordStore } from '../records/port.ts'

/** The maximum length of a chain of merges. */
const MAX_STEPS = 10

/** The id of the customer that this one was merged into; null if it was not merged. */
function mergedInto({ snapshot }: CurrentRecord): string | null {
  const { state, merged_into } = snapshot
  return state === 'merged' && typeof merged_into === 'string' ? merged_into : null
}

/**
 * For each row's id the row on which that customer is listed: its own, or, where it was merged into another, the one at the end of that
 * chain. Whoever is off the list, or whose chain does not end, is left out. One round trip a step, for all rows at once.
 */
export async function resolveSurvivors(
  records: RecordStore,
  rows: readonly CurrentRecord[],
): Promise<Map<string, CurrentRecord>> {
  const known = new Map<string, CurrentRecord | null>(rows.map(row => [row.id, row]))
  const found = new Map<string, CurrentRecord>()
  let chains = rows.map(row => ({ id: row.id, row }))
  // Ids decrease along a chain, so there is no circle; this bounds its length.
  for (let step = 0; chains.length > 0 && step <= MAX_STEPS; step++) {
    for (const { id, row } of chains) if (row.snapshot.state === 'active') found.set(id, row)
    const further = chains.flatMap(({ id, row }) => {
      const into = mergedInto(row)
      return into === null ? [] : [{ id, into }]
    })
    const unknown = new Set(further.map(({ into }) => into).filter(into => !known.has(into)))
    if (unknown.size > 0 && step < MAX_STEPS) {
      for (const id of unknown) known.set(id, null)
      for (const row of await records.currents('customer', [...unknown], false)) known.set(row.id, row)
    }
    chains = further.flatMap(({ id, into }) => {
      const row = known.get(into)
      return row ? [{ id, row }] : []
    })
  }
  return found
}
