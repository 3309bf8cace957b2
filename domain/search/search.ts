import type * as z from 'zod'
import type { Hit, searchBody } from '#contract/schemas/query.ts'
import { toMatchablePerson } from '../customers/view.ts'
import { InvalidInput, Unavailable } from '../errors.ts'
import { toTypes } from '../fields/definitions.ts'
import { filterFaults } from '../fields/filter.ts'
import { unknownType } from '../fields/types.ts'
import { containsAll } from '../matching/blocking/words.ts'
import { documentKey, nameKey } from '../matching/exact-keys.ts'
import { parseQueryText, readQueryText } from '../matching/example.ts'
import { DEFAULT_THRESHOLD } from '../matching/match.ts'
import { words } from '../matching/normalise.ts'
import type { TokenCounts } from '../matching/port.ts'
import { CANDIDATES } from '../matching/rank.ts'
import { NO_COUNTS } from '../matching/token-weight.ts'
import { fuzzySearch, type SearchOptions, type SearchPorts, toHits } from './fuzzy-search.ts'
import { resolveNow } from './resolve-hits.ts'

export interface SearchAnswer {
  items: Hit[]
  threshold: number
  degraded: boolean
  /** Whether no hit reaches the threshold, and the items are the best below it. */
  below_threshold: boolean
  engine: string
}

/** If no customer reaches the threshold: how many of the others are returned, and their lowest score. */
const MAX_BELOW = 5
const LOWEST_BELOW = 0.05

/** The engine of exact look-ups in the table. */
const TABLE = 'table'

/** Converts ids to hits. @param requiredWords words that each must contain; the index may still hold fields that are no longer searchable. */
async function toSearchHits(
  q: string,
  ids: readonly string[],
  ports: SearchPorts,
  tokens: TokenCounts,
  options: SearchOptions,
  requiredWords: readonly string[],
): Promise<Hit[]> {
  const rows = await ports.records.currents('customer', ids, false)
  const says = rows.filter(({ snapshot }) => containsAll(toMatchablePerson(snapshot, ports.fields), requiredWords))
  return toHits(parseQueryText(q), ids, await resolveNow(ports.records, says), ports, tokens, options)
}

/** Finds customers by everything that a text may mean: each once, with the best score. */
async function searchText(q: string, ports: SearchPorts, options: SearchOptions): Promise<Hit[]> {
  const hits = (await fuzzySearch(readQueryText(q), ports, options)).flat()
  hits.sort((a, b) => b.score - a.score || (a.customer.id < b.customer.id ? -1 : 1))
  const found = new Set<string>()
  return hits.filter(({ customer: { id } }) => !found.has(id) && found.add(id)).slice(0, options.limit)
}

/** Ids of customers whose document number, or full name (and date of birth, if stated), equals the text. Uses the table's indexes. */
async function findInTable(q: string, { lists }: SearchPorts): Promise<string[]> {
  const { text, dob, document_number } = parseQueryText(q)
  const name = nameKey({ surname: text, given_name: null })
  const numbers = new Set([documentKey(q), documentKey(document_number)].filter(key => key !== null))
  const matches = await Promise.all([
    ...[...numbers].map(number => lists.byDocument(number)),
    ...(name === null ? [] : [lists.byName(name, dob?.length === 10 ? dob : null)]),
  ])
  return [...new Set(matches.flat())]
}

/**
 * Finds customers by words. In the mode `exact`, every word must occur in a name (as a word, its beginning or
 * a part), the document number or a searchable field. In the mode `fuzzy`, the words may be unfinished; if no customer reaches the default
 * threshold, the best below it are returned. If the search
 * index is unreachable, the text must be the whole name or number, and the response says `degraded`.
 *
 * @throws InvalidInput; Unavailable if the index is unreachable, in the mode `fuzzy`.
 */
export async function search(
  ports: SearchPorts,
  body: z.infer<typeof searchBody>,
  defaultLimit: number,
): Promise<SearchAnswer> {
  const { q, mode, type, details, limit = defaultLimit } = body
  const { index } = ports
  const threshold = body.threshold ?? (mode === 'exact' ? 0 : DEFAULT_THRESHOLD)
  const faults = [
    ...unknownType(toTypes(ports.fields), type, '#/type'),
    ...filterFaults(details ?? {}, ports.fields, '#/details/'),
  ]
  if (faults.length > 0) throw new InvalidInput(faults)
  const options = { limit, threshold, type, details, isTyped: true }
  const answer = (items: Hit[]) => ({
    items,
    threshold,
    degraded: false,
    below_threshold: false,
    engine: index.engine,
  })
  const requiredWords = words(q)
  if (requiredWords.length === 0) return answer([])
  if (mode === 'fuzzy') {
    const items = await searchText(q, ports, options)
    if (items.length > 0 || body.threshold !== undefined) return answer(items)
    const weaker = { ...options, threshold: LOWEST_BELOW, limit: Math.min(limit, MAX_BELOW) }
    const below = await searchText(q, ports, weaker)
    return { ...answer(below), below_threshold: below.length > 0 }
  }
  try {
    const [candidates, tokens] = await Promise.all([
      index.exact(requiredWords, CANDIDATES, undefined, type),
      index.tokens(),
    ])
    return answer(
      await toSearchHits(
        q,
        candidates.map(({ id }) => id),
        ports,
        tokens,
        options,
        requiredWords,
      ),
    )
  } catch (error) {
    if (!(error instanceof Unavailable)) throw error
    const items = await toSearchHits(q, await findInTable(q, ports), ports, NO_COUNTS, options, [])
    return { items, threshold, degraded: true, below_threshold: false, engine: TABLE }
  }
}
