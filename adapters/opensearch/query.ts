/** The search requests. They differ only in values and in the number of clauses. */
import type { SearchCriteria } from '#contract/schemas/search.ts'
import { truncateWord } from '#domain/matching/blocking/words.ts'
import { MIN_TYPED_BEGINNING } from '#domain/matching/compare-token.ts'
import type { CandidateFilter } from '#domain/search/port.ts'
import { beginsWith, type Clause, containsParts, toClauses } from './clauses.ts'

/** How long the cluster may search; partial results are refused. */
const SEARCH_TIMEOUT = '2s'
/** The maximum number of words of an exact search, and of those that may be a beginning or a part of a word. */
const MAX_EXACT = 200
const MAX_PARTIAL = 30

/** Entries are read from doc values, without the documents. */
const ENTRIES = { _source: false, stored_fields: '_none_', docvalue_fields: ['entry'] } as const
const COMMON = { track_total_hits: false, timeout: SEARCH_TIMEOUT } as const

const ofType = (type: string | undefined): Clause[] => (type === undefined ? [] : [{ term: { type } }])

/** Customers by id, after an id. */
const afterId = (after: string | null | undefined) => ({
  sort: [{ id: 'asc' }],
  ...(after === null || after === undefined ? {} : { search_after: [after] }),
})

/** Up to `size` customers similar to the criteria, likeliest first; null if these have nothing to search for. */
export function candidatesQuery(
  example: SearchCriteria,
  size: number,
  { type, recall = 'high', past = false }: CandidateFilter,
): Record<string, unknown> | null {
  const now = toClauses(example, 'now', recall)
  if (now.length === 0) return null
  const should = past ? [...now, ...toClauses(example, 'was', recall)] : now
  return {
    ...COMMON,
    ...ENTRIES,
    size,
    query: { bool: { filter: ofType(type), should, minimum_should_match: 1 } },
  }
}

/** Customers that contain each of the words, a beginning or a part of a name; also some with its parts in another order. */
export function exactQuery(
  words: readonly string[],
  limit: number,
  after?: string,
  type?: string,
): Record<string, unknown> {
  const each = [...new Set(words.map(truncateWord))].slice(0, MAX_EXACT)
  const occur = each.map((word, n) => {
    const whole = [{ term: { 'now.word': word } }, { term: { 'now.other': word } }]
    if (n >= MAX_PARTIAL) return { bool: { should: whole } }
    const begun = word.length < MIN_TYPED_BEGINNING ? [] : [beginsWith(word, 'now')]
    const inside = containsParts(word, 'now')
    return { bool: { should: [...whole, ...begun, ...(inside ? [inside] : [])] } }
  })
  return {
    ...COMMON,
    ...ENTRIES,
    size: limit,
    query: { bool: { filter: [...ofType(type), ...occur] } },
    ...afterId(after),
  }
}

/** Ids of listed customers, in order. */
export function listedQuery(after: string | null, limit: number): Record<string, unknown> {
  return {
    ...COMMON,
    _source: false,
    stored_fields: '_none_',
    size: limit,
    query: { bool: { filter: [{ term: { listed: true } }] } },
    ...afterId(after),
  }
}
