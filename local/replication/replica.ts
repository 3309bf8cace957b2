import type { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { connect } from '#adapters/dynamodb/sdk-documents.ts'
import { connectStreams } from '#adapters/dynamodb/stream-client.ts'
import { TABLES } from '../names.ts'
import { Loop } from '../poller.ts'
import { StreamCursor, toStreams } from '../stream-cursor.ts'
import { writtenIn } from './change.ts'
import { Journal } from './journal.ts'

const IDLE_MS = 100
const MAX_RETRY_MS = 1000
const BATCH = 250

interface Connection {
  client: DynamoDBClient
  cursor: StreamCursor
  close(): void
}

/** A location as the replicator sees it. It reads the stream of `registry` into its journal while the location is reachable. */
export class Replica {
  readonly name: string
  readonly #folder: string
  readonly #changed: () => void
  readonly #tail: Loop
  #endpoint: string | null = null
  #connection: Connection | null = null
  #journal: Journal | null = null
  #looking: Promise<void> = Promise.resolve()
  #turn: Promise<unknown> = Promise.resolve()
  /** Nothing is replicated to or from it. */
  cut = false
  /** The delay of replication to and from it, in milliseconds. */
  lag = 0
  /** Everything written here before this time is in the journal; 0 if unknown. */
  complete = 0

  /** @param changed called when the journal has new changes, or when the location is reachable again. */
  constructor(name: string, folder: string, changed: () => void, failed: (error: unknown, failures: number) => void) {
    this.name = name
    this.#folder = folder
    this.#changed = changed
    this.#tail = new Loop(() => this.#follow(), failed, MAX_RETRY_MS)
  }

  /** What was written here locally and by others, as far as known. */
  get journal(): Journal | null {
    return this.#journal
  }

  /** The client of its table, while it is reachable. */
  get client(): DynamoDBClient | null {
    return this.cut ? null : (this.#connection?.client ?? null)
  }

  start(): void {
    this.#tail.start()
  }

  async stop(): Promise<void> {
    await this.#tail.stop()
    this.#disconnect()
    this.#journal?.close()
    this.#journal = null
  }

  /** Sets the endpoint of its table engine; null if it is not running. */
  at(endpoint: string | null): void {
    this.#endpoint = endpoint
    this.#disconnect()
    this.nudge()
  }

  nudge(): void {
    this.#tail.nudge()
  }

  settled(): Promise<void> {
    return this.#tail.settled()
  }

  /** Reads everything that was written here before the call into the journal. */
  look(): Promise<void> {
    const before = this.#looking
    this.#looking = before.catch(() => undefined).then(() => this.#readOn())
    return this.#looking
  }

  /** Runs work exclusively, because each link must know what the others have applied. */
  inTurn(work: () => Promise<void>): Promise<void> {
    const done = this.#turn.then(work)
    this.#turn = done.catch(() => undefined)
    return done
  }

  async #follow(): Promise<number> {
    if (this.cut || this.#endpoint === null) return 60_000
    await this.look()
    return IDLE_MS
  }

  async #readOn(): Promise<void> {
    const { cursor } = this.#connection ?? (await this.#connect())
    for (;;) {
      const started = Date.now()
      const batch = await cursor.read(BATCH)
      if (batch === null) {
        const first = this.complete === 0
        this.complete = started
        if (first) this.#changed()
        return
      }
      this.#journal?.append(
        batch.records.map(writtenIn).filter(written => written !== null),
        batch.position,
      )
      cursor.acknowledge(batch)
      this.#changed()
    }
  }

  async #connect(): Promise<Connection> {
    const endpoint = this.#endpoint
    if (endpoint === null) throw new Error(`${this.name} is unreachable`)
    const streams = connectStreams(endpoint)
    const table = (await toStreams(streams, TABLES.registry)).at(-1)
    if (table === undefined) throw new Error(`${TABLES.registry} of ${this.name} has no stream`)
    if (this.#endpoint !== endpoint) throw new Error(`${this.name} was restarted at another address`)
    const journal = this.#journalOf(table)
    const client = connect({ endpoint })
    const cursor = new StreamCursor(streams, TABLES.registry, journal.position)
    const close = () => {
      client.destroy()
      streams.destroy()
    }
    this.#connection = { client, cursor, close }
    this.#changed()
    return this.#connection
  }

  /** The journal survives restarts of the location; a new table gets a new one. */
  #journalOf(table: string): Journal {
    if (this.#journal?.table === table) return this.#journal
    this.#journal?.close()
    this.complete = 0
    this.#journal = new Journal(this.#folder, this.name, table)
    return this.#journal
  }

  #disconnect(): void {
    this.#connection?.close()
    this.#connection = null
  }
}
