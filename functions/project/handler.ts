import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda'
import { taken } from '../batch.ts'
import { fields, lineIndex, services } from '../services.ts'
import { projectStream } from './stream.ts'

/** Reads the stream of `views`. Tells the record from which it has to come again when the index does not take it. */
export async function handler({ Records }: Pick<DynamoDBStreamEvent, 'Records'>): Promise<DynamoDBBatchResponse> {
  const own = services()
  const ports = { ...own, lineIndex: lineIndex() }
  return taken(Records, async records =>
    projectStream(ports, await fields(own), records, () => new Date().toISOString()),
  )
}
