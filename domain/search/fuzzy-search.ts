import type { Hit } from '#contract/schemas/query.ts'
import type { Person, SearchCriteria } from '#contract/schemas/search.ts'
import { toMatchablePerson } from '../customers/view.ts'
import type { FieldSet } from '../fields/definitions.ts'
import { createScorer } from '../matching/match.ts'
import type { TokenCounts } from '../matching/port.ts'
import { CANDIDATES, rank, rankByScore } from '../matching/rank.ts'
import type { ListStore, RecordStore } from '../records/port.ts'
import type { Candidate, CandidateIndex } from './port.ts'
import { type ResolvedHit, resolveAsOf, resolveNow } from './resolve-hits.ts'

export interface SearchOptions {
  limit: number
  threshold: number
  type?: string | undefined
  /** Ids to leave out. */
  exclude?: ReadonlySet<string>
  /** Searches the list as of this moment. Default: the current list. */
  as_of?: string | undefined
}

export type SearchPorts = { records: RecordStore; index: CandidateIndex; lists: ListStore } & { fields: FieldSet }

const NONE: ReadonlySet<string> = new Set()

/**
 * Converts candidates to hits: scores them again in their current state, because the index may be behind the list. A customer found by several
 * records (its own and merged ones) is returned once, with the best score.
 */
export function toHits(
  example: SearchCriteria,
  ids: readonly string[],
  resolved: ReadonlyMap<string, ResolvedHit>,
  { fields }: Pick<SearchPorts, 'fields'>,
  tokens: TokenCounts,
  { limit, threshold, type, exclude = NONE }: SearchOptions,
): Hit[] {
  const candidates = ids.flatMap(id => {
    const hit = resolved.get(id)
    if (hit === undefined || exclude.has(hit.customer.id)) return []
    if (type !== undefined && hit.customer.type !== type) return []
    return [{ id: hit.customer.id, person: toMatchablePerson(hit.state, fields), customer: hit.customer }]
  })
  const returned = new Set<string>()
  return rank(example, candidates, tokens, candidates.length, threshold)
    .filter(({ candidate: { id } }) => !returned.has(id) && returned.add(id))
    .slice(0, limit)
    .map(({ candidate: { customer }, match }) => ({ customer, ...match }))
}

/** A person without fields that are no longer searchable but may still be in the index. */
function withoutHiddenFields(person: Person | null, fields: FieldSet): Person | null {
  if (person === null || Object.keys(person.details).every(name => fields.get(name)?.searchable)) return person
  const details = Object.entries(person.details).filter(([name]) => fields.get(name)?.searchable)
  return { ...person, details: Object.fromEntries(details) }
}

/** A candidate's current identity and, if requested, its past ones. */
export const variants = ({ id, person, past }: Candidate, withPast: boolean, fields: FieldSet) =>
  [withoutHiddenFields(person, fields), ...(withPast ? past : [])].map(face => ({ id, person: face }))

/**
 * For each set of criteria, the similar customers on the list, likeliest first.
 *
 * @throws Unavailable
 */
export async function fuzzySearch(
  examples: readonly SearchCriteria[],
  ports: SearchPorts,
  options: SearchOptions,
): Promise<Hit[][]> {
  const { records, index } = ports
  const { limit, threshold, type, exclude = NONE, as_of } = options
  const past = as_of !== undefined
  const [tokens, candidates] = await Promise.all([
    index.tokens(),
    index.candidates(examples, CANDIDATES, { type, past }),
  ])
  const ranked: string[][] = []
  for (const [n, example] of examples.entries()) {
    const open = (candidates[n] ?? [])
      .filter(({ id }) => !exclude.has(id))
      .flatMap(candidate => variants(candidate, past, ports.fields))
    // Past identities may rank too high, so more candidates are examined.
    const maxHits = past ? 2 * limit : limit
    const ids = rankByScore(createScorer(example, tokens), open, threshold).map(({ candidate }) => candidate.id)
    ranked.push([...new Set(ids)].slice(0, maxHits))
  }
  const rows = await records.currents('customer', ranked.flat(), false)
  const resolved = as_of === undefined ? await resolveNow(records, rows) : await resolveAsOf(records, rows, as_of)
  return examples.map((example, n) => toHits(example, ranked[n] ?? [], resolved, ports, tokens, options))
}
