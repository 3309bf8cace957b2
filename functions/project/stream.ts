import type { DynamoDBRecord } from 'aws-lambda'
import type { Field } from '#contract/schemas/field.ts'
import { queueDuplicates } from '#domain/duplicates/queue.ts'
import type { Ports } from '#domain/ports.ts'
import { entryOf } from '#domain/search/entry.ts'
import { customersIn, identifiedIn } from './identified.ts'

/**
 * Feeds the index with the customers' current rows as they are now, and the review queue with those who are probably the same as one who
 * is new or changed. Can be done again.
 *
 * @throws Unavailable when the index does not take it.
 */
export async function projectStream(
  ports: Pick<Ports, 'records' | 'index' | 'pairs'>,
  fields: ReadonlyMap<string, Field>,
  records: readonly DynamoDBRecord[],
): Promise<void> {
  const rows = customersIn(records)
  if (rows.length === 0) return
  const identified = identifiedIn(records, rows)
  // Whoever comes second of two who are alike has to find the first, also where both come at once.
  const visible = identified.length > 0
  await ports.index.put(
    rows.map(row => entryOf(row, fields)),
    { visible },
  )
  await queueDuplicates(ports, fields, identified)
}
