import type { DynamoDBRecord } from 'aws-lambda'
import { probeIn } from '#adapters/dynamodb/location-store.ts'
import { imageOf } from '#adapters/dynamodb/stream.ts'
import type { Field } from '#contract/schemas/field.ts'
import { queueDuplicates } from '#domain/duplicates/queue.ts'
import type { Ports } from '#domain/ports.ts'
import type { IndexEntry } from '#domain/search/port.ts'
import { entriesIn } from './entries.ts'
import { identifiedIn } from './identified.ts'

/**
 * Feeds the index with the customers' current rows as they are now (and marks for those whose rows went), and the review queue with those who are probably the same as one who
 * is new or changed. Can be done again.
 *
 * @throws Unavailable when the index does not take it.
 */
export async function projectStream(
  ports: Pick<Ports, 'records' | 'index' | 'pairs' | 'locations'>,
  fields: ReadonlyMap<string, Field>,
  records: readonly DynamoDBRecord[],
  now: () => string,
): Promise<void> {
  const entries = await entriesIn(ports.records, fields, records)
  if (entries.length > 0 && ports.index.engine !== 'none') await indexed(ports, fields, records, entries)
  const probe = records
    .map(imageOf)
    .flatMap(image => (image && probeIn(image)) ?? [])
    .at(-1)
  if (probe !== undefined) await ports.locations.answerProbe(probe, now())
}

async function indexed(
  ports: Pick<Ports, 'records' | 'index' | 'pairs'>,
  fields: ReadonlyMap<string, Field>,
  records: readonly DynamoDBRecord[],
  entries: readonly IndexEntry[],
): Promise<void> {
  const identified = identifiedIn(records)
  // Whoever comes second of two who are alike has to find the first, also where both come at once.
  const visible = identified.length > 0
  await ports.index.put(entries, { visible })
  await queueDuplicates(ports, fields, identified)
}
