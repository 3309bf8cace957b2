import * as z from 'zod'
import type { Customer } from '#contract/schemas/customer.ts'
import type { Hit, SearchRequest } from '#contract/schemas/query.ts'
import type { Person, SearchCriteria } from '#contract/schemas/search.ts'
import { currentView, toMatchablePerson } from '../customers/view.ts'
import { createScorer, type Scorer } from '../matching/match.ts'
import type { TokenCounts } from '../matching/port.ts'
import { rankByScore } from '../matching/rank.ts'
import type { CurrentRecord } from '../records/current.ts'
import type { RecordStore } from '../records/port.ts'
import { meetsFilters, toIdentityFilter } from './filters.ts'
import { type SearchPorts, variants } from './fuzzy-search.ts'
import type { Candidate } from './port.ts'
import { type ResolvedHit, resolveNow } from './resolve-hits.ts'

/** The maximum number of hits of a search, over all pages. */
export const MAX_HITS = 1000
/** How many rows one page reads to find its hits, and how many at once. */
const MAX_READ = 200
const MIN_READ = 25
/** If none of so many least likely candidates of the first page is a hit, no further ones are examined. */
const LEAST_LIKELY = 50

/** The last customer that was examined for a page; `tier` 1 are those that the first page does not rank. */
export const searchPosition = z.object({ tier: z.number(), score: z.number(), id: z.string() })
export type SearchPosition = z.infer<typeof searchPosition>

/** A customer, with the scorer of the criteria that they meet best. */
interface Ranked extends SearchPosition {
  scorer: Scorer
}

const comparePositions = (a: SearchPosition, b: SearchPosition): number =>
  a.tier - b.tier || b.score - a.score || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)

export type PagePorts = SearchPorts & { onRanked?: (ids: readonly string[]) => void }

interface PageRequest {
  request: SearchRequest
  limit: number
  threshold: number
  position: SearchPosition | null
}

/** What the index proposes for each reading of a request. */
interface Proposal {
  readings: readonly SearchCriteria[]
  candidates: readonly (readonly Candidate[])[]
  tokens: TokenCounts
  /** How many candidates of each reading the first page ranks. */
  first: number
}

/** Ranks the candidates by what the index says of them: each customer once, by the best reading. */
function rankCandidates(
  { fields }: SearchPorts,
  { readings, candidates, tokens, first }: Proposal,
  { request, threshold }: Pick<PageRequest, 'request' | 'threshold'>,
): Ranked[] {
  const isSought = toIdentityFilter(request, tokens)
  const withPast = request.state !== 'active' && request.state !== 'merged'
  const best = new Map<string, Ranked>()
  for (const [n, example] of readings.entries()) {
    const scorer = createScorer(example, tokens, true)
    for (const tier of [0, 1]) {
      const ofTier = (candidates[n] ?? []).slice(...(tier === 0 ? [0, first] : [first]))
      const open = ofTier.flatMap(candidate => variants(candidate, withPast, fields))
      for (const { candidate, person, score } of rankByScore(scorer, open, threshold)) {
        const ranked = { tier, score, id: candidate.id, scorer }
        const other = best.get(candidate.id)
        if (other !== undefined && comparePositions(ranked, other) >= 0) continue
        if (isSought(person)) best.set(candidate.id, ranked)
      }
    }
  }
  return [...best.values()].sort(comparePositions).slice(0, MAX_HITS)
}

/** Whether candidates beyond those of the first page may be hits, too. */
function mayHaveMore({ candidates, first }: Proposal, ranked: readonly Ranked[]): boolean {
  const hits = new Set(ranked.map(({ id }) => id))
  return candidates.some(list => list.length === first && list.slice(-LEAST_LIKELY).some(({ id }) => hits.has(id)))
}

/** Where the next page begins. The last customer may have moved meanwhile. */
function findStart(ranked: readonly Ranked[], position: SearchPosition | null): number {
  if (position === null) return 0
  const same = ranked.findIndex(({ id, tier }) => id === position.id && tier === position.tier)
  if (same >= 0) return same + 1
  const next = ranked.findIndex(candidate => comparePositions(candidate, position) > 0)
  return next < 0 ? ranked.length : next
}

/** The customers whom the records stand for, in the requested state: survivors instead of merged ones if that is `active`. */
async function resolve(
  records: RecordStore,
  rows: readonly CurrentRecord[],
  { state }: SearchRequest,
): Promise<ReadonlyMap<string, ResolvedHit>> {
  if (state === 'active') return resolveNow(records, rows)
  return new Map(rows.map(row => [row.id, { state: row.snapshot, customer: currentView(row) }]))
}

/**
 * A page of a search. Customers are ranked by what the index says of them. Those of the page are read from the list, and scored again in
 * their current state, because the index may be behind it. A customer who was found by several records is returned once.
 *
 * @param ports `onRanked` receives the ids of the customers who are probably returned, before they are read.
 * @param isHit a further condition, of the current state.
 */
export async function searchPage(
  ports: PagePorts,
  proposal: Proposal,
  page: PageRequest,
  isHit: (person: Person) => boolean = () => true,
): Promise<{ items: Hit[]; next: SearchPosition | null }> {
  const { tokens } = proposal
  const { request, limit, threshold, position } = page
  const ranked = rankCandidates(ports, proposal, page)
  const isSought = toIdentityFilter(request, tokens)
  const places = new Map(ranked.map(({ id }, place) => [id, place]))
  const items: Hit[] = []
  const returned = new Set<string>()
  const start = findStart(ranked, position)
  const likely = ranked.slice(start, start + limit).map(({ id }) => id)
  if (likely.length > 0) ports.onRanked?.(likely)
  const end = Math.min(ranked.length, start + MAX_READ)
  // A record that was merged into the customer may rank higher than the customer's own.
  const isOnEarlierPage = ({ id, absorbed }: Customer) =>
    request.state === 'active' && [id, ...absorbed].some(record => (places.get(record) ?? start) < start)
  let place = start
  while (place < end && items.length < limit) {
    const chunk = ranked.slice(place, Math.min(end, place + Math.max(limit - items.length, MIN_READ)))
    const rows = await ports.records.currents(
      'customer',
      chunk.map(({ id }) => id),
      false,
    )
    const resolved = await resolve(ports.records, rows, request)
    for (const { id, scorer } of chunk) {
      if (items.length === limit) break
      place++
      const hit = resolved.get(id)
      if (hit === undefined || !meetsFilters(hit.customer, request, ports.fields)) continue
      const person = toMatchablePerson(hit.state, ports.fields)
      const match = scorer.match(person)
      if (match.score < threshold || !isSought(person) || !isHit(person)) continue
      if (returned.has(hit.customer.id) || isOnEarlierPage(hit.customer)) continue
      returned.add(hit.customer.id)
      items.push({ customer: hit.customer, ...match })
    }
  }
  items.sort((a, b) => b.score - a.score || (a.customer.id < b.customer.id ? -1 : 1))
  const last = ranked[place - 1]
  if (place < ranked.length && last !== undefined) return { items, next: toPosition(last) }
  const isComplete = position !== null || !mayHaveMore(proposal, ranked)
  return { items, next: isComplete ? null : { tier: 1, score: Number.MAX_SAFE_INTEGER, id: '' } }
}

const toPosition = ({ tier, score, id }: Ranked): SearchPosition => ({ tier, score, id })
