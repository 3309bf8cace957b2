import type { DynamoDBBatchResponse, DynamoDBRecord } from 'aws-lambda'
import { logger } from './settings.ts'

const TAKEN: DynamoDBBatchResponse = { batchItemFailures: [] }

/**
 * Hands a batch of a stream to whoever takes it. Where that fails, its records come one by one, in order, and the first that is not taken
 * is told: the stream goes on from there, so one record that cannot be read holds up nothing before it. What takes them can take them again.
 */
export async function taken(
  records: readonly DynamoDBRecord[],
  take: (records: readonly DynamoDBRecord[]) => Promise<unknown>,
): Promise<DynamoDBBatchResponse> {
  try {
    await take(records)
    return TAKEN
  } catch (error) {
    if (records.length === 1) return refused(records[0], error)
  }
  for (const record of records)
    try {
      await take([record])
    } catch (error) {
      return refused(record, error)
    }
  return TAKEN
}

/** A record is told by its number in the stream alone: its key names a customer. */
function refused(record: DynamoDBRecord | undefined, error: unknown): DynamoDBBatchResponse {
  const itemIdentifier = record?.dynamodb?.SequenceNumber ?? ''
  logger.error('record not taken', { itemIdentifier, error: error instanceof Error ? error.name : 'unknown' })
  return { batchItemFailures: [{ itemIdentifier }] }
}
