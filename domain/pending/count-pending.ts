import type { Pending } from '#contract/schemas/operations.ts'
import { MAX_PENDING } from '#contract/schemas/operations.ts'
import type { PairStore } from '../duplicates/port.ts'
import { listDefinitions } from '../fields/catalogue.ts'
import type { ListStore, RecordStore } from '../records/port.ts'

interface Ports {
  records: Pick<RecordStore, 'countConflicted'>
  lists: ListStore
  pairs: Pick<PairStore, 'pairs'>
}

const tally = (count: number): Pending['fields'] => ({ count: Math.min(count, MAX_PENDING), more: count > MAX_PENDING })

/**
 * How much waits for a decision: requested fields and types, records with open conflicts, and pairs of likely duplicates. It counts up to a
 * maximum, so that it costs the same however much waits. A pair that was decided otherwise counts until the review queue is read.
 */
export async function countPending({ records, lists, pairs }: Ports): Promise<Pending> {
  const limit = MAX_PENDING + 1
  const [fields, types, conflicts, queue] = await Promise.all([
    listDefinitions(lists, 'field', 'requested', limit, null),
    listDefinitions(lists, 'type', 'requested', limit, null),
    records.countConflicted(limit),
    pairs.pairs(null, limit),
  ])
  return {
    fields: tally(fields.rows.length),
    types: tally(types.rows.length),
    conflicts: tally(conflicts),
    duplicates: tally(queue.pairs.length),
  }
}
