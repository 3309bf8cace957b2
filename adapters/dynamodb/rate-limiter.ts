import { viewsTable } from '#contract/tables.ts'
import type { RateLimiter } from '#domain/lookup/port.ts'
import type { Tables } from './tables.ts'
import { isConditionFailed } from './transaction-errors.ts'

const DAYS_KEPT = 2

/** Daily counters in rows that expire by TTL. */
export class DynamoRateLimiter implements RateLimiter {
  readonly #tables: Tables

  constructor(tables: Tables) {
    this.#tables = tables
  }

  consume(budget: string, day: string, limit: number): Promise<boolean> {
    return this.#count(budget, day, 'ADD spent :one', 'attribute_not_exists(spent) OR spent < :limit', {
      ':one': 1,
      ':limit': limit,
    })
  }

  consumeDistinct(budget: string, day: string, value: string, limit: number): Promise<boolean> {
    return this.#count(
      budget,
      day,
      'ADD guesses :values',
      'attribute_not_exists(guesses) OR contains(guesses, :value) OR size(guesses) < :limit',
      { ':values': new Set([value]), ':value': value, ':limit': limit },
    )
  }

  async #count(
    budget: string,
    day: string,
    update: string,
    ConditionExpression: string,
    values: Record<string, unknown>,
  ): Promise<boolean> {
    try {
      await this.#tables.update({
        TableName: this.#tables.names.views,
        Key: { pk: `budget#${day}`, sk: budget },
        UpdateExpression: `${update} SET #expiry = :expiry`,
        ConditionExpression,
        ExpressionAttributeNames: { '#expiry': viewsTable.timeToLive },
        ExpressionAttributeValues: { ...values, ':expiry': Date.parse(day) / 1000 + DAYS_KEPT * 86_400 },
      })
      return true
    } catch (error) {
      if (isConditionFailed(error)) return false
      throw error
    }
  }
}
