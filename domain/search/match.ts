import type * as z from 'zod'
import type { Hit, MatchQuery, matchBody } from '#contract/schemas/query.ts'
import type { SearchCriteria } from '#contract/schemas/search.ts'
import { InvalidInput } from '../errors.ts'
import { type FieldSet, toTypes } from '../fields/definitions.ts'
import { exampleFaults } from '../fields/filter.ts'
import { unknownType } from '../fields/types.ts'
import { toStoredDetails } from '../fields/value.ts'
import { DEFAULT_THRESHOLD } from '../matching/match.ts'
import { formsIn } from '../matching/name-token.ts'
import { fuzzySearch, type SearchPorts } from './fuzzy-search.ts'

/** The maximum number of hits in one response: Lambda limits it to 6 MB. */
const MAX_HITS = 2500

/** Queries that are searched in one go. */
const CHUNK = 10
/** The maximum number of words in the names of all queries: each costs a search of the index, and comparisons with its candidates. */
const MAX_WORDS = 600

const countWords = (name: string | null | undefined): number => formsIn(name ?? null).length

export const toSearchCriteria = (query: MatchQuery, fields: FieldSet = new Map()): SearchCriteria => ({
  text: null,
  surname: query.surname ?? null,
  given_name: query.given_name ?? null,
  dob: query.dob ?? null,
  document_number: query.document_number ?? null,
  details: toStoredDetails(query.details ?? {}, fields),
})

/**
 * Finds customers by criteria, now or as of a moment. Returns the hits of each query, in the order of the queries.
 *
 * @param yieldToOthers lets other requests of the process run, between parts of the work.
 * @throws InvalidInput, Unavailable
 */
export async function matchAll(
  ports: SearchPorts,
  body: z.infer<typeof matchBody>,
  defaultLimit: number,
  yieldToOthers: () => Promise<void>,
): Promise<{ results: { query: MatchQuery; items: Hit[] }[] }> {
  const { queries, threshold = DEFAULT_THRESHOLD, limit = defaultLimit, type, explain, as_of } = body
  if (queries.length * limit > MAX_HITS)
    throw new InvalidInput([{ pointer: '#/limit', detail: `times the queries must be at most ${MAX_HITS}` }])
  const wordCount = queries.reduce(
    (sum, { surname, given_name }) => sum + countWords(surname) + countWords(given_name),
    0,
  )
  if (wordCount > MAX_WORDS)
    throw new InvalidInput([
      { pointer: '#/queries', detail: `have ${wordCount} words in all, of at most ${MAX_WORDS}: send fewer at once` },
    ])
  const faults = [
    ...unknownType(toTypes(ports.fields), type, '#/type'),
    ...queries.flatMap(({ details }, n) => exampleFaults(details ?? {}, ports.fields, `#/queries/${n}/details/`)),
  ]
  if (faults.length > 0) throw new InvalidInput(faults)
  const exclude = new Set(body.exclude.map(id => id.toLowerCase()))
  const hits: Hit[][] = []
  for (let start = 0; start < queries.length; start += CHUNK) {
    const criteria = queries.slice(start, start + CHUNK).map(query => toSearchCriteria(query, ports.fields))
    hits.push(...(await fuzzySearch(criteria, ports, { limit, threshold, type, exclude, as_of })))
    await yieldToOthers()
  }
  return {
    results: queries.map((query, n) => ({
      query,
      items: (hits[n] ?? []).map(hit => (explain ? hit : { ...hit, reasons: [] })),
    })),
  }
}
