import * as z from 'zod'
import type { AuditStore, DayCount, EntryName, IndexCheckpoint, Keys, Seal, StoredEntry } from '#domain/audit/port.ts'
import { type ChangeLogEntry, lineKey, type RedactedVersion } from '#domain/records/change-log-entry.ts'
import { toKey, type Version } from '#domain/records/version.ts'
import { TimeSlice } from '../time-slice.ts'
import { ACCESS_SHARDS, accessKeys, accessPartition, toStoredAccess } from './access-store.ts'
import { getAll } from './batch.ts'
import { LINE_SHARDS, linePartition, recordedKey, toLine } from './change-log-store.ts'
import {
  AUDIT_DAYS,
  ERASED,
  PURGED,
  recordPartition,
  residueKey,
  toRecord,
  toRedactedVersion,
  toVersion,
  VERSION,
} from './items.ts'
import { putAbsent } from './put-if-absent.ts'
import type { Tables } from './tables.ts'
import { isConditionFailed } from './transaction-errors.ts'

type Key = { pk: string; sk: string }

/** How long rows are decoded and processed before other work of the process runs, in milliseconds. */
const SLICE_MS = 5
/** One for all stores of the process, since they are used at the same time. */
const SLICE = new TimeSlice(SLICE_MS)
/** Days read from the directory at once. */
const DAYS = 50

const place = z.object({ pk: z.string(), sk: z.string() })
const toName = ({ pk, sk }: Key): string => `${pk} ${sk}`
const versionKey = (line: ChangeLogEntry): Key => ({
  pk: recordPartition(line.kind, line.id),
  sk: VERSION + toKey(line),
})

const sealPartition = (location: string): string => `seal#${location}`
const numbered = (n: number): string => String(n).padStart(10, '0')
const sealRow = z.object({
  sk: z.string().transform(Number),
  from: z.string(),
  to: z.string(),
  at: z.string(),
  entries: z.array(z.tuple([z.string(), z.string()])),
  prev: z.string().nullable(),
  restarts: z.array(z.object({ n: z.number(), from: z.string(), at: z.string() })).default([]),
  hash: z.string(),
})

/** Counts made after the seals restarted are in partitions of their own. */
const countPartition = (location: string, restarts: number): string =>
  restarts === 0 ? `count#${location}` : `count#${location}#${restarts}`
const countRow = z.object({ sk: z.string(), counts: z.array(z.tuple([z.string(), z.string(), z.number()])) })

/** The checkpoint of this location's index. */
const CARRIED: Key = { pk: 'own', sk: 'carried' }
const carriedRow = z.object({ index: z.string(), from: z.string(), to: z.string(), n: z.number() })

function toStoredEntry(row: Record<string, unknown>): StoredEntry {
  if (String(row.pk).startsWith('access#')) return toStoredAccess(row)
  const line = toLine(row)
  return { key: lineKey(line), line }
}

/** Change-log entries from `views`; accesses, seals and counts from the registry. */
export class DynamoAuditStore implements AuditStore {
  readonly partitions = LINE_SHARDS + ACCESS_SHARDS
  readonly #tables: Tables
  readonly #ConsistentRead: boolean
  readonly #slice: TimeSlice

  /**
   * @param consistent whether entries are read consistently, which costs twice as much.
   * @param slice lets other work of the process run between rows.
   */
  constructor(tables: Tables, consistent = false, slice = SLICE) {
    this.#tables = tables
    this.#ConsistentRead = consistent
    this.#slice = slice
  }

  async *days(from: string, to: string, newestFirst: boolean): AsyncGenerator<string> {
    const pages = this.#tables.pages({
      TableName: this.#tables.names.views,
      KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
      ExpressionAttributeValues: { ':pk': AUDIT_DAYS, ':from': from, ':to': to },
      ScanIndexForward: !newestFirst,
      ConsistentRead: this.#ConsistentRead,
      Limit: DAYS,
    })
    for await (const { Items = [] } of pages) for (const item of Items) yield place.parse(item).sk
  }

  async entries(day: string, partition: number, { above, below }: Keys, newestFirst: boolean, limit: number) {
    const { registry, views } = this.#tables.names
    const ofLines = partition < LINE_SHARDS
    const pk = ofLines ? linePartition('recorded', day, partition) : accessPartition(day, partition - LINE_SHARDS)
    const { Items = [], LastEvaluatedKey } = await this.#tables.query({
      TableName: ofLines ? views : registry,
      KeyConditionExpression: 'pk = :pk AND sk BETWEEN :above AND :below',
      ExpressionAttributeValues: { ':pk': pk, ':above': above, ':below': below },
      ScanIndexForward: !newestFirst,
      ConsistentRead: this.#ConsistentRead,
      Limit: limit + 1,
    })
    const decoded: StoredEntry[] = []
    for (const item of Items) {
      await this.yieldToOthers()
      decoded.push(toStoredEntry(item))
    }
    const rows = decoded.filter(({ key }) => key > above && key < below)
    const more = LastEvaluatedKey !== undefined || rows.length > limit
    return { rows: rows.slice(0, limit), more }
  }

  yieldToOthers(): Promise<void> {
    return this.#slice.pauseAtEnd()
  }

  async named(names: readonly EntryName[]): Promise<StoredEntry[]> {
    const lines = names.flatMap(({ key, id }) => (id === null ? [] : [recordedKey(key, id)]))
    const accesses = names.flatMap(({ key, id }) => (id === null ? accessKeys(key) : []))
    const { registry, views } = this.#tables.names
    const rows = await Promise.all([this.#rows(lines, views), this.#rows(accesses, registry)])
    return rows.flatMap(byKey => [...byKey.values()].map(toStoredEntry))
  }

  async carried(): Promise<IndexCheckpoint | null> {
    const TableName = this.#tables.names.views
    const { Item } = await this.#tables.get({ TableName, Key: CARRIED, ConsistentRead: true })
    return Item ? carriedRow.parse(Item) : null
  }

  async putCarried(carried: IndexCheckpoint, expected: IndexCheckpoint | null): Promise<boolean> {
    const TableName = this.#tables.names.views
    const Item = { ...CARRIED, ...carried }
    if (expected === null) return putAbsent(this.#tables, TableName, Item)
    try {
      await this.#tables.put({
        TableName,
        Item,
        ConditionExpression: '#index = :index AND n = :n',
        ExpressionAttributeNames: { '#index': 'index' },
        ExpressionAttributeValues: { ':index': expected.index, ':n': expected.n },
      })
      return true
    } catch (error) {
      if (isConditionFailed(error)) return false
      throw error
    }
  }

  async versions(lines: readonly ChangeLogEntry[]): Promise<(Version | null)[]> {
    const rows = await this.#rows(lines.map(versionKey))
    return lines.map(line => {
      const row = rows.get(toName(versionKey(line)))
      return row ? toVersion(row) : null
    })
  }

  async residues(lines: readonly ChangeLogEntry[]): Promise<(RedactedVersion | null)[]> {
    const toTombstoneKeys = (line: ChangeLogEntry): Key[] =>
      [PURGED, ERASED].map(sk => ({ pk: recordPartition(line.kind, line.id), sk }))
    const rows = await this.#rows(lines.flatMap(line => [residueKey(line), ...toTombstoneKeys(line)]))
    return lines.map(line => {
      const row = rows.get(toName(residueKey(line)))
      return row && toTombstoneKeys(line).some(key => rows.has(toName(key))) ? toRedactedVersion(row) : null
    })
  }

  async tombstoned(customers: readonly string[]): Promise<string[]> {
    const keys = customers.flatMap(id => [PURGED, ERASED].map(sk => ({ pk: recordPartition('customer', id), sk })))
    const rows = await this.#rows(keys)
    return [...new Set([...rows.values()].map(row => toRecord(place.parse(row).pk).id))]
  }

  /** Rows by name; missing ones are left out. */
  async #rows(
    keys: readonly Key[],
    table = this.#tables.names.registry,
  ): Promise<Map<string, Record<string, unknown>>> {
    const keysByName = new Map(keys.map(key => [toName(key), key]))
    const rows = await getAll(this.#tables, table, [...keysByName.values()], false)
    return new Map(rows.map(row => [toName(place.parse(row)), row]))
  }

  async seals(location: string, after: number, limit: number): Promise<Seal[]> {
    const { Items = [] } = await this.#tables.query({
      TableName: this.#tables.names.registry,
      KeyConditionExpression: 'pk = :pk AND sk > :after',
      ExpressionAttributeValues: { ':pk': sealPartition(location), ':after': numbered(after) },
      Limit: limit,
    })
    return Items.map(item => this.#seal(location, item))
  }

  async lastSeal(location: string): Promise<Seal | null> {
    const item = await this.#last(sealPartition(location))
    return item ? this.#seal(location, item) : null
  }

  #seal(location: string, item: unknown): Seal {
    const { sk: n, ...rest } = sealRow.parse(item)
    return { location, n, ...rest }
  }

  putSeal({ location, n, ...rest }: Seal): Promise<boolean> {
    const row = { pk: sealPartition(location), sk: numbered(n), ...rest }
    return putAbsent(this.#tables, this.#tables.names.registry, row)
  }

  async dayCounts(location: string, restarts: number, from: string, to: string): Promise<DayCount[]> {
    const counts: DayCount[] = []
    const pages = this.#tables.pages({
      TableName: this.#tables.names.registry,
      KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
      ExpressionAttributeValues: { ':pk': countPartition(location, restarts), ':from': from, ':to': to },
    })
    for await (const { Items = [] } of pages)
      for (const item of Items) {
        const { sk: day, counts: of } = countRow.parse(item)
        counts.push({ location, day, restarts, counts: of })
      }
    return counts
  }

  async lastCounted(location: string, restarts: number): Promise<string | null> {
    const item = await this.#last(countPartition(location, restarts))
    return item ? place.parse(item).sk : null
  }

  async putDayCount({ location, day, restarts, counts }: DayCount): Promise<void> {
    const row = { pk: countPartition(location, restarts), sk: day, counts }
    await putAbsent(this.#tables, this.#tables.names.registry, row)
  }

  async #last(pk: string): Promise<Record<string, unknown> | undefined> {
    const { Items = [] } = await this.#tables.query({
      TableName: this.#tables.names.registry,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': pk },
      ScanIndexForward: false,
      Limit: 1,
    })
    return Items[0]
  }
}
