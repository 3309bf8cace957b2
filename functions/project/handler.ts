import type { DynamoDBBatchResponse } from 'aws-lambda'
import { type StreamEvent, taken } from '../batch.ts'
import { fields, services } from '../services.ts'
import { projectStream } from './stream.ts'

/** Reads the stream of `views`. Tells the record from which it has to come again when the index does not take it. */
export async function handler(event: StreamEvent): Promise<DynamoDBBatchResponse> {
  const own = services()
  return taken(event, async records => projectStream(own, await fields(own), records, () => new Date().toISOString()))
}
