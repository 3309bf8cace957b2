import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as wait } from 'node:timers/promises'
import { ExponentialBackoff } from 'cockatiel'
import { createTables } from '#adapters/dynamodb/schema.ts'
import { connect } from '#adapters/dynamodb/sdk-documents.ts'
import type { TableNames } from '#adapters/dynamodb/tables.ts'
import { EngineProcess } from './engine-process.ts'
import { freeAddress } from './free-port.ts'
import type { Lock } from './lock.ts'
import { TABLES_FILE } from './names.ts'
import { type Service, StartupError } from './service.ts'
import { StreamTrimmer } from './trim-stream.ts'
import { TrimThread } from './trim-thread.ts'

/** How often in a row the engine is restarted. */
const MAX_RESTARTS = 6
/** After this time without an end, the count of restarts begins again, in milliseconds. */
const STABLE_MS = 60_000

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

/**
 * The table engine as a separate process with its tables in one file. When the process ends unexpectedly, it is restarted at the same
 * address, so that everything that uses it only has to try again.
 */
export class Engine implements Service {
  readonly name = 'tables'
  /** Deletes processed stream records while it runs, and empties those of erased customers. */
  readonly trimmer: Service
  readonly #folder: string
  readonly #file: string
  readonly #names: TableNames
  readonly #lock: Lock
  readonly #failed: (reason: string) => void
  readonly #stopping = new AbortController()
  #address: Awaited<ReturnType<typeof freeAddress>> | null = null
  #process: EngineProcess | null = null
  #restarting: Promise<void> = Promise.resolve()

  /** @param failed called once when restarts have failed repeatedly. */
  constructor(folder: string, names: TableNames, lock: Lock, failed: (reason: string) => void = () => undefined) {
    this.#folder = folder
    this.#file = join(folder, TABLES_FILE)
    this.#names = names
    this.#lock = lock
    this.#failed = failed
    this.trimmer = new TrimThread({ folder, names })
  }

  /** Where it listens. It is empty before `reserve`. */
  get endpoint(): string {
    return this.#address ? `http://${this.#address.host}:${this.#address.port}` : ''
  }

  /** Chooses the address, which stays the same until it is stopped. */
  async reserve(): Promise<void> {
    this.#address ??= await freeAddress()
  }

  async start(): Promise<void> {
    const fresh = !existsSync(this.#file)
    if (!fresh) this.#tidy()
    let engine = await this.#run()
    if (fresh) {
      // The engine creates its schema at its first start; the missing index can only be added afterwards.
      await engine.end()
      this.#tidy()
      engine = await this.#run()
    }
    this.#process = engine
    const client = connect({ endpoint: this.endpoint })
    try {
      await createTables(client, this.#names)
    } catch (error) {
      await engine.end()
      throw error
    } finally {
      client.destroy()
    }
    this.#restarting = this.#keepRunning(engine)
  }

  async stop(): Promise<void> {
    this.#stopping.abort()
    await this.#process?.end()
    await this.#restarting
    if (this.#process !== null) new StreamTrimmer({ folder: this.#folder, names: this.#names }).compact()
    await this.#lock.engineIs(null)
  }

  /** Restarts the engine whenever it ends, until it is stopped or restarts have failed repeatedly. */
  async #keepRunning(started: EngineProcess): Promise<void> {
    const { signal } = this.#stopping
    const backoff = new ExponentialBackoff({ initialDelay: 100, maxDelay: 5000 })
    let delay = backoff.next()
    let restarts = 0
    let startedAt = performance.now()
    for (let engine: EngineProcess | null = started, how = ''; !signal.aborted; ) {
      if (engine) how = await engine.ended
      if (signal.aborted) return
      if (performance.now() - startedAt > STABLE_MS) [restarts, delay] = [0, backoff.next()]
      if (restarts === MAX_RESTARTS)
        return this.#failed(`its table engine ended ${restarts + 1} times in a row (last: ${how})`)
      restarts += 1
      console.warn(`The table engine ended (${how}): restart ${restarts} of ${MAX_RESTARTS}`)
      await wait(delay.duration, undefined, { signal }).catch(() => undefined)
      if (signal.aborted) return
      delay = delay.next(undefined)
      startedAt = performance.now()
      engine = await this.#run().catch((error: unknown) => {
        how = messageOf(error)
        return null
      })
      this.#process = engine
      if (signal.aborted) await engine?.end()
      else if (engine) console.warn('The table engine was restarted')
    }
  }

  /** Adds an index without which every write would scan all stream records. */
  #tidy(): void {
    const database = new DatabaseSync(this.#file)
    try {
      database.exec(
        'CREATE INDEX IF NOT EXISTS stream_seq_int ON _stream_records(table_name, CAST(sequence_number AS INTEGER))',
      )
    } catch (error) {
      // Reads still work on a full disk.
      if (!messageOf(error).includes('disk is full')) throw error
      console.warn(`The disk of ${this.#folder} is full: the tables cannot be written`)
    } finally {
      database.close()
    }
  }

  /** @throws StartupError */
  async #run(): Promise<EngineProcess> {
    await this.reserve()
    if (this.#address === null) throw new StartupError('No free port')
    const engine = new EngineProcess(this.#address, this.#file)
    try {
      // Recorded before it answers: the next start ends it if this process is killed meanwhile.
      await this.#lock.engineIs(engine.pid)
      await engine.answers()
      return engine
    } catch (error) {
      await engine.end()
      throw error
    }
  }
}
