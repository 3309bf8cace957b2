import { isDeepStrictEqual } from 'node:util'
import * as z from 'zod'
import {
  type ChangeLogEntry,
  type ChangeLogPosition,
  dayPartitions,
  lineKey,
  toDay,
  type VersionName,
} from '#domain/records/change-log-entry.ts'
import type { ChangeLogStore } from '#domain/records/port.ts'
import { action, kind } from '#domain/records/version.ts'
import { getAll, putAll } from './batch.ts'
import { createDecoder } from './decoder.ts'
import { AUDIT_DAYS, toShard } from './items.ts'
import { rowsAfter } from './rows-after.ts'
import type { Tables } from './tables.ts'

/** The number of partitions per day of change-log entries. */
export const LINE_SHARDS = 4

/** The maximum number of entries that one call reads. On a day with many back-dated changes, most are skipped. */
const MAX_READ = 500
const PAGE = 200

type Part = ChangeLogPosition['part']

/** The partition of entries by recording day, or by valid day if that differs. */
export const linePartition = (part: Part, day: string, shard: number): string =>
  `${part === 'recorded' ? 'audit' : 'valid'}#${day}#${shard}`

/** The shard of an entry; names of fields and types are hashed by their characters. */
export const lineShard = ({ id }: Pick<ChangeLogEntry, 'id'>): number => (toShard(id) || 0) % LINE_SHARDS

/** The key of an entry's row under its recording day. */
export const recordedKey = (key: string, id: string) => ({
  pk: linePartition('recorded', toDay(key), lineShard({ id })),
  sk: key,
})

const validPart = (line: VersionName): Part => dayPartitions(line).at(-1)?.part ?? 'recorded'

const directoryKey = (day: string, shard: number, part: Part): string => `${day}#${shard}#${part}`
const DIRECTORY = 'days#valid'

const dayPart = z.enum(['recorded', 'valid'])

const directoryEntry = z.string().transform(text => {
  const [day = '', shard = '', part = ''] = text.split('#')
  return { day, shard: Number(shard), part: dayPart.parse(part) }
})

const lineRow = z.object({
  kind,
  id: z.string(),
  valid_from: z.string(),
  recorded_at: z.string(),
  location: z.string(),
  action,
  actor: z.string(),
  digest: z.string(),
})
export const toLine = createDecoder(lineRow)
const toPlacedLine = createDecoder(lineRow.extend({ sk: z.string() }))

interface LogRow extends Record<string, unknown> {
  pk: string
  sk: string
}

const isDirectory = (pk: string): boolean => pk === DIRECTORY || pk === AUDIT_DAYS

/** The rows of entries and of their days in the directory, once each. */
function toRows(lines: readonly ChangeLogEntry[]): LogRow[] {
  const rows = lines.flatMap(line => {
    const shard = lineShard(line)
    const entries = dayPartitions(line).map(({ part, day }) => ({
      ...line,
      pk: linePartition(part, day, shard),
      sk: lineKey(line),
    }))
    const valid = directoryKey(toDay(line.valid_from), shard, validPart(line))
    return [...entries, { pk: DIRECTORY, sk: valid }, { pk: AUDIT_DAYS, sk: toDay(line.recorded_at) }]
  })
  return [...new Map(rows.map(row => [`${row.pk} ${row.sk}`, row])).values()]
}

/** The change log in `views`, with a directory of days that have entries, so that reading years costs only the days with changes. */
export class DynamoChangeLogStore implements ChangeLogStore {
  readonly #tables: Tables
  readonly #listed: Set<string>

  /** @param listed days known to be in the directory; days that are added to it are added here. */
  constructor(tables: Tables, listed: Set<string>) {
    this.#tables = tables
    this.#listed = listed
  }

  async putLines(lines: readonly ChangeLogEntry[]): Promise<void> {
    const isListed = ({ pk, sk }: LogRow) => isDirectory(pk) && this.#listed.has(sk)
    const rows = toRows(lines).filter(row => !isListed(row))
    await putAll(this.#tables, rows)
    for (const { pk, sk } of rows) if (isDirectory(pk)) this.#listed.add(sk)
  }

  async restoreLines(lines: readonly ChangeLogEntry[]): Promise<void> {
    const rows = toRows(lines)
    const keys = rows.map(({ pk, sk }) => ({ pk, sk }))
    const stored = await getAll(this.#tables, this.#tables.names.views, keys, true)
    const byKey = new Map(stored.map(row => [`${row.pk} ${row.sk}`, row]))
    await putAll(
      this.#tables,
      rows.filter(row => !isDeepStrictEqual(byKey.get(`${row.pk} ${row.sk}`), row)),
    )
  }

  async dropValid(lines: readonly VersionName[]): Promise<void> {
    for (const line of lines) {
      if (validPart(line) !== 'valid') continue
      const pk = linePartition('valid', toDay(line.valid_from), lineShard(line))
      await this.#tables.remove({ TableName: this.#tables.names.views, Key: { pk, sk: lineKey(line) } })
    }
  }

  async has(line: VersionName): Promise<boolean> {
    const pk = linePartition(validPart(line), toDay(line.valid_from), lineShard(line))
    const { Item } = await this.#tables.get({ TableName: this.#tables.names.views, Key: { pk, sk: lineKey(line) } })
    return Item !== undefined
  }

  async validBetween(
    from: string,
    to: string,
    place: ChangeLogPosition | null,
    limit: number,
  ): ReturnType<ChangeLogStore['validBetween']> {
    const lines: { line: ChangeLogEntry; place: ChangeLogPosition }[] = []
    let rest = place
    let read = 0
    const start = place ? directoryKey(place.day, place.shard, place.part) : toDay(from)
    for await (const { day, shard, part } of this.#directory(start, `${toDay(to)}~`)) {
      let after = place && directoryKey(day, shard, part) === start ? (place.after ?? '') : ''
      for (let more = true; more; ) {
        if (lines.length >= limit || read >= MAX_READ) return { lines, more: true, rest }
        // If some entries were skipped, many more probably are.
        const Limit = read > lines.length ? PAGE : limit - lines.length
        const { Items = [], LastEvaluatedKey } = await this.#tables.query({
          TableName: this.#tables.names.views,
          ...rowsAfter(linePartition(part, day, shard), after),
          Limit,
        })
        for (const item of Items) {
          if (lines.length >= limit) return { lines, more: true, rest }
          const { sk, ...line } = toPlacedLine(item)
          after = sk
          rest = { day, shard, part, after }
          // Entries of back-dated versions are found under their valid day.
          if (toDay(line.valid_from) === day) lines.push({ line, place: rest })
        }
        read += Items.length
        more = LastEvaluatedKey !== undefined
      }
    }
    return { lines, more: false, rest: null }
  }

  async *#directory(from: string, to: string): AsyncGenerator<z.infer<typeof directoryEntry>> {
    const pages = this.#tables.pages({
      TableName: this.#tables.names.views,
      KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
      ExpressionAttributeValues: { ':pk': DIRECTORY, ':from': from, ':to': to },
      Limit: 100,
    })
    for await (const { Items = [] } of pages) for (const { sk } of Items) yield directoryEntry.parse(sk)
  }
}
