import {
  type _Record,
  DescribeStreamCommand,
  type DynamoDBStreamsClient,
  GetShardIteratorCommand,
  ListStreamsCommand,
} from '@aws-sdk/client-dynamodb-streams'
import { readRecords } from '#adapters/dynamodb/stream-client.ts'
import type { Checkpoint } from './checkpoint.ts'

/** Consecutive records of a shard. */
export interface Batch {
  records: _Record[]
  /** The reader's position after processing them. */
  position: Checkpoint
}

interface OpenShard {
  id: string
  iterator: string
}

/** The names of a table's streams; there is one more each time the table is created. */
export async function toStreams(client: DynamoDBStreamsClient, table: string): Promise<string[]> {
  const { Streams = [] } = await client.send(new ListStreamsCommand({ TableName: table }))
  return Streams.flatMap(({ StreamArn }) => StreamArn ?? [])
}

/**
 * A position in a table's stream. Records are returned again until they are acknowledged. While there is nothing new, a read is one call:
 * shards are listed only at the start, when none is open any more, and after a failure.
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

  /** The next records, up to a limit; null if there are none yet. */
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

  /** Acknowledges the last batch. */
  acknowledge({ position }: Batch): void {
    this.#position = position
    this.#next?.()
    this.#next = null
  }

  async #readShard(shard: OpenShard, limit: number): Promise<Batch | null> {
    const { Records = [], NextShardIterator } = await readRecords(this.#client, shard.iterator, limit)
    const proceed = () => {
      if (NextShardIterator) shard.iterator = NextShardIterator
      else this.#open = this.#open.filter(open => open !== shard)
    }
    const last = Records.at(-1)?.dynamodb?.SequenceNumber
    if (last === undefined) {
      proceed()
      return null
    }
    this.#next = proceed
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
