import {
  type _Record,
  DynamoDBStreamsClient,
  GetRecordsCommand,
  type GetRecordsCommandOutput,
} from '@aws-sdk/client-dynamodb-streams'
import type { DynamoDBRecord } from 'aws-lambda'
import { LOCAL_IDENTITY, REQUEST_TIMEOUT_MS, SignedPosts } from '../signed-posts.ts'
import { isObject } from './document-shapes.ts'
import { engineAt, withoutLog } from './sdk-documents.ts'

const TARGET = 'DynamoDBStreams_20120810.GetRecords'

/** A client of streams whose records are read without the SDK's layers, which take most of the time of a read. */
class DirectStreamsClient extends DynamoDBStreamsClient {
  readonly posts: SignedPosts

  constructor(endpoint: string) {
    super(engineAt(endpoint))
    const getClockOffset = () => this.config.systemClockOffset
    this.posts = new SignedPosts({
      endpoint,
      service: 'dynamodb',
      identity: LOCAL_IDENTITY,
      timeoutMs: REQUEST_TIMEOUT_MS,
      getClockOffset,
    })
  }

  override destroy(): void {
    this.posts.destroy()
    super.destroy()
  }
}

/**
 * A client of the streams of an engine; of the region's DynamoDB without an endpoint.
 *
 * @param directly whether records are read without the SDK's layers.
 */
export const connectStreams = (endpoint: string | undefined, directly = false): DynamoDBStreamsClient =>
  withoutLog(
    directly && endpoint !== undefined
      ? new DirectStreamsClient(endpoint)
      : new DynamoDBStreamsClient(engineAt(endpoint)),
  )

/** Whether a record of the streams API is one that Lambda passes to functions; they differ only in their declared types. */
export function isRecord(record: _Record): record is _Record & DynamoDBRecord {
  return record.dynamodb !== undefined
}

type Output = Pick<GetRecordsCommandOutput, 'Records' | 'NextShardIterator'>

const isOutput = (value: unknown): value is Output => isObject(value) && Array.isArray(value.Records)

/** One attempt without the SDK's layers; null if it does not succeed. */
async function readDirectly({ posts }: DirectStreamsClient, input: object): Promise<Output | null> {
  const outcome = await posts.send(TARGET, JSON.stringify(input))
  if ('error' in outcome || outcome.statusCode !== 200) return null
  try {
    const output: unknown = JSON.parse(outcome.body.toString())
    return isOutput(output) ? output : null
  } catch {
    return null
  }
}

/**
 * Reads the next records of a shard. Whatever does not succeed directly is repeated by the SDK, whose errors are thrown. Records that are read
 * directly are as Lambda passes them: times are seconds, and bytes are in base64.
 */
export async function readRecords(
  client: DynamoDBStreamsClient,
  ShardIterator: string,
  Limit: number,
): Promise<Output> {
  const input = { ShardIterator, Limit }
  const output = client instanceof DirectStreamsClient ? await readDirectly(client, input) : null
  return output ?? client.send(new GetRecordsCommand(input))
}
