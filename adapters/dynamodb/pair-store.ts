import * as z from 'zod'
import type { Pair, PairStore } from '#domain/duplicates/port.ts'
import { putAll } from './batch.ts'
import type { Tables } from './tables.ts'

export const PAIRS = 'pairs'

/** The sort key in the activity index, likeliest first. It contains everything about a pair. */
const toPlace = ({ a, b, score }: Pair): string => `${(1 - score).toFixed(4)}#${a}#${b}`

const row = z.object({ activity_sk: z.string() })

function pairAt(place: string): Pair {
  const [distance = '', a = '', b = ''] = place.split('#')
  return { a, b, score: 1 - Number(distance) }
}

/** The pair of a sort key. */
export function pairOfKey(sk: string): { a: string; b: string } {
  const [a = '', b = ''] = sk.split('#')
  return { a, b }
}

const toKey = ({ a, b }: Pick<Pair, 'a' | 'b'>) => ({ pk: PAIRS, sk: `${a}#${b}` })

/** The review queue of likely duplicates, in `views`. */
export class DynamoPairStore implements PairStore {
  readonly #tables: Tables

  constructor(tables: Tables) {
    this.#tables = tables
  }

  async putPairs(pairs: readonly Pair[]): Promise<void> {
    const rows = pairs.map(pair => ({
      ...toKey(pair),
      activity_pk: PAIRS,
      activity_sk: toPlace(pair),
      // Indexed by the greater id, too, so that erasing either customer finds the pair.
      name_key: `${PAIRS}#${pair.b}`,
      name_sk: pair.a,
    }))
    await putAll(this.#tables, rows)
  }

  async dropPairs(pairs: readonly Pick<Pair, 'a' | 'b'>[]): Promise<void> {
    const { views } = this.#tables.names
    await Promise.all(pairs.map(pair => this.#tables.remove({ TableName: views, Key: toKey(pair) })))
  }

  async pairs(after: string | null, limit: number): Promise<{ pairs: Pair[]; next: string | null }> {
    const { Items = [], LastEvaluatedKey } = await this.#tables.query({
      TableName: this.#tables.names.views,
      IndexName: 'by_activity',
      KeyConditionExpression: 'activity_pk = :pk AND activity_sk > :after',
      ExpressionAttributeValues: { ':pk': PAIRS, ':after': after ?? '0' },
      Limit: limit,
    })
    const places = Items.map(item => row.parse(item).activity_sk)
    return { pairs: places.map(pairAt), next: LastEvaluatedKey ? (places.at(-1) ?? null) : null }
  }
}
