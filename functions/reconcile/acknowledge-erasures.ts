import type { DynamoDBRecord } from 'aws-lambda'
import { ERASED, toRecord } from '#adapters/dynamodb/items.ts'
import { toImage } from '#adapters/dynamodb/stream.ts'
import type { RequestContext } from '#domain/ports.ts'
import type { RetentionStores } from '#domain/retention/port.ts'
import type { Ports } from '../runtime/ports.ts'

/** Acknowledges each applied tombstone of a customer: nothing is left of the customer in this location's tables. */
export async function acknowledgeErasures(
  { records, erasures }: Pick<Ports, 'records'> & Pick<RetentionStores, 'erasures'>,
  { location, now }: Pick<RequestContext, 'location' | 'now'>,
  streamRecords: readonly DynamoDBRecord[],
): Promise<void> {
  const keys = streamRecords.map(toImage).flatMap(image => (image?.sk === ERASED ? [String(image.pk)] : []))
  for (const { kind, id } of [...new Set(keys)].map(toRecord)) {
    if (kind !== 'customer') continue
    const { versions } = await records.loadPartition(kind, id)
    if (versions.length === 0) await erasures.acknowledge(id, location, now)
  }
}
