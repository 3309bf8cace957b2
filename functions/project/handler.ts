import type { DynamoDBBatchResponse } from 'aws-lambda'
import { createServices, getFields } from '../runtime/services.ts'
import { processBatch, type StreamEvent } from '../runtime/stream-batch.ts'
import { projectStream } from './stream.ts'

/** Reads the stream of `views`. Tells the record from which it has to come again when the index does not take it. */
export async function handler(event: StreamEvent): Promise<DynamoDBBatchResponse> {
  const services = createServices()
  return processBatch(event, async records =>
    projectStream(services, await getFields(services), records, () => new Date().toISOString()),
  )
}
