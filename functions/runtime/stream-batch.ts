import type { DynamoDBBatchResponse, DynamoDBRecord, SQSRecord } from 'aws-lambda'
import { getSettings, logger } from './settings.ts'

/** A stream batch, or dead-letter messages of failed batches (`npm run redrive`). */
export interface StreamEvent {
  Records: readonly (DynamoDBRecord | SQSRecord)[]
}

type BatchProcessor = (records: readonly DynamoDBRecord[]) => Promise<unknown>

const NO_FAILURES: DynamoDBBatchResponse = { batchItemFailures: [] }

const isFailedBatchNote = (record: DynamoDBRecord | SQSRecord): record is SQSRecord => 'messageId' in record
const isStreamRecord = (record: DynamoDBRecord | SQSRecord): record is DynamoDBRecord => !isFailedBatchNote(record)

/**
 * Processes a stream batch and reports the first failing record. If the batch fails, its records are processed one by one, in order, so that
 * a bad record holds up nothing before it. `processRecords` must be idempotent.
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

/** A record is reported by its sequence number only: its key names a customer. */
function reportFailure(record: DynamoDBRecord | undefined, error: unknown): DynamoDBBatchResponse {
  const itemIdentifier = record?.dynamodb?.SequenceNumber ?? ''
  logger.error('record not taken', { itemIdentifier, error: error instanceof Error ? error.name : 'unknown' })
  return { batchItemFailures: [{ itemIdentifier }] }
}

/** A message stays in the queue until all its records are processed. */
async function redriveBatches(
  notes: readonly SQSRecord[],
  processRecords: BatchProcessor,
): Promise<DynamoDBBatchResponse> {
  const { readFailedBatch } = await import('#adapters/dynamodb/failed-batch.ts')
  const batchItemFailures: DynamoDBBatchResponse['batchItemFailures'] = []
  for (const { messageId, body } of notes)
    try {
      await processRecords(await readFailedBatch(body, getSettings().DYNAMODB_ENDPOINT))
    } catch (error) {
      logger.error('note not taken', { messageId, error: error instanceof Error ? error.name : 'unknown' })
      batchItemFailures.push({ itemIdentifier: messageId })
    }
  return { batchItemFailures }
}
