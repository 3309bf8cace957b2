import { setTimeout as wait } from 'node:timers/promises'
import {
  type _Record,
  DescribeStreamCommand,
  DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
  ListStreamsCommand,
} from '@aws-sdk/client-dynamodb-streams'
import type { DynamoDBRecord } from 'aws-lambda'
import { logger } from '#functions/settings.ts'
import { readCheckpoint, writeCheckpoint } from './checkpoint.ts'
import type { Service } from './service.ts'

export type StreamHandler = (event: { Records: DynamoDBRecord[] }) => Promise<void>

const IDLE_MS = 200
const MOST_RETRY_MS = 5000
const BATCH = 500

/** A record of the streams' API is what a function is handed, but for the spelling of its types. */
function isRecord(record: _Record): record is _Record & DynamoDBRecord {
  return record.dynamodb !== undefined
}

/**
 * Reads one table's stream and hands its records to a function, as a stream mapping does: in order, at least once, a failed batch again
 * until it is taken. Where it stands is kept in a file after each batch, so that a start goes on from there.
 */
export class StreamReader implements Service {
  readonly name: string
  readonly #table: string
  readonly #folder: string
  readonly #handler: StreamHandler
  readonly #client: () => DynamoDBStreamsClient
  #stopping = new AbortController()
  #running: Promise<void> | null = null
  #wake: () => void = () => undefined

  constructor(table: string, folder: string, endpoint: () => string, handler: StreamHandler) {
    this.name = `stream of ${table}`
    this.#table = table
    this.#folder = folder
    this.#handler = handler
    this.#client = () => {
      const credentials = { accessKeyId: 'local', secretAccessKey: 'local' }
      const client = new DynamoDBStreamsClient({ endpoint: endpoint(), region: 'local', credentials })
      client.middlewareStack.remove('loggerMiddleware')
      return client
    }
  }

  async start(): Promise<void> {
    this.#stopping = new AbortController()
    this.#running = this.#run(this.#client())
  }

  /** Ends after the batch in hand. */
  async stop(): Promise<void> {
    this.#stopping.abort()
    this.#wake()
    await this.#running
  }

  /** There may be something new: look now. */
  nudge(): void {
    this.#wake()
  }

  async #run(client: DynamoDBStreamsClient): Promise<void> {
    const position = readCheckpoint(this.#folder, this.#table)
    const { signal } = this.#stopping
    for (let failures = 0; !signal.aborted; ) {
      try {
        const taken = await this.#takeAll(client, position)
        failures = 0
        if (taken === 0) await this.#rest(IDLE_MS)
      } catch (error) {
        failures += 1
        if (!signal.aborted)
          logger.warn('stream batch failed', {
            table: this.#table,
            failures,
            error: error instanceof Error ? error.name : 'unknown',
          })
        await this.#rest(Math.min(MOST_RETRY_MS, 50 * 2 ** failures))
      }
    }
    client.destroy()
  }

  async #rest(ms: number): Promise<void> {
    const nudged = new Promise<void>(resolve => {
      this.#wake = resolve
    })
    if (!this.#stopping.signal.aborted) await Promise.race([nudged, wait(ms)])
  }

  /** Reads every shard on from where it was. */
  async #takeAll(client: DynamoDBStreamsClient, position: Record<string, string>): Promise<number> {
    const { Streams = [] } = await client.send(new ListStreamsCommand({ TableName: this.#table }))
    let taken = 0
    for (const { StreamArn } of Streams) {
      const { StreamDescription } = await client.send(new DescribeStreamCommand({ StreamArn }))
      for (const { ShardId } of StreamDescription?.Shards ?? []) {
        if (StreamArn && ShardId) taken += await this.#takeShard(client, StreamArn, ShardId, position)
      }
    }
    return taken
  }

  async #takeShard(
    client: DynamoDBStreamsClient,
    StreamArn: string,
    ShardId: string,
    position: Record<string, string>,
  ): Promise<number> {
    const SequenceNumber = position[ShardId]
    const from = SequenceNumber
      ? ({ ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', SequenceNumber } as const)
      : ({ ShardIteratorType: 'TRIM_HORIZON' } as const)
    const { ShardIterator } = await client.send(new GetShardIteratorCommand({ StreamArn, ShardId, ...from }))
    let taken = 0
    for (let iterator = ShardIterator; iterator && !this.#stopping.signal.aborted; ) {
      const { Records = [], NextShardIterator } = await client.send(
        new GetRecordsCommand({ ShardIterator: iterator, Limit: BATCH }),
      )
      const last = Records.at(-1)?.dynamodb?.SequenceNumber
      if (last === undefined) break
      await this.#handler({ Records: Records.filter(isRecord) })
      position[ShardId] = last
      writeCheckpoint(this.#folder, this.#table, position)
      taken += Records.length
      iterator = NextShardIterator
    }
    return taken
  }
}
