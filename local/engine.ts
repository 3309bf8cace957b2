import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { createTables } from '#adapters/dynamodb/schema.ts'
import { connect, type TableNames } from '#adapters/dynamodb/tables.ts'
import { readCheckpoint } from './checkpoint.ts'
import { freePort } from './free-port.ts'
import type { Lock } from './lock.ts'
import { toReplicated } from './replication/journal.ts'
import { type Service, StartupError } from './service.ts'

const DAY_MS = 86_400_000

/** The engine's binary: from its package for this platform, otherwise from the path. */
function binary(): string {
  try {
    const about = import.meta.resolve(`@dynoxide/${process.platform}-${process.arch}/package.json`)
    const packaged = join(fileURLToPath(about), '..', 'dynoxide')
    if (existsSync(packaged)) return packaged
  } catch {
    // There is no package for this platform: use the path.
  }
  const onPath = (process.env.PATH ?? '')
    .split(delimiter)
    .map(folder => join(folder, 'dynoxide'))
    .find(existsSync)
  if (onPath) return onPath
  throw new StartupError(
    `There is no table engine for ${process.platform}-${process.arch}: put a dynoxide binary on the path, or name a DynamoDB in DYNAMODB_ENDPOINT (DynamoDB Local will do)`,
  )
}

/**
 * The table engine as a separate process with its tables in one file. It has its own process group, so that Ctrl-C does not stop it before
 * its writers.
 */
export class Engine implements Service {
  readonly name = 'tables'
  endpoint = ''
  readonly #folder: string
  readonly #file: string
  readonly #names: TableNames
  readonly #lock: Lock
  #process: ChildProcess | null = null

  constructor(folder: string, names: TableNames, lock: Lock) {
    this.#folder = folder
    this.#file = join(folder, 'tables.db')
    this.#names = names
    this.#lock = lock
  }

  async start(): Promise<void> {
    const fresh = !existsSync(this.#file)
    if (!fresh) this.#tidy()
    await this.#run()
    if (fresh) {
      // The engine creates its schema at its first start; the missing index can only be added afterwards.
      await this.#end()
      this.#tidy()
      await this.#run()
    }
    const client = connect({ endpoint: this.endpoint })
    await createTables(client, this.#names)
    client.destroy()
  }

  async stop(): Promise<void> {
    await this.#end()
    await this.#lock.engineIs(null)
  }

  /** Adds an index without which every write would scan all stream records, and deletes stream records after a day, as DynamoDB does. */
  #tidy(): void {
    const database = new DatabaseSync(this.#file)
    database.exec(
      'CREATE INDEX IF NOT EXISTS stream_seq_int ON _stream_records(table_name, CAST(sequence_number AS INTEGER))',
    )
    const newest = 'SELECT MAX(id) FROM _stream_records GROUP BY table_name'
    const old = database.prepare(
      `DELETE FROM _stream_records WHERE table_name = ? AND created_at < ? AND CAST(sequence_number AS INTEGER) <= ? AND id NOT IN (${newest})`,
    )
    const before = Math.floor((Date.now() - DAY_MS) / 1000)
    for (const table of Object.values(this.#names)) old.run(table, before, this.#taken(table))
    database.close()
  }

  /** The sequence number up to which all readers have processed a stream; 0 if none. Later records stay, whatever their age. */
  #taken(table: string): number {
    const replicated = table === this.#names.registry ? toReplicated(this.#folder) : null
    const readers = [readCheckpoint(this.#folder, table, null), ...(replicated ? [replicated] : [])]
    return Math.min(...readers.map(reader => Math.max(0, ...Object.values(reader).map(Number))))
  }

  async #run(): Promise<void> {
    const port = await freePort()
    const child = spawn(binary(), ['serve', '--port', String(port), '--db-path', this.#file], {
      stdio: 'ignore',
      detached: true,
    })
    this.#process = child
    this.endpoint = `http://127.0.0.1:${port}`
    const failed = once(child, 'exit').then(() => {
      throw new StartupError('The table engine exited at start: its file may be damaged')
    })
    failed.catch(() => undefined)
    await Promise.race([failed, this.#answers()])
    await this.#lock.engineIs(child.pid ?? null)
  }

  async #answers(): Promise<void> {
    for (let tries = 0; tries < 500; tries++) {
      if (
        await fetch(this.endpoint).then(
          answer => answer.body?.cancel().then(() => true) ?? true,
          () => false,
        )
      )
        return
      await wait(10)
    }
    throw new StartupError('The table engine does not respond')
  }

  async #end(): Promise<void> {
    const child = this.#process
    this.#process = null
    if (child === null || child.exitCode !== null || child.signalCode !== null) return
    const exit = once(child, 'exit')
    child.kill('SIGTERM')
    await exit
  }
}
