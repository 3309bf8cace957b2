import type { DynamoDBBatchResponse, DynamoDBRecord, SQSRecord } from 'aws-lambda'
import { givenUp } from '#adapters/dynamodb/given-up.ts'
import { logger, settings } from './settings.ts'

/** A batch of a stream; or notes of batches that were given up, when they are to be taken after all (`npm run redrive`). */
export interface StreamEvent {
  Records: readonly (DynamoDBRecord | SQSRecord)[]
}

type Take = (records: readonly DynamoDBRecord[]) => Promise<unknown>

const TAKEN: DynamoDBBatchResponse = { batchItemFailures: [] }

const isNote = (record: DynamoDBRecord | SQSRecord): record is SQSRecord => 'messageId' in record
const isOfStream = (record: DynamoDBRecord | SQSRecord): record is DynamoDBRecord => !isNote(record)

/**
 * Hands a batch of a stream to whoever takes it. Where that fails, its records come one by one, in order, and the first that is not taken
 * is told: the stream goes on from there, so one record that cannot be read holds up nothing before it. What takes them can take them again.
 */
export async function taken({ Records }: StreamEvent, take: Take): Promise<DynamoDBBatchResponse> {
  const notes = Records.filter(isNote)
  return notes.length > 0 ? takenAfterAll(notes, take) : takenInOrder(Records.filter(isOfStream), take)
}

async function takenInOrder(records: readonly DynamoDBRecord[], take: Take): Promise<DynamoDBBatchResponse> {
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

/** A note whose records are not all taken stays in the queue. */
async function takenAfterAll(notes: readonly SQSRecord[], take: Take): Promise<DynamoDBBatchResponse> {
  const batchItemFailures: DynamoDBBatchResponse['batchItemFailures'] = []
  for (const { messageId, body } of notes)
    try {
      await take(await givenUp(body, settings().DYNAMODB_ENDPOINT))
    } catch (error) {
      logger.error('note not taken', { messageId, error: error instanceof Error ? error.name : 'unknown' })
      batchItemFailures.push({ itemIdentifier: messageId })
    }
  return { batchItemFailures }
}
