import type { DynamoDBBatchResponse, DynamoDBRecord, SQSRecord } from 'aws-lambda'
import { givenUp } from '#adapters/dynamodb/failed-batch.ts'
import { getSettings, logger } from './settings.ts'

/** A batch of a stream; or notes of batches that were given up, when they are to be taken after all (`npm run redrive`). */
export interface StreamEvent {
  Records: readonly (DynamoDBRecord | SQSRecord)[]
}

type BatchProcessor = (records: readonly DynamoDBRecord[]) => Promise<unknown>

const NO_FAILURES: DynamoDBBatchResponse = { batchItemFailures: [] }

const isFailedBatchNote = (record: DynamoDBRecord | SQSRecord): record is SQSRecord => 'messageId' in record
const isStreamRecord = (record: DynamoDBRecord | SQSRecord): record is DynamoDBRecord => !isFailedBatchNote(record)

/**
 * Hands a batch of a stream to whoever takes it. Where that fails, its records come one by one, in order, and the first that is not taken
 * is told: the stream goes on from there, so one record that cannot be read holds up nothing before it. What takes them can take them again.
 */
export async function processBatch(
  { Records }: StreamEvent,
  processRecords: BatchProcessor,
): Promise<DynamoDBBatchResponse> {
  const notes = Records.filter(isFailedBatchNote)
  return notes.length > 0
    ? redriveBatches(notes, processRecords)
    : processInOrder(Records.filter(isStreamRecord), processRecords)
}

async function processInOrder(
  records: readonly DynamoDBRecord[],
  processRecords: BatchProcessor,
): Promise<DynamoDBBatchResponse> {
  try {
    await processRecords(records)
    return NO_FAILURES
  } catch (error) {
    if (records.length === 1) return reportFailure(records[0], error)
  }
  for (const record of records)
    try {
      await processRecords([record])
    } catch (error) {
      return reportFailure(record, error)
    }
  return NO_FAILURES
}

/** A record is told by its number in the stream alone: its key names a customer. */
function reportFailure(record: DynamoDBRecord | undefined, error: unknown): DynamoDBBatchResponse {
  const itemIdentifier = record?.dynamodb?.SequenceNumber ?? ''
  logger.error('record not taken', { itemIdentifier, error: error instanceof Error ? error.name : 'unknown' })
  return { batchItemFailures: [{ itemIdentifier }] }
}

/** A note whose records are not all taken stays in the queue. */
async function redriveBatches(
  notes: readonly SQSRecord[],
  processRecords: BatchProcessor,
): Promise<DynamoDBBatchResponse> {
  const batchItemFailures: DynamoDBBatchResponse['batchItemFailures'] = []
  for (const { messageId, body } of notes)
    try {
      await processRecords(await givenUp(body, getSettings().DYNAMODB_ENDPOINT))
    } catch (error) {
      logger.error('note not taken', { messageId, error: error instanceof Error ? error.name : 'unknown' })
      batchItemFailures.push({ itemIdentifier: messageId })
    }
  return { batchItemFailures }
}
