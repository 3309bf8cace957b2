import type { Erasure } from '#contract/schemas/retention.ts'
import { Unavailable } from '../errors.ts'
import type { RecordStore } from '../records/port.ts'
import type { CandidateIndex, IndexEntry } from '../search/port.ts'
import { countCopies } from './copies.ts'
import type { ErasureRecord, LinkedData, RetentionStores } from './port.ts'

export type ReadBackPorts = { records: RecordStore; index: CandidateIndex } & Pick<RetentionStores, 'erasures'>

/** Whether an index entry contains data of a customer. */
export const hasContent = ({ person, past, listing }: IndexEntry): boolean =>
  person !== null || past.length > 0 || listing !== undefined

const sum = (counts: readonly number[]): number => counts.reduce((all, count) => all + count, 0)

/** How many of the customers an index has data of; null if it is unreachable. */
async function indexed({ index }: { index: CandidateIndex }, ids: readonly string[]): Promise<number | null> {
  try {
    return (await index.getMany(ids)).filter(hasContent).length
  } catch (error) {
    if (error instanceof Unavailable) return null
    throw error
  }
}

/** Reads everything that may still contain an erased customer. */
export async function readBack(
  ports: ReadBackPorts,
  linked: readonly LinkedData[],
  { ids, decisions, copies }: Pick<ErasureRecord, 'ids' | 'decisions' | 'copies'>,
): Promise<Erasure['found']> {
  const { records, erasures } = ports
  const all = [
    ...ids.map(id => ({ kind: 'customer', id }) as const),
    ...decisions.map(id => ({ kind: 'decision', id }) as const),
  ]
  const [registry, views, about, audit, index, others, copied] = await Promise.all([
    Promise.all(all.map(async ({ kind, id }) => (await records.loadPartition(kind, id)).versions.length)),
    Promise.all(all.map(async ({ kind, id }) => ((await records.current(kind, id, true)) === null ? 0 : 1))),
    Promise.all(ids.map(async id => (await erasures.about(id)).pairs.length)),
    // The audit takes the values before and after a change from the versions, which are read in this way.
    Promise.all(ids.map(async id => (await records.versions('customer', id, true)({ limit: 1 })).length)),
    indexed(ports, ids),
    Promise.all(linked.flatMap(store => ids.map(id => store.count(id)))),
    countCopies(records, copies),
  ])
  return {
    registry: sum(registry),
    views: sum([...views, ...about]),
    index,
    audit: sum(audit),
    linked: sum(others),
    copies: copied,
  }
}
