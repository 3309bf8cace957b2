import type { DynamoDBRecord } from 'aws-lambda'
import { currentOf } from '#adapters/dynamodb/rows.ts'
import { imageOf, oldImageOf } from '#adapters/dynamodb/stream.ts'
import type { Field } from '#contract/schemas/field.ts'
import type { RecordStore } from '#domain/ports.ts'
import { refold } from '#domain/records/change.ts'
import { entryOf, markOf } from '#domain/search/entry.ts'
import type { IndexEntry } from '#domain/search/port.ts'
import { isCustomerImage } from './identity-changes.ts'

/**
 * What the index is to hold of the customers whose rows changed, in the order of the changes. Of one whose row went, a mark alone, if
 * nothing is left to make a row of: where the row was only thrown away, the index is right to hold the customer.
 */
export async function toIndexEntries(
  store: RecordStore,
  fields: ReadonlyMap<string, Field>,
  records: readonly DynamoDBRecord[],
): Promise<IndexEntry[]> {
  const entries: IndexEntry[] = []
  for (const record of records) {
    const [newImage, oldImage] = [imageOf(record), oldImageOf(record)]
    if (isCustomerImage(newImage)) entries.push(entryOf(currentOf(newImage), fields))
    if (newImage !== null || !isCustomerImage(oldImage)) continue
    const removedRow = currentOf(oldImage)
    if ((await refold(store, 'customer', removedRow.id)).row === null) entries.push(markOf(entryOf(removedRow, fields)))
  }
  return entries
}
