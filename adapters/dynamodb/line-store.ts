import * as z from 'zod'
import type { Line, LinePlace, LineStore } from '#domain/ports.ts'
import { dayOf, lineKey, standsUnder } from '#domain/records/line.ts'
import { kind } from '#domain/records/version.ts'
import { putAll } from './put-all.ts'
import { shardOf } from './rows.ts'
import type { Tables } from './tables.ts'

/** Lines of a day lie in so many partitions. */
const SHARDS = 4

type Part = LinePlace['part']

/** A partition of lines: those recorded on a day, or those valid from a day on which they were not recorded. */
const partition = (part: Part, day: string, shard: number): string =>
  `${part === 'recorded' ? 'audit' : 'valid'}#${day}#${shard}`

const lineShard = ({ id }: Pick<Line, 'id'>): number => shardOf(id) % SHARDS

const validPart = (line: Line): Part => standsUnder(line).at(-1)?.part ?? 'recorded'

const directoryKey = (day: string, shard: number, part: Part): string => `${day}#${shard}#${part}`
const DIRECTORY = 'days#valid'

const directoryEntry = z.string().transform(text => {
  const [day = '', shard = '', part = ''] = text.split('#')
  return { day, shard: Number(shard), part: z.enum(['recorded', 'valid']).parse(part) }
})

const lineOf = z.object({
  kind,
  id: z.string(),
  valid_from: z.string(),
  recorded_at: z.string(),
  location: z.string(),
  sk: z.string(),
})

/** The rows of a partition after a key; `''`: all of them, since DynamoDB compares no key with an empty text. */
const above = (pk: string, after: string) => ({
  KeyConditionExpression: after === '' ? 'pk = :pk' : 'pk = :pk AND sk > :after',
  ExpressionAttributeValues: { ':pk': pk, ...(after === '' ? {} : { ':after': after }) },
})

/** The lines in `views`, with a directory of the days that have any, so that looking through years costs the days with changes alone. */
export class DynamoLineStore implements LineStore {
  readonly #tables: Tables
  readonly #listed: Set<string>

  /** @param listed directory entries known to be there; those that are put are added. */
  constructor(tables: Tables, listed: Set<string>) {
    this.#tables = tables
    this.#listed = listed
  }

  async putLines(lines: readonly Line[]): Promise<void> {
    const rows = new Map<string, Record<string, unknown>>()
    const listed: string[] = []
    for (const line of lines) {
      const { kind, id, valid_from, recorded_at, location } = line
      const shard = lineShard(line)
      const sk = lineKey(line)
      for (const { part, day } of standsUnder(line))
        rows.set(`${part}${day}${sk}`, {
          pk: partition(part, day, shard),
          sk,
          kind,
          id,
          valid_from,
          recorded_at,
          location,
        })
      const entry = directoryKey(dayOf(valid_from), shard, validPart(line))
      if (this.#listed.has(entry)) continue
      rows.set(entry, { pk: DIRECTORY, sk: entry })
      listed.push(entry)
    }
    await putAll(this.#tables, [...rows.values()])
    for (const entry of listed) this.#listed.add(entry)
  }

  async has(line: Line): Promise<boolean> {
    const pk = partition(validPart(line), dayOf(line.valid_from), lineShard(line))
    const { Item } = await this.#tables.get({ TableName: this.#tables.names.views, Key: { pk, sk: lineKey(line) } })
    return Item !== undefined
  }

  async validBetween(
    from: string,
    to: string,
    place: LinePlace | null,
    limit: number,
  ): Promise<{ lines: { line: Line; place: LinePlace }[]; more: boolean }> {
    const lines: { line: Line; place: LinePlace }[] = []
    const start = place ? directoryKey(place.day, place.shard, place.part) : dayOf(from)
    for await (const { day, shard, part } of this.#directory(start, `${dayOf(to)}~`)) {
      let after = place && directoryKey(day, shard, part) === start ? (place.after ?? '') : ''
      for (let more = true; more; ) {
        const { Items = [], LastEvaluatedKey } = await this.#tables.query({
          TableName: this.#tables.names.views,
          ...above(partition(part, day, shard), after),
          Limit: limit - lines.length,
        })
        for (const item of Items) {
          const { sk, ...line } = lineOf.parse(item)
          after = sk
          // Lines recorded on a day but valid from another are found under that other day.
          if (dayOf(line.valid_from) === day) lines.push({ line, place: { day, shard, part, after } })
        }
        more = LastEvaluatedKey !== undefined
        if (more && lines.length >= limit) return { lines, more: true }
      }
      if (lines.length >= limit) return { lines, more: true }
    }
    return { lines, more: false }
  }

  async *#directory(from: string, to: string): AsyncGenerator<z.infer<typeof directoryEntry>> {
    let start: Record<string, unknown> | undefined
    do {
      const page = await this.#tables.query({
        TableName: this.#tables.names.views,
        KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
        ExpressionAttributeValues: { ':pk': DIRECTORY, ':from': from, ':to': to },
        ...(start ? { ExclusiveStartKey: start } : {}),
        Limit: 100,
      })
      for (const { sk } of page.Items ?? []) yield directoryEntry.parse(sk)
      start = page.LastEvaluatedKey
    } while (start)
  }
}
