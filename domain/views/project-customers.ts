import type { Field } from '#contract/schemas/field.ts'
import type { PairStore } from '../duplicates/port.ts'
import { queueDuplicates } from '../duplicates/queue.ts'
import type { LocationStore } from '../locations/port.ts'
import type { CurrentRecord } from '../records/current.ts'
import { sameIdentity, toIdentity } from '../records/identity.ts'
import type { RecordStore } from '../records/port.ts'
import { foldFromStore } from '../records/update-record.ts'
import { toDeletionMarker, toEntry } from '../search/entry.ts'
import type { CandidateIndex, IndexEntry } from '../search/port.ts'

/** A customer's current row before and after a change; null if there was or is none. */
export interface CustomerChange {
  type: 'customer'
  before: CurrentRecord | null
  after: CurrentRecord | null
}

/** A change of this location's views, decoded from their stream. Rows that neither index nor probe depends on are left out. */
export type ViewChange = CustomerChange | { type: 'probe'; sent: string }

export interface ProjectionPorts {
  records: RecordStore
  index: CandidateIndex
  pairs: PairStore
  locations: LocationStore
}

/**
 * Updates the index from the customers' current rows, with deletion markers for deleted rows, and adds likely duplicates of new and changed
 * customers to the review queue. Answers the last probe of the batch. Idempotent.
 *
 * @throws Unavailable if the index cannot be updated.
 */
export async function projectCustomers(
  ports: ProjectionPorts,
  fields: ReadonlyMap<string, Field>,
  changes: readonly ViewChange[],
  now: () => string,
): Promise<void> {
  const customers = changes.filter(change => change.type === 'customer')
  if (ports.index.engine !== 'none') await updateIndex(ports, fields, customers)
  const probe = changes.filter(change => change.type === 'probe').at(-1)
  if (probe !== undefined) await ports.locations.answerProbe(probe.sent, now())
}

async function updateIndex(
  ports: ProjectionPorts,
  fields: ReadonlyMap<string, Field>,
  changes: readonly CustomerChange[],
): Promise<void> {
  const entries = await toIndexEntries(ports.records, fields, changes)
  if (entries.length === 0) return
  const changedCustomers = findIdentityChanges(changes)
  // The second of two similar customers must find the first, even if both arrive in one batch.
  const waitUntilVisible = changedCustomers.length > 0
  await ports.index.put(entries, { visible: waitUntilVisible })
  await queueDuplicates(ports, fields, changedCustomers)
}

/**
 * The index entries of customers whose rows changed, in the order of the changes. A customer whose row was deleted gets a deletion marker only if
 * no versions are left; otherwise the index keeps the customer.
 */
async function toIndexEntries(
  store: RecordStore,
  fields: ReadonlyMap<string, Field>,
  changes: readonly CustomerChange[],
): Promise<IndexEntry[]> {
  const entries: IndexEntry[] = []
  for (const { before, after } of changes) {
    if (after !== null) entries.push(toEntry(after, fields))
    else if (before !== null && (await foldFromStore(store, 'customer', before.id)).row === null)
      entries.push(toDeletionMarker(toEntry(before, fields)))
  }
  return entries
}

/** The customers whose identity changed in the batch, or who are listed again. */
function findIdentityChanges(changes: readonly CustomerChange[]): CurrentRecord[] {
  const lastById = new Map<string, CurrentRecord>()
  for (const { before, after } of changes) {
    if (after !== null) lastById.set(after.id, after)
    else if (before !== null) lastById.delete(before.id)
  }
  const beforeRows = changes.flatMap(({ before }) => (before === null ? [] : [before]))
  // The first of several changes of a customer has the previous identity.
  const firstById = new Map(beforeRows.toReversed().map(row => [row.id, row]))
  return [...lastById.values()].filter(({ id, snapshot }) => {
    if (snapshot.state !== 'active' && snapshot.state !== 'merged') return false
    const previous = firstById.get(id)?.snapshot
    return !previous || previous.state !== snapshot.state || !sameIdentity(toIdentity(previous), toIdentity(snapshot))
  })
}
