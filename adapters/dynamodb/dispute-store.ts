import * as z from 'zod'
import type { DisputeStore } from '#domain/ports.ts'
import { digest } from '#domain/records/digest.ts'
import type { Dispute } from '#domain/records/dispute.ts'
import { type Kind, kind } from '#domain/records/version.ts'
import { putAll } from './put-all.ts'
import type { Tables } from './tables.ts'

const DISPUTES = 'disputes'

/** By record, so that all of one lie together; the rest of the name is opaque. */
const prefixOf = (kind: Kind, id: string): string => `${id}#${kind}#`
const nameOf = (one: Dispute): string => `${prefixOf(one.kind, one.id)}${digest([one.field, one.kept, one.lost])}`

const row = z.object({ sk: z.string(), kind, id: z.string(), field: z.string(), kept: z.string(), lost: z.string() })

function disputeOf(item: unknown): { name: string; dispute: Dispute } {
  const { sk, ...dispute } = row.parse(item)
  return { name: sk, dispute }
}

/** What is in dispute, in `views`: keys of versions, and nothing of what they say. */
export class DynamoDisputeStore implements DisputeStore {
  readonly #tables: Tables

  constructor(tables: Tables) {
    this.#tables = tables
  }

  async of(kind: Kind, id: string): Promise<Dispute[]> {
    const found: Dispute[] = []
    let start: Record<string, unknown> | undefined
    do {
      const page = await this.#query('begins_with(sk, :name)', prefixOf(kind, id), {
        ...(start ? { ExclusiveStartKey: start } : {}),
        ConsistentRead: true,
      })
      found.push(...(page.Items ?? []).map(item => disputeOf(item).dispute))
      start = page.LastEvaluatedKey
    } while (start)
    return found
  }

  async replace(before: readonly Dispute[], after: readonly Dispute[]): Promise<void> {
    const [old, now] = [before, after].map(list => new Map(list.map(one => [nameOf(one), one])))
    const begun = [...(now ?? [])].filter(([name]) => !old?.has(name))
    const ended = [...(old ?? [])].filter(([name]) => !now?.has(name))
    const { views } = this.#tables.names
    await putAll(
      this.#tables,
      begun.map(([sk, one]) => ({ pk: DISPUTES, sk, ...one })),
    )
    await Promise.all(ended.map(([sk]) => this.#tables.remove({ TableName: views, Key: { pk: DISPUTES, sk } })))
  }

  async get(name: string): Promise<Dispute | null> {
    const Key = { pk: DISPUTES, sk: name }
    const { Item } = await this.#tables.get({ TableName: this.#tables.names.views, Key, ConsistentRead: true })
    return Item ? disputeOf(Item).dispute : null
  }

  async count(): Promise<number> {
    let count = 0
    let start: Record<string, unknown> | undefined
    do {
      const page = await this.#query('sk > :name', '#', {
        ...(start ? { ExclusiveStartKey: start } : {}),
        Select: 'COUNT',
      })
      count += page.Count ?? 0
      start = page.LastEvaluatedKey
    } while (start)
    return count
  }

  async list(after: string | null, limit: number): ReturnType<DisputeStore['list']> {
    const { Items = [], LastEvaluatedKey } = await this.#query('sk > :name', after ?? '#', { Limit: limit })
    const disputes = Items.map(disputeOf)
    return { disputes, next: LastEvaluatedKey ? (disputes.at(-1)?.name ?? null) : null }
  }

  #query(condition: string, name: string, more: Partial<Parameters<Tables['query']>[0]>) {
    return this.#tables.query({
      TableName: this.#tables.names.views,
      KeyConditionExpression: `pk = :pk AND ${condition}`,
      ExpressionAttributeValues: { ':pk': DISPUTES, ':name': name },
      ...more,
    })
  }
}
