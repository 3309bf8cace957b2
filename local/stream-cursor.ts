import {
  type _Record,
  DescribeStreamCommand,
  type DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
  ListStreamsCommand,
} from '@aws-sdk/client-dynamodb-streams'
import type { Checkpoint } from './checkpoint.ts'

/** Some records that follow one another in a shard. */
export interface Batch {
  records: _Record[]
  /** Where the stream's reader stands once it has taken them. */
  position: Checkpoint
}

interface OpenShard {
  id: string
  iterator: string
}

/** The names of a table's streams: one more each time that the table is made anew. */
export async function toStreams(client: DynamoDBStreamsClient, table: string): Promise<string[]> {
  const { Streams = [] } = await client.send(new ListStreamsCommand({ TableName: table }))
  return Streams.flatMap(({ StreamArn }) => StreamArn ?? [])
}

/**
 * A place in one table's stream. What was read comes again until it is said to be taken. While nothing is new, a look is one call: where
 * the shards are is asked when it begins, when none of them is open any more, and after a failure.
 */
export class StreamCursor {
  readonly #client: DynamoDBStreamsClient
  readonly #table: string
  #position: Checkpoint
  #open: OpenShard[] = []
  #next: (() => void) | null = null

  constructor(client: DynamoDBStreamsClient, table: string, position: Checkpoint) {
    this.#client = client
    this.#table = table
    this.#position = position
  }

  /** What comes next, at most `limit` records; null: nothing at the moment. */
  async read(limit: number): Promise<Batch | null> {
    try {
      if (this.#open.length === 0) await this.#find()
      for (const shard of [...this.#open]) {
        const batch = await this.#readShard(shard, limit)
        if (batch) return batch
      }
      return null
    } catch (error) {
      this.#open = []
      throw error
    }
  }

  /** The batch that was read last has been taken. */
  taken({ position }: Batch): void {
    this.#position = position
    this.#next?.()
    this.#next = null
  }

  async #readShard(shard: OpenShard, Limit: number): Promise<Batch | null> {
    const { Records = [], NextShardIterator } = await this.#client.send(
      new GetRecordsCommand({ ShardIterator: shard.iterator, Limit }),
    )
    const goOn = () => {
      if (NextShardIterator) shard.iterator = NextShardIterator
      else this.#open = this.#open.filter(open => open !== shard)
    }
    const last = Records.at(-1)?.dynamodb?.SequenceNumber
    if (last === undefined) {
      goOn()
      return null
    }
    this.#next = goOn
    return { records: Records, position: { ...this.#position, [shard.id]: last } }
  }

  async #find(): Promise<void> {
    const open: OpenShard[] = []
    for (const StreamArn of await toStreams(this.#client, this.#table)) {
      const { StreamDescription } = await this.#client.send(new DescribeStreamCommand({ StreamArn }))
      for (const { ShardId } of StreamDescription?.Shards ?? []) {
        if (ShardId === undefined) continue
        const SequenceNumber = this.#position[ShardId]
        const from = SequenceNumber
          ? ({ ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', SequenceNumber } as const)
          : ({ ShardIteratorType: 'TRIM_HORIZON' } as const)
        const { ShardIterator } = await this.#client.send(new GetShardIteratorCommand({ StreamArn, ShardId, ...from }))
        if (ShardIterator) open.push({ id: ShardId, iterator: ShardIterator })
      }
    }
    this.#open = open
  }
}
