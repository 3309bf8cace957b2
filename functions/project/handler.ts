import type { DynamoDBBatchResponse } from 'aws-lambda'
import { toViewChanges } from '#adapters/dynamodb/stream.ts'
import { projectCustomers } from '#domain/views/project-customers.ts'
import { createServices, getFields } from '../runtime/services.ts'
import { processBatch, type StreamEvent } from '../runtime/stream-batch.ts'

/** Reads the stream of `views`. Reports the first record that failed, so that Lambda retries from there. */
export async function handler(event: StreamEvent): Promise<DynamoDBBatchResponse> {
  const services = createServices()
  return processBatch(event, async records =>
    projectCustomers(services, await getFields(services), toViewChanges(records), () => new Date().toISOString()),
  )
}
