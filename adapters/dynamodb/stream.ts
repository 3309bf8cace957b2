import type { AttributeValue } from '@aws-sdk/client-dynamodb'
import { unmarshall } from '@aws-sdk/util-dynamodb'
import type { DynamoDBRecord } from 'aws-lambda'

/** A stream's types and the client's differ in name alone. */
function isImage(image: unknown): image is Record<string, AttributeValue> {
  return typeof image === 'object' && image !== null
}

const read = (image: unknown): Record<string, unknown> | null => (isImage(image) ? unmarshall(image) : null)

/** The row that a record of a stream leaves behind; null where the row went. */
export const imageOf = (record: DynamoDBRecord): Record<string, unknown> | null => read(record.dynamodb?.NewImage)

/** The row that there was before; null where there was none. */
export const oldImageOf = (record: DynamoDBRecord): Record<string, unknown> | null => read(record.dynamodb?.OldImage)
