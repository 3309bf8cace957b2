import type { Pending } from '#contract/schemas/operations.ts'
import { MAX_FAILED_RUNS, MAX_PENDING } from '#contract/schemas/operations.ts'
import type { PairStore } from '../duplicates/port.ts'
import { listDefinitions } from '../fields/catalogue.ts'
import type { ListStore, RecordStore } from '../records/port.ts'
import type { PurgeStore, StoredRun } from '../retention/port.ts'

interface Ports {
  records: Pick<RecordStore, 'countConflicted'>
  lists: ListStore
  pairs: Pick<PairStore, 'pairs'>
  purges: Pick<PurgeStore, 'runs'>
}

interface Counted extends Pick<Pending, 'fields' | 'types' | 'conflicts' | 'duplicates'> {
  retention: { failed_runs: number; last_run: StoredRun | null }
}

const tally = (count: number): Pending['fields'] => ({ count: Math.min(count, MAX_PENDING), more: count > MAX_PENDING })

/**
 * How much waits for a decision: requested fields and types, records with open conflicts, pairs of likely duplicates, and runs of the purge
 * that failed since the last that did not. It counts up to a maximum, so that it costs the same however much waits. A pair that was decided
 * otherwise counts until the review queue is read. Who is due is what the last run found: counting them anew would read a page of each type.
 */
export async function countPending({ records, lists, pairs, purges }: Ports): Promise<Counted> {
  const limit = MAX_PENDING + 1
  const [fields, types, conflicts, queue, { runs }] = await Promise.all([
    listDefinitions(lists, 'field', 'requested', limit, null),
    listDefinitions(lists, 'type', 'requested', limit, null),
    records.countConflicted(limit),
    pairs.pairs(null, limit),
    purges.runs(null, MAX_FAILED_RUNS),
  ])
  const lastGood = runs.findIndex(run => !run.failed)
  return {
    fields: tally(fields.rows.length),
    types: tally(types.rows.length),
    conflicts: tally(conflicts),
    duplicates: tally(queue.pairs.length),
    retention: { failed_runs: lastGood === -1 ? runs.length : lastGood, last_run: runs[0] ?? null },
  }
}
