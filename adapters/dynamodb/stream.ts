import type { AttributeValue } from '@aws-sdk/client-dynamodb'
import { unmarshall } from '@aws-sdk/util-dynamodb'
import type { DynamoDBRecord } from 'aws-lambda'

/** A stream's types and the client's differ in name alone. */
function isImage(image: unknown): image is Record<string, AttributeValue> {
  return typeof image === 'object' && image !== null
}

/** Rows that were read, by their images: several look at the records of one batch, and each image is read once. */
const rows = new WeakMap<object, Record<string, unknown>>()

function read(image: unknown): Record<string, unknown> | null {
  if (!isImage(image)) return null
  const row = rows.get(image) ?? unmarshall(image)
  rows.set(image, row)
  return row
}

/** The row that a record of a stream leaves behind; null where the row went. */
export const toImage = (record: DynamoDBRecord): Record<string, unknown> | null => read(record.dynamodb?.NewImage)

/** The row that there was before; null where there was none. */
export const toOldImage = (record: DynamoDBRecord): Record<string, unknown> | null => read(record.dynamodb?.OldImage)
