import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import * as z from 'zod'
import type { TableNames } from '#adapters/dynamodb/tables.ts'
import { readCheckpoint } from './checkpoint.ts'
import { TABLES_FILE } from './names.ts'
import { Loop } from './poller.ts'
import { toReplicated } from './replication/journal.ts'
import type { Service } from './service.ts'

const EVERY_MS = 1000
/** How long records are kept while the engine runs, in seconds: a backup copies the positions of the readers before the tables. */
const KEPT_SECONDS = 600
/** How many records are deleted at a time: the engine waits meanwhile. */
const DELETED_AT_ONCE = 500
/** Of a file with more unused pages than this, a clean stop gives the space back. */
const MAX_UNUSED = 0.25
/** For how long after a record's versions were removed its other rows may still change. */
const FOLLOW_MS = 60_000
/** Single failures are normal while the engine is writing. */
const WORTH_SAYING = 8
const UUIDS = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g

const UP_TO = 'table_name = ? AND CAST(sequence_number AS INTEGER) > ? AND CAST(sequence_number AS INTEGER) <= ?'
/** Versions that an erasure or a purge deleted, or from which an erasure removed values. */
const REMOVED = `SELECT keys_json AS keys FROM _stream_records WHERE ${UP_TO} AND keys_json LIKE '%"S":"v#%'
  AND (event_name = 'REMOVE' OR event_name = 'MODIFY' AND new_image LIKE '%"redaction"%')`
const IMAGES = `SELECT id, COALESCE(new_image, '') || COALESCE(old_image, '') AS images FROM _stream_records WHERE ${UP_TO}`
/** The oldest records. The newest one of a table stays, because the engine numbers the next one after it. */
const OLDEST = `SELECT id FROM (SELECT id, created_at FROM _stream_records WHERE ${UP_TO} AND id <>
  (SELECT id FROM _stream_records WHERE table_name = ? ORDER BY CAST(sequence_number AS INTEGER) DESC LIMIT 1)
  ORDER BY CAST(sequence_number AS INTEGER) LIMIT ?) WHERE created_at < ?`
const DELETE = 'DELETE FROM _stream_records WHERE id = ?'
const EMPTY = 'UPDATE _stream_records SET new_image = NULL, old_image = NULL WHERE id = ?'

const removedRecord = z.object({ keys: z.string() })
const oldRecord = z.object({ id: z.number() })
const imagesRecord = z.object({ id: z.number(), images: z.string() })

/** The tables of one engine, and the folder with their file and the positions of the readers. */
export interface TablesFolder {
  folder: string
  names: TableNames
}

/**
 * Deletes stream records that all readers have processed, ten minutes later or at a clean stop: the engine itself keeps them for ever, with the
 * images of rows before and after each change. Those of erased and purged customers are emptied as soon as all readers have processed
 * them: every one that mentions such a customer, of versions, current rows, pairs and purchases. The same applies to customers from whose
 * versions an erasure removed values.
 *
 * It waits for the engine's writes without letting other work of its thread run: see `TrimThread`.
 */
export class StreamTrimmer implements Service {
  readonly name = 'stream trimmer'
  readonly #folder: string
  readonly #names: TableNames
  readonly #loop: Loop
  /** Ids to look for, and until when. */
  readonly #removed = new Map<string, number>()
  /** Up to where each stream was read. */
  #read: ReadonlyMap<string, number> = new Map()

  constructor({ folder, names }: TablesFolder) {
    this.#folder = folder
    this.#names = names
    const failed = (error: unknown, failures: number) => {
      if (failures === WORTH_SAYING)
        console.error(`trimming the stream keeps failing: ${error instanceof Error ? error.message : error}`)
    }
    const run = async () => {
      this.#open(database => {
        this.#trim(database)
        this.#deleteProcessed(database, KEPT_SECONDS)
      })
      return EVERY_MS
    }
    this.#loop = new Loop(run, failed, EVERY_MS)
  }

  async start(): Promise<void> {
    this.#loop.start()
  }

  async stop(): Promise<void> {
    await this.#loop.stop()
  }

  /**
   * Trims while the engine does not run, and rewrites its file if anything was emptied or much of it is unused: it keeps deleted rows until
   * their space is used again. If the disk is full or the process is killed, the next clean stop does it.
   */
  compact(): void {
    try {
      this.#open(database => {
        this.#trim(database)
        while (this.#deleteProcessed(database, 0) > 0);
        const value = (pragma: string) => Number(database.prepare(`PRAGMA ${pragma}`).get()?.[pragma])
        if (value('user_version') === 1 || value('freelist_count') > MAX_UNUSED * value('page_count'))
          database.exec('VACUUM; PRAGMA user_version = 0')
      })
    } catch (error) {
      console.warn(`The tables were not compacted: ${error instanceof Error ? error.message : error}`)
    }
  }

  #open(work: (database: DatabaseSync) => void): void {
    const database = new DatabaseSync(join(this.#folder, TABLES_FILE), { timeout: 1000 })
    try {
      database.exec('PRAGMA secure_delete = ON')
      work(database)
    } finally {
      database.close()
    }
  }

  #trim(database: DatabaseSync): void {
    const { registry, views } = this.#names
    const now = Date.now()
    for (const [id, until] of this.#removed) if (until < now) this.#removed.delete(id)
    const upTo = new Map([registry, views].map(table => [table, this.#processedUpTo(table)]))
    const last = this.#read
    this.#read = upTo
    let isNew = false
    const removed = database.prepare(REMOVED).all(registry, last.get(registry) ?? 0, upTo.get(registry) ?? 0)
    for (const { keys } of removed.map(row => removedRecord.parse(row)))
      for (const id of keys.match(UUIDS) ?? []) {
        isNew ||= !this.#removed.has(id)
        this.#removed.set(id, now + FOLLOW_MS)
      }
    if (this.#removed.size === 0) return
    // Earlier records were read without looking for an id that was found now.
    const mentioning = [...upTo].flatMap(([table, end]) =>
      this.#mentioning(database, [table, isNew ? 0 : (last.get(table) ?? 0), end]),
    )
    if (mentioning.length === 0) return
    const empty = database.prepare(EMPTY)
    database.exec('BEGIN IMMEDIATE')
    for (const id of mentioning) empty.run(id)
    // Makes a clean stop rewrite the file, also a later one if this process is killed.
    database.exec('PRAGMA user_version = 1; COMMIT')
  }

  /** Deletes some of the records that were written at least so many seconds ago, and returns how many. The engine uses their space again. */
  #deleteProcessed(database: DatabaseSync, seconds: number): number {
    const { registry, views } = this.#names
    const before = Math.floor(Date.now() / 1000) - seconds
    const oldest = database.prepare(OLDEST)
    const ids = [registry, views].flatMap(table =>
      oldest
        .all(table, 0, this.#processedUpTo(table), table, DELETED_AT_ONCE, before)
        .map(row => oldRecord.parse(row).id),
    )
    // Without anything to delete, the engine does not wait.
    if (ids.length === 0) return 0
    const remove = database.prepare(DELETE)
    database.exec('BEGIN IMMEDIATE')
    for (const id of ids) remove.run(id)
    database.exec('COMMIT')
    return ids.length
  }

  /** The sequence number up to which all readers have processed a stream; 0 if none. Later records stay, whatever their age. */
  #processedUpTo(table: string): number {
    const replicated = table === this.#names.registry ? toReplicated(this.#folder) : null
    const readers = [readCheckpoint(this.#folder, table, null), ...(replicated ? [replicated] : [])]
    return Math.min(...readers.map(reader => Math.max(0, ...Object.values(reader).map(Number))))
  }

  #mentioning(database: DatabaseSync, range: [table: string, from: number, to: number]): number[] {
    const ids: number[] = []
    for (const row of database.prepare(IMAGES).iterate(...range)) {
      const { id, images } = imagesRecord.parse(row)
      if (images.match(UUIDS)?.some(mentioned => this.#removed.has(mentioned))) ids.push(id)
    }
    return ids
  }
}
