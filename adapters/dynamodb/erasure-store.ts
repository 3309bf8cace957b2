import * as z from 'zod'
import type { About, ErasureRecord, ErasureStore } from '#domain/retention/port.ts'
import { aboutKey } from './items.ts'
import { PAIRS, pairOfKey } from './pair-store.ts'
import { putAbsent } from './put-if-absent.ts'
import type { Tables } from './tables.ts'

const partition = (customer: string): string => `erasure#${customer}`
const TAKEN = 'taken'
const LOCATION = 'location#'

const count = z.number()
const erasedRow = z.object({
  ids: z.array(z.string()),
  at: z.string(),
  location: z.string(),
  removed: z.object({
    versions: count,
    decisions: count,
    pairs: count,
    disputes: count,
    linked: count,
    copies: count.default(0),
  }),
  decisions: z.array(z.string()),
  copies: z.array(z.object({ customer: z.string(), from: z.string() })).default([]),
})
const noteRow = z.object({ sk: z.string(), at: z.string() })
const sortKeyRow = z.object({ sk: z.string() })

/** Erasures, and the related data of a customer in the indexes of `views`. */
export class DynamoErasureStore implements ErasureStore {
  readonly #tables: Tables

  constructor(tables: Tables) {
    this.#tables = tables
  }

  async about(customer: string): Promise<About> {
    const about = aboutKey(customer)
    const [first, second, before, after] = await Promise.all([
      this.#find('activity_pk = :key', about, 'by_activity'),
      this.#find('name_key = :key', about, 'by_name'),
      this.#find('pk = :key AND begins_with(sk, :of)', PAIRS, undefined, `${customer}#`),
      this.#find('name_key = :key', `${PAIRS}#${customer}`, 'by_name'),
    ])
    return { decisions: [...first, ...second], pairs: [...before, ...after].map(pairOfKey) }
  }

  async keep({ ids, ...erased }: ErasureRecord): Promise<void> {
    for (const id of ids)
      await putAbsent(this.#tables, this.#tables.names.registry, { pk: partition(id), sk: TAKEN, ids, ...erased })
  }

  async erased(customer: string): Promise<ErasureRecord | null> {
    const { Item } = await this.#tables.get({
      TableName: this.#tables.names.registry,
      Key: { pk: partition(customer), sk: TAKEN },
      ConsistentRead: true,
    })
    return Item ? erasedRow.parse(Item) : null
  }

  async acknowledge(customer: string, location: string, at: string): Promise<void> {
    await putAbsent(this.#tables, this.#tables.names.registry, { pk: partition(customer), sk: LOCATION + location, at })
  }

  async acknowledged(customer: string): Promise<{ location: string; at: string }[]> {
    const { Items = [] } = await this.#tables.query({
      TableName: this.#tables.names.registry,
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :of)',
      ExpressionAttributeValues: { ':pk': partition(customer), ':of': LOCATION },
      ConsistentRead: true,
    })
    return Items.map(item => noteRow.parse(item)).map(({ sk, at }) => ({ location: sk.slice(LOCATION.length), at }))
  }

  /** The sort keys of all rows of `views` with a key of the table or of an index. */
  async #find(condition: string, key: string, IndexName?: string, of?: string): Promise<string[]> {
    const keys: string[] = []
    const pages = this.#tables.pages({
      TableName: this.#tables.names.views,
      ...(IndexName === undefined ? {} : { IndexName }),
      KeyConditionExpression: condition,
      ExpressionAttributeValues: { ':key': key, ...(of === undefined ? {} : { ':of': of }) },
    })
    for await (const { Items = [] } of pages) keys.push(...Items.map(item => sortKeyRow.parse(item).sk))
    return keys
  }
}
