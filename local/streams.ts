import type { DynamoDBBatchResponse, DynamoDBRecord } from 'aws-lambda'
import { connectStreams, isRecord } from '#adapters/dynamodb/stream-client.ts'
import { getSettings, logger } from '#functions/runtime/settings.ts'
import { type Checkpoint, readCheckpoint, writeCheckpoint } from './checkpoint.ts'
import { errorName } from './error-name.ts'
import { Loop } from './poller.ts'
import type { Service } from './service.ts'
import { StreamCursor, toStreams } from './stream-cursor.ts'

export type StreamHandler = (event: { Records: DynamoDBRecord[] }) => Promise<DynamoDBBatchResponse>

/** A record of a batch failed; the function's log has the reason. */
class BatchFailed extends Error {
  override readonly name = 'NotTaken'
}

const IDLE_MS = 200
/**
 * The minimum time between two reads if there is little or nothing to read, in milliseconds: under load, a read for each response would find
 * few records, and none most of the time.
 */
const INTERVAL_MS = 50
const MAX_RETRY_MS = 5000
/** How often the position is stored at most, in milliseconds. */
const CHECKPOINT_MS = 500
const BATCH = 500
/** How long it processes further batches when it stops, in milliseconds. */
const DRAIN_MS = 2000

/**
 * Reads a table's stream and passes its records to a function, as a Lambda event source mapping does: in order, at least once, repeating a
 * failed batch until it succeeds. The position is stored from time to time, when there is nothing to read, and at the end: after a crash, the last
 * batches are processed again.
 */
export class StreamReader implements Service {
  readonly name: string
  readonly #table: string
  readonly #folder: string
  readonly #endpoint: () => string
  readonly #handler: StreamHandler
  readonly #loop: Loop
  #cursor: StreamCursor | null = null
  #stream = ''
  /** The position that is not stored yet. */
  #pending: Checkpoint | null = null
  #storedAt = Number.NEGATIVE_INFINITY
  #disconnect: () => void = () => undefined

  constructor(table: string, folder: string, endpoint: () => string, handler: StreamHandler) {
    this.name = `stream of ${table}`
    this.#table = table
    this.#folder = folder
    this.#endpoint = endpoint
    this.#handler = handler
    const failed = (error: unknown, failures: number) =>
      logger.warn('stream batch failed', { table, failures, error: errorName(error) })
    this.#loop = new Loop(() => this.#take(), failed, MAX_RETRY_MS, INTERVAL_MS)
  }

  async start(): Promise<void> {
    const client = connectStreams(this.#endpoint(), getSettings().DYNAMODB_CLIENT !== 'sdk')
    this.#disconnect = () => client.destroy()
    this.#stream = (await toStreams(client, this.#table)).at(-1) ?? ''
    const position = readCheckpoint(this.#folder, this.#table, this.#stream)
    this.#cursor = new StreamCursor(client, this.#table, position)
    this.#loop.start()
  }

  /** Stops once it has processed what there is, but not after a failure. */
  async stop(): Promise<void> {
    await this.#loop.stop()
    const drain = async () => {
      const deadline = performance.now() + DRAIN_MS
      while ((await this.#take()) !== IDLE_MS && performance.now() < deadline);
    }
    await drain().catch(() => undefined)
    this.#store()
    this.#disconnect()
  }

  /** Reads soon, because there may be something new. */
  nudge(): void {
    this.#loop.nudge()
  }

  /** Processes what there is. Returns how long to wait before the next read, in milliseconds; IDLE_MS if there was nothing. */
  async #take(): Promise<number> {
    const batch = await this.#cursor?.read(BATCH)
    if (!batch) {
      this.#store()
      return IDLE_MS
    }
    const { batchItemFailures } = await this.#handler({ Records: batch.records.filter(isRecord) })
    if (batchItemFailures.length > 0) {
      this.#store()
      throw new BatchFailed()
    }
    this.#cursor?.acknowledge(batch)
    this.#pending = batch.position
    if (performance.now() - this.#storedAt >= CHECKPOINT_MS) this.#store()
    return batch.records.length < BATCH ? INTERVAL_MS : 0
  }

  #store(): void {
    if (this.#pending === null) return
    writeCheckpoint(this.#folder, this.#table, this.#stream, this.#pending)
    this.#pending = null
    this.#storedAt = performance.now()
  }
}
