import type { DynamoDBRecord } from 'aws-lambda'
import { toCurrent } from '#adapters/dynamodb/items.ts'
import { toImage, toOldImage } from '#adapters/dynamodb/stream.ts'
import type { Field } from '#contract/schemas/field.ts'
import type { RecordStore } from '#domain/records/port.ts'
import { foldFromStore } from '#domain/records/update-record.ts'
import { toDeletionMarker, toEntry } from '#domain/search/entry.ts'
import type { IndexEntry } from '#domain/search/port.ts'
import { isCustomerImage } from './identity-changes.ts'

/**
 * The index entries of customers whose rows changed, in the order of the changes. A customer whose row was deleted gets a deletion marker only if
 * no versions are left; otherwise the index keeps the customer.
 */
export async function toIndexEntries(
  store: RecordStore,
  fields: ReadonlyMap<string, Field>,
  records: readonly DynamoDBRecord[],
): Promise<IndexEntry[]> {
  const entries: IndexEntry[] = []
  for (const record of records) {
    const [newImage, oldImage] = [toImage(record), toOldImage(record)]
    if (isCustomerImage(newImage)) entries.push(toEntry(toCurrent(newImage), fields))
    if (newImage !== null || !isCustomerImage(oldImage)) continue
    const removedRow = toCurrent(oldImage)
    if ((await foldFromStore(store, 'customer', removedRow.id)).row === null)
      entries.push(toDeletionMarker(toEntry(removedRow, fields)))
  }
  return entries
}
