import type { Hit, SearchRequest } from '#contract/schemas/query.ts'
import type { Person, SearchCriteria } from '#contract/schemas/search.ts'
import { InvalidInput, Unavailable } from '../errors.ts'
import { containsAll } from '../matching/blocking/words.ts'
import { documentKey, nameKey } from '../matching/exact-keys.ts'
import { parseQueryText } from '../matching/example.ts'
import { words } from '../matching/normalise.ts'
import { CANDIDATES } from '../matching/rank.ts'
import { NO_COUNTS } from '../matching/token-weight.ts'
import { toEntry } from './entry.ts'
import { searchFaults, toCandidateFilter, toReadings, toRequiredWords, toThreshold } from './filters.ts'
import type { SearchPorts } from './fuzzy-search.ts'
import type { Candidate } from './port.ts'
import { MAX_HITS, type PagePorts, type SearchPosition, searchPage } from './search-page.ts'

export interface SearchAnswer {
  items: Hit[]
  threshold: number
  degraded: boolean
  /** Whether no hit reaches the threshold, and the items are the best below it. */
  below_threshold: boolean
  engine: string
  next: SearchPosition | null
}

/** If no customer reaches the threshold: how many of the others are returned, and their lowest score. */
const MAX_BELOW = 5
const LOWEST_BELOW = 0.02

/** The engine of exact look-ups in the table. */
const TABLE = 'table'

/** Ids of customers whose document number, or full name (and date of birth, if stated), equals the criteria. Uses the table's indexes. */
async function findInTable(
  q: string | undefined,
  { surname, given_name, dob, document_number }: SearchCriteria,
  { lists }: SearchPorts,
): Promise<string[]> {
  const parsed = parseQueryText(q ?? '')
  const name = nameKey({ surname: [parsed.text, surname].filter(text => text !== null).join(' '), given_name })
  const numbers = [q ?? null, parsed.document_number, document_number].map(documentKey).filter(key => key !== null)
  const day = parsed.dob ?? dob
  const matches = await Promise.all([
    ...[...new Set(numbers)].map(number => lists.byDocument(number)),
    ...(name === null ? [] : [lists.byName(name, day?.length === 10 ? day : null)]),
  ])
  return [...new Set(matches.flat())]
}

/** The candidates of each reading, and how many of them the first page ranks. */
async function propose(
  { index, fields }: SearchPorts,
  request: SearchRequest,
  readings: readonly SearchCriteria[],
  isFirst: boolean,
): Promise<{ candidates: Candidate[][]; first: number }> {
  const { mode, state, type } = request
  const required = toRequiredWords(request, fields).filter(all => all.length > 0)
  // Words of customers off the list are found as past identities only.
  if (mode === 'exact' && required.length > 0 && (state === 'active' || state === 'merged')) {
    const hits = await Promise.all(required.map(all => index.exact(all, MAX_HITS, undefined, type)))
    const candidates = [...new Map(hits.flat().map(candidate => [candidate.id, candidate])).values()]
    return { candidates: readings.map(() => candidates), first: Number.POSITIVE_INFINITY }
  }
  // Within a tolerance, other dates than the stated one are as good: the filter finds them.
  const isTolerant = (request.dob_tolerance_years ?? 0) > 0
  const candidates = await index.candidates(
    isTolerant ? readings.map(reading => ({ ...reading, dob: null })) : readings,
    isFirst ? CANDIDATES : MAX_HITS,
    toCandidateFilter(request, fields),
  )
  return { candidates, first: CANDIDATES }
}

/**
 * Finds customers by words and by fields. In the mode `exact`, every word must occur in a name (as a word, its beginning or
 * a part), the document number or a searchable field. In the mode `fuzzy`, the words may be unfinished; if no customer reaches the default
 * threshold, the best below it are returned. If the search
 * index is unreachable, the text must be the whole name or number, and the response says `degraded`.
 *
 * @throws InvalidInput; Unavailable if the index is unreachable, in the mode `fuzzy`.
 */
export async function search(
  ports: PagePorts,
  request: SearchRequest,
  defaultLimit: number,
  position: SearchPosition | null,
): Promise<SearchAnswer> {
  const { q, mode, limit = defaultLimit } = request
  const { index, fields } = ports
  const faults = searchFaults(request, fields)
  if (faults.length > 0) throw new InvalidInput(faults)
  const threshold = toThreshold(request)
  const page = { request, limit, threshold, position }
  const answer = { threshold, degraded: false, below_threshold: false, engine: index.engine }
  if (q !== undefined && words(q).length === 0) return { ...answer, items: [], next: null }
  const readings = toReadings(request, fields)
  try {
    const [tokens, proposal] = await Promise.all([index.tokens(), propose(ports, request, readings, position === null)])
    const proposed = { readings, tokens, ...proposal }
    if (mode === 'exact') {
      const required = toRequiredWords({ ...request, surname: undefined, given_name: undefined }, fields)
      const isHit = (person: Person) => required.some(all => containsAll(person, all))
      return { ...answer, ...(await searchPage(ports, proposed, page, isHit)) }
    }
    const result = await searchPage(ports, proposed, page)
    const mayLower = request.threshold === undefined && position === null && threshold > 0
    if (result.items.length > 0 || result.next !== null || !mayLower) return { ...answer, ...result }
    const lower = { ...page, threshold: LOWEST_BELOW, limit: Math.min(limit, MAX_BELOW) }
    const { items } = await searchPage(ports, proposed, lower)
    return { ...answer, items, below_threshold: items.length > 0, next: null }
  } catch (error) {
    if (mode !== 'exact' || !(error instanceof Unavailable)) throw error
    const [reading] = readings
    const ids = reading ? await findInTable(q, reading, ports) : []
    const rows = await ports.records.currents('customer', ids, false)
    const candidates = readings.map(() => rows.map(row => toEntry(row, fields)))
    const proposal = { readings, candidates, tokens: NO_COUNTS, first: Number.POSITIVE_INFINITY }
    return { ...answer, degraded: true, engine: TABLE, ...(await searchPage(ports, proposal, page)) }
  }
}
