import type { ExactStore, ListStore, Place } from '#domain/ports.ts'
import type { Current } from '#domain/records/current.ts'
import type { Kind } from '#domain/records/version.ts'
import { currentOf, indexKey, SHARDS } from './rows.ts'
import type { Tables } from './tables.ts'

const EXACT_LIMIT = 25

/** The list as it stands in `views`, partition by partition, and its indexes. */
export class DynamoListStore implements ListStore, ExactStore {
  readonly #tables: Tables

  constructor(tables: Tables) {
    this.#tables = tables
  }

  async list(kind: Kind, from: Place, limit: number): Promise<{ rows: Current[]; next: Place | null }> {
    const customers = kind === 'customer'
    const { items, next } = await this.#pages(customers ? SHARDS : 1, 'sk', from, limit, (shard, after, wanted) =>
      this.#tables.query({
        TableName: this.#tables.names.views,
        KeyConditionExpression: after === null ? 'pk = :pk' : 'pk = :pk AND sk > :after',
        ExpressionAttributeValues: { ':pk': customers ? `customers#${shard}` : `${kind}s`, ...(after === null ? {} : { ':after': after }) },
        Limit: wanted,
      }),
    )
    return { rows: items.map(currentOf), next }
  }

  async changedSince(type: string, since: string, from: Place, limit: number): Promise<{ ids: string[]; next: Place | null }> {
    const { items, next } = await this.#pages(SHARDS, 'activity_sk', from, limit, (shard, after, wanted) =>
      this.#tables.query({
        TableName: this.#tables.names.views,
        IndexName: 'by_activity',
        KeyConditionExpression: 'activity_pk = :pk AND activity_sk > :after',
        ExpressionAttributeValues: { ':pk': `${type}#${shard}`, ':after': after ?? since },
        Limit: wanted,
      }),
    )
    return { ids: items.map(item => String(item.sk)), next }
  }

  /** Reads one partition after the other until the limit is reached; `position` is the attribute that a partition is ordered by. */
  async #pages(
    shards: number,
    position: string,
    from: Place,
    limit: number,
    query: (shard: number, after: string | null, wanted: number) => ReturnType<Tables['query']>,
  ): Promise<{ items: Record<string, unknown>[]; next: Place | null }> {
    const items: Record<string, unknown>[] = []
    let { shard, after } = from
    while (shard < shards && items.length < limit) {
      const { Items = [], LastEvaluatedKey } = await query(shard, after, limit - items.length)
      items.push(...Items)
      const last = Items.at(-1)
      if (LastEvaluatedKey && last) after = String(last[position])
      else {
        shard += 1
        after = null
      }
    }
    return { items, next: shard < shards ? { shard, after } : null }
  }

  byName(key: string): Promise<string[]> {
    return this.#exact('by_name', 'name_key', key)
  }

  byDocument(key: string): Promise<string[]> {
    return this.#exact('by_document', 'document_key', key)
  }

  async #exact(index: string, attribute: string, key: string): Promise<string[]> {
    const { Items = [] } = await this.#tables.query({
      TableName: this.#tables.names.views,
      IndexName: index,
      KeyConditionExpression: '#key = :key',
      ExpressionAttributeNames: { '#key': attribute },
      ExpressionAttributeValues: { ':key': indexKey(key) },
      Limit: EXACT_LIMIT,
    })
    return Items.map(item => String(item.sk))
  }
}
