import type { CurrentRecord, IndexedRecord } from '#domain/records/current.ts'
import type { ListStore, Page, PagePosition } from '#domain/records/port.ts'
import type { Kind } from '#domain/records/version.ts'
import {
  HELD_CUSTOMERS,
  holdsAfter,
  indexKey,
  SELECT_CURRENT,
  SELECT_INDEXED,
  SHARDS,
  toCurrent,
  toIndexed,
} from './items.ts'
import { rowsAfter } from './rows-after.ts'
import type { Tables } from './tables.ts'

const EXACT_LIMIT = 25

/** The list in `views`, shard by shard, and its indexes. */
export class DynamoListStore implements ListStore {
  readonly #tables: Tables

  constructor(tables: Tables) {
    this.#tables = tables
  }

  list(kind: Kind, from: PagePosition, limit: number, consistent = false): Promise<Page<CurrentRecord>> {
    const customers = kind === 'customer'
    const query = (shard: number, after: string | null, limit: number) =>
      this.#tables.query({
        TableName: this.#tables.names.views,
        ...rowsAfter(customers ? `customers#${shard}` : `${kind}s`, after),
        ...SELECT_CURRENT,
        Limit: limit,
        ConsistentRead: consistent,
      })
    return this.#part(customers ? SHARDS : 1, from, limit, query, item => ({
      entry: toCurrent(item),
      after: String(item.sk),
    }))
  }

  async listIndexed(
    shard: number,
    after: string | null,
    limit: number,
  ): Promise<{ records: IndexedRecord[]; next: string | null }> {
    const { Items = [], LastEvaluatedKey } = await this.#tables.query({
      TableName: this.#tables.names.views,
      ...rowsAfter(`customers#${shard}`, after),
      ...SELECT_INDEXED,
      Limit: limit,
    })
    const records = Items.map(toIndexed)
    return { records, next: LastEvaluatedKey ? (records.at(-1)?.id ?? null) : null }
  }

  changedSince(type: string, since: string, from: PagePosition, limit: number): Promise<Page<string>> {
    const query = (shard: number, after: string | null, limit: number) =>
      this.#tables.query({
        TableName: this.#tables.names.views,
        IndexName: 'by_activity',
        KeyConditionExpression: 'activity_pk = :pk AND activity_sk > :after',
        ExpressionAttributeValues: { ':pk': `${type}#${shard}`, ':after': after ?? since },
        Limit: limit,
      })
    return this.#part(SHARDS, from, limit, query, item => ({ entry: String(item.sk), after: String(item.activity_sk) }))
  }

  async held(now: string, after: string | null, limit: number): ReturnType<ListStore['held']> {
    const { Items = [] } = await this.#tables.query({
      TableName: this.#tables.names.views,
      IndexName: 'by_hold',
      KeyConditionExpression: 'held_pk = :pk AND held_sk > :after',
      ExpressionAttributeValues: { ':pk': HELD_CUSTOMERS, ':after': after ?? holdsAfter(now) },
      Limit: limit,
    })
    return Items.map(item => ({ id: String(item.sk), place: String(item.held_sk) }))
  }

  /** Reads one shard after the other until the limit is reached. */
  async #part<T>(
    shards: number,
    from: PagePosition,
    limit: number,
    query: (shard: number, after: string | null, limit: number) => ReturnType<Tables['query']>,
    read: (item: Record<string, unknown>) => { entry: T; after: string },
  ): Promise<Page<T>> {
    const entries: Page<T>['entries'] = []
    let { shard, after } = from
    while (shard < shards && entries.length < limit) {
      const { Items = [], LastEvaluatedKey } = await query(shard, after, limit - entries.length)
      for (const item of Items) {
        const decoded = read(item)
        after = decoded.after
        entries.push({ entry: decoded.entry, place: { shard, after } })
      }
      if (!LastEvaluatedKey) {
        shard += 1
        after = null
      }
    }
    return { entries, next: shard < shards ? { shard, after } : null }
  }

  byName(key: string, dob: string | null): Promise<string[]> {
    return this.#exact({
      IndexName: 'by_name',
      KeyConditionExpression: `name_key = :key${dob === null ? '' : ' AND begins_with(name_sk, :dob)'}`,
      ExpressionAttributeValues: { ':key': indexKey(key), ...(dob === null ? {} : { ':dob': `${dob}#` }) },
    })
  }

  byDocument(key: string): Promise<string[]> {
    return this.#exact({
      IndexName: 'by_document',
      KeyConditionExpression: 'document_key = :key',
      ExpressionAttributeValues: { ':key': indexKey(key) },
    })
  }

  async #exact(query: Omit<Parameters<Tables['query']>[0], 'TableName'>): Promise<string[]> {
    const { Items = [] } = await this.#tables.query({
      ...query,
      TableName: this.#tables.names.views,
      Limit: EXACT_LIMIT,
    })
    return Items.map(item => String(item.sk))
  }
}
