import type { DynamoDBBatchResponse } from 'aws-lambda'
import { createServices, getFields } from '../runtime/services.ts'
import { processBatch, type StreamEvent } from '../runtime/stream-batch.ts'
import { projectStream } from './stream.ts'

/** Reads the stream of `views`. Reports the first record that failed, so that Lambda retries from there. */
export async function handler(event: StreamEvent): Promise<DynamoDBBatchResponse> {
  const services = createServices()
  return processBatch(event, async records =>
    projectStream(services, await getFields(services), records, () => new Date().toISOString()),
  )
}
