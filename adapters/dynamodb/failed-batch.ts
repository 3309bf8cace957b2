import { GetRecordsCommand, GetShardIteratorCommand } from '@aws-sdk/client-dynamodb-streams'
import type { DynamoDBRecord } from 'aws-lambda'
import * as z from 'zod'
import { connectStreams, isRecord } from './stream-client.ts'

/** Lambda's note of a failed batch: the position of its records in the stream, without the records. */
const note = z.object({
  DDBStreamBatchInfo: z.object({
    streamArn: z.string(),
    shardId: z.string(),
    startSequenceNumber: z.string(),
    endSequenceNumber: z.string(),
  }),
})

/**
 * Reads the records of a failed batch from the stream, in order.
 *
 * @throws TrimmedDataAccessException if they are older than 24 hours.
 */
export async function readFailedBatch(body: string, endpoint: string | undefined): Promise<DynamoDBRecord[]> {
  const { DDBStreamBatchInfo: batch } = note.parse(JSON.parse(body))
  const client = connectStreams(endpoint)
  const last = BigInt(batch.endSequenceNumber)
  const response = await client.send(
    new GetShardIteratorCommand({
      StreamArn: batch.streamArn,
      ShardId: batch.shardId,
      ShardIteratorType: 'AT_SEQUENCE_NUMBER',
      SequenceNumber: batch.startSequenceNumber,
    }),
  )
  const records: DynamoDBRecord[] = []
  for (let iterator = response.ShardIterator; iterator !== undefined; ) {
    const page = await client.send(new GetRecordsCommand({ ShardIterator: iterator }))
    const read = (page.Records ?? []).filter(isRecord)
    const within = read.filter(({ dynamodb }) => BigInt(dynamodb?.SequenceNumber ?? 0) <= last)
    records.push(...within)
    const done = within.length < read.length || within.at(-1)?.dynamodb?.SequenceNumber === batch.endSequenceNumber
    iterator = done ? undefined : page.NextShardIterator
  }
  return records
}
