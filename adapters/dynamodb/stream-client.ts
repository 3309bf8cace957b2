import { type _Record, DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams'
import type { DynamoDBRecord } from 'aws-lambda'
import { engineAt, withoutLog } from './tables.ts'

/** A client of the streams of an engine; of the region's own where no endpoint is said. */
export const connectStreams = (endpoint: string | undefined): DynamoDBStreamsClient =>
  withoutLog(new DynamoDBStreamsClient(engineAt(endpoint)))

/** A record of the streams' API is what a function is handed, but for the spelling of its types. */
export function isRecord(record: _Record): record is _Record & DynamoDBRecord {
  return record.dynamodb !== undefined
}
