import { type _Record, DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams'
import type { DynamoDBRecord } from 'aws-lambda'
import { engineAt, withoutLog } from './tables.ts'

/** A client of the streams of an engine; of the region's DynamoDB without an endpoint. */
export const connectStreams = (endpoint: string | undefined): DynamoDBStreamsClient =>
  withoutLog(new DynamoDBStreamsClient(engineAt(endpoint)))

/** Whether a record of the streams API is one that Lambda passes to functions; they differ only in their declared types. */
export function isRecord(record: _Record): record is _Record & DynamoDBRecord {
  return record.dynamodb !== undefined
}
