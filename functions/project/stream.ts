import type { DynamoDBRecord } from 'aws-lambda'
import { probeIn } from '#adapters/dynamodb/location-store.ts'
import { toImage } from '#adapters/dynamodb/stream.ts'
import type { Field } from '#contract/schemas/field.ts'
import { queueDuplicates } from '#domain/duplicates/queue.ts'
import type { IndexEntry } from '#domain/search/port.ts'
import type { Ports } from '../runtime/ports.ts'
import { findIdentityChanges } from './identity-changes.ts'
import { toIndexEntries } from './index-entries.ts'

/**
 * Updates the index from the customers' current rows, with deletion markers for deleted rows, and adds likely duplicates of new and changed
 * customers to the review queue. Idempotent.
 *
 * @throws Unavailable when the index does not take it.
 */
export async function projectStream(
  ports: Pick<Ports, 'records' | 'index' | 'pairs' | 'locations'>,
  fields: ReadonlyMap<string, Field>,
  records: readonly DynamoDBRecord[],
  now: () => string,
): Promise<void> {
  const entries = await toIndexEntries(ports.records, fields, records)
  if (entries.length > 0 && ports.index.engine !== 'none') await updateIndex(ports, fields, records, entries)
  const probe = records
    .map(toImage)
    .flatMap(image => (image && probeIn(image)) ?? [])
    .at(-1)
  if (probe !== undefined) await ports.locations.answerProbe(probe, now())
}

async function updateIndex(
  ports: Pick<Ports, 'records' | 'index' | 'pairs'>,
  fields: ReadonlyMap<string, Field>,
  records: readonly DynamoDBRecord[],
  entries: readonly IndexEntry[],
): Promise<void> {
  const changedCustomers = findIdentityChanges(records)
  // The second of two similar customers must find the first, even if both arrive in one batch.
  const waitUntilVisible = changedCustomers.length > 0
  await ports.index.put(entries, { visible: waitUntilVisible })
  await queueDuplicates(ports, fields, changedCustomers)
}
