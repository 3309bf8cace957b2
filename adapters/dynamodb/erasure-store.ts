import * as z from 'zod'
import type { Access } from '#domain/audit/port.ts'
import type { RecentEntries } from '#domain/audit/recent-entries.ts'
import type { CurrentRecord } from '#domain/records/current.ts'
import type { About, ErasureRecord, ErasureStore } from '#domain/retention/port.ts'
import { toAccessRow } from './access-store.ts'
import { aboutKey, currentPartition, ERASED, recordPartition } from './items.ts'
import { PAIRS, pairOfKey } from './pair-store.ts'
import { putAbsent } from './put-if-absent.ts'
import type { Tables } from './tables.ts'
import { isTransactionCancelled, toCancellationReasons } from './transaction-errors.ts'
import { isUnchanged } from './unchanged-condition.ts'

const partition = (customer: string): string => `erasure#${customer}`
const TAKEN = 'taken'
const LOCATION = 'location#'
const ABSENT = { ConditionExpression: 'attribute_not_exists(pk)' }

/** The number of customers in the first transaction of an erasure: three actions each and the audit entry; DynamoDB allows 100. */
const MAX_FIRST = 33

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

/** The erasure in a row of the registry; null for other rows. */
export const toErasure = (row: Record<string, unknown>): ErasureRecord | null =>
  row.sk === TAKEN && String(row.pk).startsWith(partition('')) ? erasedRow.parse(row) : null

/** Erasures, and the related data of a customer in the indexes of `views`. */
export class DynamoErasureStore implements ErasureStore {
  readonly #tables: Tables
  readonly #recent: RecentEntries | null

  /** @param recent where the audit entries of erasures are noted before they are stored. */
  constructor(tables: Tables, recent: RecentEntries | null = null) {
    this.#tables = tables
    this.#recent = recent
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

  async begin(erased: ErasureRecord, rows: readonly CurrentRecord[], access: Access): Promise<boolean> {
    const { registry: TableName } = this.#tables.names
    const items = erased.ids
      .slice(0, MAX_FIRST)
      .flatMap(id => [
        { Put: { TableName, Item: { pk: partition(id), sk: TAKEN, ...erased }, ...ABSENT } },
        { Put: { TableName, Item: { pk: recordPartition('customer', id), sk: ERASED } } },
        { Delete: this.#currentRow(id, rows.find(row => row.id === id) ?? null) },
      ])
    this.#recent?.noteAccess(access)
    try {
      await this.#tables.transactWrite({
        TransactItems: [...items, { Put: { TableName, Item: toAccessRow(access) } }],
      })
      return true
    } catch (error) {
      if (!isTransactionCancelled(error)) throw error
      toCancellationReasons(error)
      return false
    }
  }

  /** The deletion of a customer's current row, if it is still the one that was read; null: absent. */
  #currentRow(id: string, row: CurrentRecord | null) {
    const Key = { pk: currentPartition('customer', id), sk: id }
    return { TableName: this.#tables.names.views, Key, ...(row ? isUnchanged(row) : ABSENT) }
  }

  async keep({ ids, ...erased }: ErasureRecord): Promise<void> {
    for (const id of ids.slice(MAX_FIRST))
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
