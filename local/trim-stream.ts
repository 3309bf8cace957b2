import { DatabaseSync } from 'node:sqlite'
import * as z from 'zod'
import { Loop } from './poller.ts'
import type { Service } from './service.ts'

const EVERY_MS = 1000
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
const EMPTY = 'UPDATE _stream_records SET new_image = NULL, old_image = NULL WHERE id = ?'

const removedRecord = z.object({ keys: z.string() })
const imagesRecord = z.object({ id: z.number(), images: z.string() })

interface Streams {
  file: string
  registry: string
  views: string
  /** The sequence number up to which all readers have processed a table's stream. */
  processedUpTo(table: string): number
}

/**
 * Empties the stream records of erased and purged customers as soon as all readers have processed them. The engine keeps the records of a
 * day, with the images of rows before and after each change. Every stream record that mentions such a customer is emptied: versions, current
 * rows, pairs and purchases. The same applies to customers from whose versions an erasure removed values.
 */
export class StreamTrimmer implements Service {
  readonly name = 'stream trimmer'
  readonly #streams: Streams
  readonly #loop: Loop
  /** Ids to look for, and until when. */
  readonly #removed = new Map<string, number>()
  /** Up to where each stream was read. */
  #read: ReadonlyMap<string, number> = new Map()

  constructor(streams: Streams) {
    this.#streams = streams
    const failed = (error: unknown, failures: number) => {
      if (failures === WORTH_SAYING)
        console.error(`trimming the stream keeps failing: ${error instanceof Error ? error.message : error}`)
    }
    const run = async () => {
      this.#open(database => this.#trim(database))
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
   * Trims while the engine does not run, and rewrites its file if anything was emptied: it keeps deleted rows until their space is used
   * again. If the disk is full or the process is killed, the next clean stop does it.
   */
  compact(): void {
    try {
      this.#open(database => {
        this.#trim(database)
        if (database.prepare('PRAGMA user_version').get()?.user_version === 1)
          database.exec('VACUUM; PRAGMA user_version = 0')
      })
    } catch (error) {
      console.warn(`The tables were not compacted: ${error instanceof Error ? error.message : error}`)
    }
  }

  #open(work: (database: DatabaseSync) => void): void {
    const database = new DatabaseSync(this.#streams.file, { timeout: 1000 })
    try {
      database.exec('PRAGMA secure_delete = ON')
      work(database)
    } finally {
      database.close()
    }
  }

  #trim(database: DatabaseSync): void {
    const { registry, views, processedUpTo } = this.#streams
    const now = Date.now()
    for (const [id, until] of this.#removed) if (until < now) this.#removed.delete(id)
    const upTo = new Map([registry, views].map(table => [table, processedUpTo(table)]))
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

  #mentioning(database: DatabaseSync, range: [table: string, from: number, to: number]): number[] {
    const ids: number[] = []
    for (const row of database.prepare(IMAGES).iterate(...range)) {
      const { id, images } = imagesRecord.parse(row)
      if (images.match(UUIDS)?.some(mentioned => this.#removed.has(mentioned))) ids.push(id)
    }
    return ids
  }
}
