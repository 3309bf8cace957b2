/** The searches that are sent. Only values differ from one to another, and how many of a kind there are. */
import type { SearchCriteria } from '#contract/schemas/search.ts'
import { truncateWord } from '#domain/matching/blocking/words.ts'
import type { CandidateFilter } from '#domain/search/port.ts'
import { type Clause, toClauses } from './clauses.ts'

/** How long the engine may search; what it has found by then would be a part, and is not taken. */
const SEARCH_TIMEOUT = '2s'
/** Words that an exact search goes by. */
const MAX_EXACT = 200

/** Entries come from their column; no document is opened. */
const ENTRIES = { _source: false, stored_fields: '_none_', docvalue_fields: ['entry'] } as const
const COMMON = { track_total_hits: false, timeout: SEARCH_TIMEOUT } as const

const ofType = (type: string | undefined): Clause[] => (type === undefined ? [] : [{ term: { type } }])

/** Of the customers after that id, those with the greatest ids are last. */
const afterId = (after: string | null | undefined) => ({
  sort: [{ id: 'asc' }],
  ...(after === null || after === undefined ? {} : { search_after: [after] }),
})

/** Up to `size` customers who resemble the example, likeliest first; null when it says nothing that could be looked for. */
export function candidatesQuery(
  example: SearchCriteria,
  size: number,
  { type, reach = 'wide', past = false }: CandidateFilter,
): Record<string, unknown> | null {
  const now = toClauses(example, 'now', reach)
  if (now.length === 0) return null
  const should = past ? [...now, ...toClauses(example, 'was', reach)] : now
  return {
    ...COMMON,
    ...ENTRIES,
    size,
    query: { bool: { filter: ofType(type), should, minimum_should_match: 1 } },
  }
}

/** Customers in whom each of the words occurs. */
export function exactQuery(
  words: readonly string[],
  limit: number,
  after?: string,
  type?: string,
): Record<string, unknown> {
  const each = [...new Set(words.map(truncateWord))].slice(0, MAX_EXACT)
  const occur = each.map(word => ({
    bool: { should: [{ term: { 'now.word': word } }, { term: { 'now.other': word } }] },
  }))
  return {
    ...COMMON,
    ...ENTRIES,
    size: limit,
    query: { bool: { filter: [...ofType(type), ...occur] } },
    ...afterId(after),
  }
}

/** Ids of customers on the list, in order. */
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
