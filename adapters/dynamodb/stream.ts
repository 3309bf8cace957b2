import type { AttributeValue } from '@aws-sdk/client-dynamodb'
import { unmarshall } from '@aws-sdk/util-dynamodb'
import type { DynamoDBRecord } from 'aws-lambda'

/** A stream's types and the client's differ in name alone. */
function isImage(image: unknown): image is Record<string, AttributeValue> {
  return typeof image === 'object' && image !== null
}

/** The row that a record of a stream leaves behind; null where the row went. */
export function imageOf(record: DynamoDBRecord): Record<string, unknown> | null {
  const image = record.dynamodb?.NewImage
  return isImage(image) ? unmarshall(image) : null
}
