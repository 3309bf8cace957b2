import type { DynamoDBStreamEvent } from 'aws-lambda'
import { currentOf } from '#adapters/dynamodb/rows.ts'
import { imageOf } from '#adapters/dynamodb/stream.ts'
import type { IndexEntry } from '#domain/ports.ts'
import { entryOf } from '#domain/search/entry.ts'
import { fields, services } from '../services.ts'

/** Feeds the index from the stream of `views`: the customers' current rows as they are now. Throws, so that the whole batch comes again, when the index does not take it. */
export async function handler(event: Pick<DynamoDBStreamEvent, 'Records'>): Promise<void> {
  const { index, lists } = services()
  const known = await fields({ lists })
  const entries = event.Records.flatMap((record): IndexEntry[] => {
    const image = imageOf(record)
    return image && String(image.pk).startsWith('customers#') ? [entryOf(currentOf(image), known)] : []
  })
  if (entries.length > 0) await index.put(entries)
}
