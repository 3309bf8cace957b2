/** The search requests. They differ only in values and in the number of clauses. */
import type { SearchCriteria } from '#contract/schemas/search.ts'
import { truncateWord } from '#domain/matching/blocking/words.ts'
import { MIN_TYPED_BEGINNING } from '#domain/matching/compare-token.ts'
import { toPartialStarts } from '#domain/search/date-range.ts'
import type { CandidateFilter, CountFilter, SortedQuery } from '#domain/search/port.ts'
import { beginsWith, type Clause, containsParts, toClauses } from './clauses.ts'
import { toDetailKey } from './document.ts'

/** How long the cluster may search; partial results are refused. */
const SEARCH_TIMEOUT = '2s'
/** The maximum number of words of an exact search, and of those that may be a beginning or a part of a word. */
const MAX_EXACT = 200
const MAX_PARTIAL = 30

/** Entries are read from doc values, without the documents. */
const ENTRIES = { _source: false, stored_fields: '_none_', docvalue_fields: ['entry'] } as const
const COMMON = { track_total_hits: false, timeout: SEARCH_TIMEOUT } as const

const ofType = (type: string | undefined): Clause[] => (type === undefined ? [] : [{ term: { type } }])

function toFilters({ type, state, dob, details = {} }: CandidateFilter): Clause[] {
  const born = dob && [{ range: { born: { gte: dob.from, lte: dob.to } } }, { terms: { born: toPartialStarts(dob) } }]
  return [
    ...ofType(type),
    ...(state === undefined ? [] : [{ term: { state } }]),
    ...(born ? [{ bool: { should: born } }] : []),
    ...Object.entries(details).map(detail => ({ term: { detail: toDetailKey(detail) } })),
  ]
}

/** Customers by id, after an id. */
const afterId = (after: string | null | undefined) => ({
  sort: [{ id: 'asc' }],
  ...(after === null || after === undefined ? {} : { search_after: [after] }),
})

/** Up to `size` customers similar to the criteria, likeliest first; null if these have nothing to search for. */
export function candidatesQuery(
  example: SearchCriteria,
  size: number,
  filter: CandidateFilter,
): Record<string, unknown> | null {
  const { recall = 'high', past = false } = filter
  const now = toClauses(example, 'now', recall)
  if (now.length === 0) return filter.dob || filter.details ? filterQuery(size, filter) : null
  const should = past ? [...now, ...toClauses(example, 'was', recall)] : now
  return {
    ...COMMON,
    ...ENTRIES,
    size,
    query: { bool: { filter: toFilters(filter), should, minimum_should_match: 1 } },
  }
}

/** Customers by a filter alone. */
function filterQuery(size: number, filter: CandidateFilter): Record<string, unknown> {
  const listed = filter.past ? [] : [{ term: { listed: true } }]
  return {
    ...COMMON,
    ...ENTRIES,
    size,
    query: { bool: { filter: [...toFilters(filter), ...listed] } },
    ...afterId(null),
  }
}

const inState = (state: string): Clause[] =>
  state === 'all' ? [{ exists: { field: 'state' } }] : [{ term: { state } }]

/** The customers of a count. */
export const countQuery = ({ state, type }: CountFilter): Record<string, unknown> => ({
  query: { bool: { filter: [...ofType(type), ...inState(state)] } },
})

/** Customers in order, after a position. */
export function sortedQuery({
  by,
  descending,
  state,
  type,
  words,
  after,
  limit,
}: SortedQuery): Record<string, unknown> {
  const order = descending ? 'desc' : 'asc'
  return {
    ...COMMON,
    _source: false,
    stored_fields: '_none_',
    size: limit,
    query: { bool: { filter: [...ofType(type), ...inState(state), ...occurOneOf(words)] } },
    sort: [{ [by]: order }, { id: order }],
    ...(after === null ? {} : { search_after: [after.key, after.id] }),
  }
}

/** Each of the words occurs: whole, as a beginning or as a part of a name. */
const occur = (words: readonly string[]): Clause[] =>
  [...new Set(words.map(truncateWord))].slice(0, MAX_EXACT).map((word, n) => {
    const whole = [{ term: { 'now.word': word } }, { term: { 'now.other': word } }]
    if (n >= MAX_PARTIAL) return { bool: { should: whole } }
    const begun = word.length < MIN_TYPED_BEGINNING ? [] : [beginsWith(word, 'now')]
    const inside = containsParts(word, 'now')
    return { bool: { should: [...whole, ...begun, ...(inside ? [inside] : [])] } }
  })

/** All words of one of the sets occur. Without clauses, `bool` matches everything, and no set matches nobody. */
function occurOneOf(sets: SortedQuery['words']): Clause[] {
  if (sets === undefined) return []
  if (sets.length === 0) return [{ match_none: {} }]
  return [{ bool: { should: sets.map(words => ({ bool: { filter: occur(words) } })) } }]
}

/** Customers that contain each of the words, a beginning or a part of a name; also some with its parts in another order. */
export function exactQuery(
  words: readonly string[],
  limit: number,
  after?: string,
  type?: string,
): Record<string, unknown> {
  return {
    ...COMMON,
    ...ENTRIES,
    size: limit,
    query: { bool: { filter: [...ofType(type), ...occur(words)] } },
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
