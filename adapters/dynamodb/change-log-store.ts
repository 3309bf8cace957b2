import * as z from 'zod'
import {
  type ChangeLogEntry,
  type ChangeLogPosition,
  lineKey,
  standsUnder,
  toDay,
  type VersionName,
} from '#domain/records/change-log-entry.ts'
import type { ChangeLogStore } from '#domain/records/port.ts'
import { action, kind } from '#domain/records/version.ts'
import { AUDIT_DAYS, putAll } from './batch-write.ts'
import { toShard } from './items.ts'
import type { Tables } from './tables.ts'

/** Lines of a day lie in so many partitions. */
export const LINE_SHARDS = 4

/** Lines that a reading goes through at most: of a day on which much was recorded that holds from other days, most are passed over. */
const MAX_READ = 500
const PAGE = 200

type Part = ChangeLogPosition['part']

/** A partition of lines: those recorded on a day, or those valid from a day on which they were not recorded. */
export const linePartition = (part: Part, day: string, shard: number): string =>
  `${part === 'recorded' ? 'audit' : 'valid'}#${day}#${shard}`

/** Names of fields and the like have no number in them to go by. */
const lineShard = ({ id }: Pick<ChangeLogEntry, 'id'>): number => (toShard(id) || 0) % LINE_SHARDS

/** Where a line lies under the day of its recording, by its key and its record's id. */
export const recordedKey = (key: string, id: string) => ({
  pk: linePartition('recorded', toDay(key), lineShard({ id })),
  sk: key,
})

const validPart = (line: VersionName): Part => standsUnder(line).at(-1)?.part ?? 'recorded'

const directoryKey = (day: string, shard: number, part: Part): string => `${day}#${shard}#${part}`
const DIRECTORY = 'days#valid'

const directoryEntry = z.string().transform(text => {
  const [day = '', shard = '', part = ''] = text.split('#')
  return { day, shard: Number(shard), part: z.enum(['recorded', 'valid']).parse(part) }
})

export const lineRow = z.object({
  kind,
  id: z.string(),
  valid_from: z.string(),
  recorded_at: z.string(),
  location: z.string(),
  action,
  actor: z.string(),
  digest: z.string(),
})
const placedLine = lineRow.extend({ sk: z.string() })

/** The rows of a partition after a key; `''`: all of them, since DynamoDB compares no key with an empty text. */
const above = (pk: string, after: string) => ({
  KeyConditionExpression: after === '' ? 'pk = :pk' : 'pk = :pk AND sk > :after',
  ExpressionAttributeValues: { ':pk': pk, ...(after === '' ? {} : { ':after': after }) },
})

/** The lines in `views`, with a directory of the days that have any, so that looking through years costs the days with changes alone. */
export class DynamoChangeLogStore implements ChangeLogStore {
  readonly #tables: Tables
  readonly #listed: Set<string>

  /** @param listed directory entries known to be there; those that are put are added. */
  constructor(tables: Tables, listed: Set<string>) {
    this.#tables = tables
    this.#listed = listed
  }

  async putLines(lines: readonly ChangeLogEntry[]): Promise<void> {
    const rows = new Map<string, Record<string, unknown>>()
    const listed: string[] = []
    for (const line of lines) {
      const shard = lineShard(line)
      const sk = lineKey(line)
      for (const { part, day } of standsUnder(line))
        rows.set(`${part}${day}${sk}`, { ...line, pk: linePartition(part, day, shard), sk })
      const valid = directoryKey(toDay(line.valid_from), shard, validPart(line))
      for (const [pk, entry] of [
        [DIRECTORY, valid],
        [AUDIT_DAYS, toDay(line.recorded_at)],
      ] as const) {
        if (this.#listed.has(entry)) continue
        rows.set(entry, { pk, sk: entry })
        listed.push(entry)
      }
    }
    await putAll(this.#tables, [...rows.values()])
    for (const entry of listed) this.#listed.add(entry)
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
        // Once some were passed over, many are likely to be.
        const Limit = read > lines.length ? PAGE : limit - lines.length
        const { Items = [], LastEvaluatedKey } = await this.#tables.query({
          TableName: this.#tables.names.views,
          ...above(linePartition(part, day, shard), after),
          Limit,
        })
        for (const item of Items) {
          if (lines.length >= limit) return { lines, more: true, rest }
          const { sk, ...line } = placedLine.parse(item)
          after = sk
          rest = { day, shard, part, after }
          // Lines recorded on a day but valid from another are found under that other day.
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
