import type { DynamoDBRecord } from 'aws-lambda'
import { connectStreams } from '#adapters/dynamodb/stream-client.ts'
import { StreamCursor } from '#local/stream-cursor.ts'

/** Reads what a table's stream has that was not read before. */
export function streamOf(endpoint: string, table: string): () => Promise<DynamoDBRecord[]> {
  const cursor = new StreamCursor(connectStreams(endpoint), table, {})
  return async () => {
    const records: DynamoDBRecord[] = []
    for (let batch = await cursor.read(1000); batch !== null; batch = await cursor.read(1000)) {
      records.push(...(batch.records as DynamoDBRecord[]))
      cursor.acknowledge(batch)
    }
    return records
  }
}
