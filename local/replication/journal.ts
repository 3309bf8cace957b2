import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite'
import { deserialize, serialize } from 'node:v8'
import * as z from 'zod'
import { type Checkpoint, checkpoint } from '../checkpoint.ts'
import { type Change, type Image, isLater, type Moment, type Written } from './change.ts'

export const JOURNAL_FILE = 'replication.db'

/** What one location has of another's changes. */
const place = z.object({
  /** The journal that the number belongs to. */
  journal: z.string(),
  /** The number of the last applied change. */
  n: z.number(),
  /** The key to continue after while the whole table is being copied; empty at the beginning, null when done. */
  copying: z.object({ pk: z.string().optional(), sk: z.string().optional() }).nullable(),
})
export type Place = z.infer<typeof place>

/** A change with the time when it was read, in milliseconds, and its size in bytes. */
export type Journalled = Change & { seen: number; bytes: number }

const moment = z.object({ at: z.number(), origin: z.string(), n: z.number() })
const changed = z.object({
  n: z.number(),
  pk: z.string(),
  sk: z.string(),
  at: z.number(),
  seen: z.number(),
  image: z.instanceof(Uint8Array).nullable(),
})

const isImage = (value: unknown): value is Image => typeof value === 'object' && value !== null

function imageIn(bytes: Uint8Array): Image {
  const image: unknown = deserialize(bytes)
  if (!isImage(image)) throw new Error('the journal contains an invalid row')
  return image
}

/**
 * The replicator's state of one location, in a file beside its tables: what was written there and has not arrived everywhere, what others
 * deleted there, and what it has of others' changes. It belongs to one table; for a new table it starts empty.
 */
export class Journal {
  readonly #location: string
  readonly #database: DatabaseSync
  readonly #statements = new Map<string, StatementSync>()
  readonly table: string
  /** The number of the last change. */
  last: number

  /** @param table the name of the table's stream. */
  constructor(folder: string, location: string, table: string) {
    this.#location = location
    this.table = table
    this.#database = new DatabaseSync(join(folder, JOURNAL_FILE))
    this.#database.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA secure_delete = ON;
      CREATE TABLE IF NOT EXISTS change (n INTEGER PRIMARY KEY AUTOINCREMENT, pk TEXT, sk TEXT, at INTEGER, seen INTEGER, image BLOB);
      CREATE INDEX IF NOT EXISTS change_key ON change (pk, sk);
      CREATE TABLE IF NOT EXISTS gone (pk TEXT, sk TEXT, at INTEGER, origin TEXT, n INTEGER, PRIMARY KEY (pk, sk)) WITHOUT ROWID;
      CREATE TABLE IF NOT EXISTS place (source TEXT PRIMARY KEY, place TEXT);
      CREATE TABLE IF NOT EXISTS about (name TEXT PRIMARY KEY, value TEXT)`)
    if (this.#about('table') !== table)
      this.#transaction(() => {
        for (const name of ['change', 'gone', 'place', 'about']) this.#database.exec(`DELETE FROM ${name}`)
        this.#say('table', table)
        this.#say('id', randomUUID())
      })
    this.last = this.#number("SELECT seq AS value FROM sqlite_sequence WHERE name = 'change'")
  }

  get id(): string {
    return this.#about('id') ?? ''
  }

  /** The number of the last pruned change. */
  get pruned(): number {
    return Number(this.#about('pruned') ?? 0)
  }

  /** The position up to which the location's stream was read. */
  get position(): Checkpoint {
    return checkpoint.parse(JSON.parse(this.#about('position') ?? '{}'))
  }

  /** Appends changes and the stream's new position. A write is later than the one it replaces, even within a second. */
  append(writes: readonly Written[], position: Checkpoint): void {
    const seen = Date.now()
    const insert = this.#prepared('INSERT INTO change (pk, sk, at, seen, image) VALUES (?, ?, ?, ?, ?)')
    this.#transaction(() => {
      for (const { pk, sk, at, over, row } of writes) {
        const before = this.latest(pk, sk)
        const floor = before === null ? 0 : before.at + (before.from === this.#location ? 0 : 1)
        const time = Math.max(at, floor, over === null ? 0 : over.at + 1)
        this.last = Number(insert.run(pk, sk, time, seen, row && serialize(row)).lastInsertRowid)
      }
      this.#say('position', JSON.stringify(position))
    })
  }

  /** The changes after one, in order, up to a limit. */
  after(n: number, limit: number): Journalled[] {
    return this.#prepared('SELECT n, pk, sk, at, seen, image FROM change WHERE n > ? ORDER BY n LIMIT ?')
      .all(n, limit)
      .map(stored => {
        const { n, pk, sk, at, seen, image } = changed.parse(stored)
        const row = image && imageIn(image)
        return { pk, sk, seen, row, bytes: image?.length ?? 0, moment: { at, from: this.#location, n } }
      })
  }

  /** When a row was last written locally, or deleted here by another location; null if before everything that may still arrive. */
  latest(pk: string, sk: string): Moment | null {
    const written = this.#moment(
      'SELECT at, ? AS origin, n FROM change WHERE pk = ? AND sk = ? ORDER BY n DESC LIMIT 1',
      [this.#location, pk, sk],
    )
    const deleted = this.#moment('SELECT at, origin, n FROM gone WHERE pk = ? AND sk = ?', [pk, sk])
    if (written === null || deleted === null) return written ?? deleted
    return isLater(deleted, written) ? deleted : written
  }

  /** What the location has of another's changes; null if nothing. */
  placeOf(source: string): Place | null {
    const stored = this.#prepared('SELECT place FROM place WHERE source = ?').get(source)?.place
    return typeof stored === 'string' ? place.parse(JSON.parse(stored)) : null
  }

  /** Records that the location has another's changes up to a position. */
  recordPlace(source: string, place: Place): void {
    this.#prepared('INSERT OR REPLACE INTO place VALUES (?, ?)').run(source, JSON.stringify(place))
  }

  /** Records that others delete rows at this location. Each deletion is later than what was known about the row. */
  bury(deletions: readonly Change[]): void {
    if (deletions.length === 0) return
    const bury = this.#prepared('INSERT OR REPLACE INTO gone VALUES (?, ?, ?, ?, ?)')
    this.#transaction(() => {
      for (const { pk, sk, moment } of deletions) bury.run(pk, sk, moment.at, moment.from, moment.n)
    })
  }

  /** Deletes changes that all others have, if they are older than everything that may still arrive here. */
  prune(n: number, at: number): void {
    this.#transaction(() => {
      const first = this.#number('SELECT MIN(n) AS value FROM change WHERE at >= ?', [at])
      const upTo = Math.min(n, first === 0 ? this.last : first - 1)
      this.#prepared('DELETE FROM change WHERE n <= ?').run(upTo)
      this.#prepared('DELETE FROM gone WHERE at < ?').run(at)
      this.#say('pruned', String(Math.max(upTo, this.pruned)))
    })
  }

  close(): void {
    this.#database.close()
  }

  #prepared(query: string): StatementSync {
    const cached = this.#statements.get(query)
    if (cached) return cached
    const statement = this.#database.prepare(query)
    this.#statements.set(query, statement)
    return statement
  }

  #moment(query: string, values: SQLInputValue[]): Moment | null {
    const row = this.#prepared(query).get(...values)
    if (row === undefined) return null
    const { at, origin, n } = moment.parse(row)
    return { at, from: origin, n }
  }

  #number(query: string, values: SQLInputValue[] = []): number {
    return Number(this.#prepared(query).get(...values)?.value ?? 0)
  }

  #about(name: string): string | null {
    const value = this.#prepared('SELECT value FROM about WHERE name = ?').get(name)?.value
    return typeof value === 'string' ? value : null
  }

  #say(name: string, value: string): void {
    this.#prepared('INSERT OR REPLACE INTO about VALUES (?, ?)').run(name, value)
  }

  #transaction(steps: () => void): void {
    this.#database.exec('BEGIN IMMEDIATE')
    try {
      steps()
      this.#database.exec('COMMIT')
    } catch (error) {
      this.#database.exec('ROLLBACK')
      throw error
    }
  }
}

/** The position up to which the replicator has read a location's stream; null if there was no replicator. */
export function toReplicated(folder: string): Checkpoint | null {
  let database: DatabaseSync | null = null
  try {
    database = new DatabaseSync(join(folder, JOURNAL_FILE), { readOnly: true })
    const value = database.prepare("SELECT value FROM about WHERE name = 'position'").get()?.value
    return checkpoint.parse(JSON.parse(typeof value === 'string' ? value : '{}'))
  } catch {
    return null
  } finally {
    database?.close()
  }
}
