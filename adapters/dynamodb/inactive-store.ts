import * as z from 'zod'
import type { Inactive, InactivePosition, InactiveStore } from '#domain/retention/port.ts'
import { activityPartition, SHARDS, toInactive } from './items.ts'
import type { Tables } from './tables.ts'

const row = z.object({ sk: z.string(), activity_sk: z.string() })

/** Inactive customers from the activity index, whose keys also say who is held or in a purge. */
export class DynamoInactiveStore implements InactiveStore {
  readonly #tables: Tables

  constructor(tables: Tables) {
    this.#tables = tables
  }

  async inactive(
    type: string,
    before: string,
    from: InactivePosition,
    limit: number,
  ): ReturnType<InactiveStore['inactive']> {
    const customers: Inactive[] = []
    let { shard, after } = from
    while (shard < SHARDS && customers.length < limit) {
      // No key sorts between this key and the same with a space appended.
      const above = after === null ? '0' : `${after} `
      const { Items = [], LastEvaluatedKey } =
        above < before
          ? await this.#query(`${activityPartition(type, shard)}`, above, before, limit - customers.length)
          : {}
      const rows = Items.map(item => row.parse(item))
      customers.push(...rows.map(({ sk, activity_sk }) => ({ id: sk, ...toInactive(activity_sk) })))
      after = LastEvaluatedKey ? (rows.at(-1)?.activity_sk ?? null) : null
      if (!LastEvaluatedKey) shard += 1
    }
    return { inactive: customers, next: shard < SHARDS ? { shard, after } : null }
  }

  #query(partition: string, above: string, before: string, limit: number) {
    return this.#tables.query({
      TableName: this.#tables.names.views,
      IndexName: 'by_activity',
      KeyConditionExpression: 'activity_pk = :pk AND activity_sk BETWEEN :above AND :before',
      ExpressionAttributeValues: { ':pk': partition, ':above': above, ':before': before },
      Limit: limit,
    })
  }
}
