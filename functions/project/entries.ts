import type { DynamoDBRecord } from 'aws-lambda'
import { currentOf } from '#adapters/dynamodb/rows.ts'
import { imageOf, oldImageOf } from '#adapters/dynamodb/stream.ts'
import type { Field } from '#contract/schemas/field.ts'
import type { RecordStore } from '#domain/ports.ts'
import { refold } from '#domain/records/change.ts'
import { entryOf, markOf } from '#domain/search/entry.ts'
import type { IndexEntry } from '#domain/search/port.ts'
import { isCustomer } from './identified.ts'

/**
 * What the index is to hold of the customers whose rows changed, in the order of the changes. Of one whose row went, a mark alone, if
 * nothing is left to make a row of: where the row was only thrown away, the index is right to hold the customer.
 */
export async function entriesIn(
  store: RecordStore,
  fields: ReadonlyMap<string, Field>,
  records: readonly DynamoDBRecord[],
): Promise<IndexEntry[]> {
  const entries: IndexEntry[] = []
  for (const record of records) {
    const [now, before] = [imageOf(record), oldImageOf(record)]
    if (isCustomer(now)) entries.push(entryOf(currentOf(now), fields))
    if (now !== null || !isCustomer(before)) continue
    const went = currentOf(before)
    if ((await refold(store, 'customer', went.id)).row === null) entries.push(markOf(entryOf(went, fields)))
  }
  return entries
}
