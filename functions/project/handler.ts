import type { DynamoDBStreamEvent } from 'aws-lambda'
import { queueDuplicates } from '#domain/duplicates/queue.ts'
import { entryOf } from '#domain/search/entry.ts'
import { fields, services } from '../services.ts'
import { customersIn, identifiedIn } from './identified.ts'

/**
 * Feeds the index from the stream of `views`, with the customers' current rows as they are now, and the review queue with those who are
 * probably the same as one who is new or changed. Throws, so that the whole batch comes again, when the index does not take it.
 */
export async function handler({ Records }: Pick<DynamoDBStreamEvent, 'Records'>): Promise<void> {
  const own = services()
  const known = await fields(own)
  const rows = customersIn(Records)
  if (rows.length === 0) return
  const identified = identifiedIn(Records, rows)
  // Whoever comes second of two who are alike has to find the first, also where both come at once.
  const visible = identified.length > 0
  await own.index.put(
    rows.map(row => entryOf(row, known)),
    { visible },
  )
  await queueDuplicates(own, known, identified)
}
