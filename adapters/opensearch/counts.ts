/** Counts the customers with each word of a name. Read from time to time and cached. */
import * as z from 'zod'
import type { TokenCounts } from '#domain/matching/port.ts'
import type { CountFilter } from '#domain/search/port.ts'
import type { Cluster } from './cluster.ts'
import { countQuery } from './query.ts'

const WITHIN_MS = 5000

/**
 * Words of fewer than one in this many customers count as absent: the weight of a word does not grow beyond one in 8,192
 * (`domain/matching/token-weight.ts`). This also bounds the number of words that are read.
 */
const RAREST = 10_000
const MAX_WORDS = 60_000

const total = z.object({ count: z.number() })
const words = z.object({
  aggregations: z.object({
    words: z.object({ buckets: z.array(z.object({ key: z.string(), doc_count: z.number() })) }),
  }),
})

const LISTED = { term: { listed: true } }

/** How many customers a filter has. @throws Unavailable, EngineRefusal */
export async function countCustomers(cluster: Cluster, alias: string, filter: CountFilter): Promise<number> {
  const request = { method: 'POST', within: WITHIN_MS, path: `/${alias}/_count`, body: countQuery(filter) }
  return (await cluster.read(request, total)).count
}

/** @throws Unavailable, EngineRefusal */
export async function countWords(cluster: Cluster, alias: string): Promise<TokenCounts> {
  const ask = { method: 'POST', within: WITHIN_MS }
  const { count: listed } = await cluster.read({ ...ask, path: `/${alias}/_count`, body: { query: LISTED } }, total)
  const terms = {
    field: 'now.word.count',
    size: MAX_WORDS,
    min_doc_count: Math.max(1, Math.floor(listed / RAREST)),
  }
  const { aggregations } = await cluster.read(
    {
      ...ask,
      path: `/${alias}/_search`,
      querystring: { filter_path: 'aggregations.words.buckets' },
      body: { size: 0, track_total_hits: false, aggs: { words: { terms } } },
    },
    words,
  )
  const counts = new Map(aggregations.words.buckets.map(({ key, doc_count }) => [key, doc_count]))
  return { count: token => counts.get(token) ?? 0, total: () => listed }
}
