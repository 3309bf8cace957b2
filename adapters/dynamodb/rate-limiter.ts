import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb'
import { viewsTable } from '#contract/tables.ts'
import type { RateLimiter } from '#domain/lookup/port.ts'
import type { Tables } from './tables.ts'

const DAYS_KEPT = 2

/** Daily counters in rows that expire by TTL. */
export class DynamoRateLimiter implements RateLimiter {
  readonly #tables: Tables

  constructor(tables: Tables) {
    this.#tables = tables
  }

  async consume(budget: string, day: string, limit: number): Promise<boolean> {
    try {
      await this.#tables.update({
        TableName: this.#tables.names.views,
        Key: { pk: `budget#${day}`, sk: budget },
        UpdateExpression: 'ADD spent :one SET #expiry = :expiry',
        ConditionExpression: 'attribute_not_exists(spent) OR spent < :limit',
        ExpressionAttributeNames: { '#expiry': viewsTable.timeToLive },
        ExpressionAttributeValues: {
          ':one': 1,
          ':limit': limit,
          ':expiry': Date.parse(day) / 1000 + DAYS_KEPT * 86_400,
        },
      })
      return true
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false
      throw error
    }
  }
}
