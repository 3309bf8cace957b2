import type { Hit } from '#contract/schemas/query.ts'
import type { Person, SearchCriteria } from '#contract/schemas/search.ts'
import { toMatchablePerson } from '../customers/view.ts'
import type { FieldSet } from '../fields/definitions.ts'
import { matchesAll } from '../fields/filter.ts'
import type { TokenCounts } from '../matching/port.ts'
import { CANDIDATES, rank } from '../matching/rank.ts'
import type { ExactIndex, RecordStore } from '../records/port.ts'
import type { Value } from '../records/version.ts'
import type { Candidate, CandidateIndex } from './port.ts'
import { type ResolvedHit, resolveAsOf, resolveNow } from './resolve-hits.ts'

export interface SearchOptions {
  limit: number
  threshold: number
  type?: string | undefined
  /** Values of their own fields that they must have. */
  details?: Readonly<Record<string, Value>> | undefined
  /** Ids that are of no interest. */
  exclude?: ReadonlySet<string>
  /** As the list was then; absent: as it is. */
  as_of?: string | undefined
}

export type SearchPorts = { records: RecordStore; index: CandidateIndex; exact: ExactIndex } & { fields: FieldSet }

const NONE: ReadonlySet<string> = new Set()

/**
 * What was found as hits: scored once more by what the list says. The index may be behind, and what is told of a customer has to be what
 * the list says. Who was found by several records (merged ones are their survivor's) is told once, with the best.
 */
export function toHits(
  example: SearchCriteria,
  found: readonly string[],
  standing: ReadonlyMap<string, ResolvedHit>,
  { fields }: Pick<SearchPorts, 'fields'>,
  tokens: TokenCounts,
  { limit, threshold, type, details = {}, exclude = NONE }: SearchOptions,
): Hit[] {
  const candidates = found.flatMap(id => {
    const one = standing.get(id)
    if (one === undefined || exclude.has(one.customer.id)) return []
    if (type !== undefined && one.customer.type !== type) return []
    if (!matchesAll(one.customer.details, details)) return []
    return [{ id: one.customer.id, person: toMatchablePerson(one.state, fields), customer: one.customer }]
  })
  const told = new Set<string>()
  return rank(example, candidates, tokens, candidates.length, threshold)
    .filter(({ candidate: { id } }) => !told.has(id) && told.add(id))
    .slice(0, limit)
    .map(({ candidate: { customer }, match }) => ({ customer, ...match }))
}

/** Somebody without what the index may still hold of fields that are not searched any more. */
function withoutHiddenFields(person: Person | null, fields: FieldSet): Person | null {
  if (person === null || Object.keys(person.details).every(name => fields.get(name)?.searchable)) return person
  const details = Object.entries(person.details).filter(([name]) => fields.get(name)?.searchable)
  return { ...person, details: Object.fromEntries(details) }
}

/** A candidate by each of whom it is and was, as it is asked for. */
const variants = ({ id, person, past }: Candidate, withPast: boolean, fields: FieldSet) =>
  [withoutHiddenFields(person, fields), ...(withPast ? past : [])].map(face => ({ id, person: face }))

/**
 * For each example those on the list who resemble it, likeliest first.
 *
 * @throws Unavailable
 */
export async function fuzzySearch(
  examples: readonly SearchCriteria[],
  ports: SearchPorts,
  wanted: SearchOptions,
): Promise<Hit[][]> {
  const { records, index } = ports
  const { limit, threshold, type, exclude = NONE, as_of } = wanted
  const past = as_of !== undefined
  const [tokens, candidates] = await Promise.all([
    index.tokens(),
    index.candidates(examples, CANDIDATES, { type, past }),
  ])
  const found = examples.map((example, n) => {
    const open = (candidates[n] ?? [])
      .filter(({ id }) => !exclude.has(id))
      .flatMap(one => variants(one, past, ports.fields))
    // By what they were at other times some rank higher than they were then, and their details are not known here: more are looked at.
    const most = wanted.details ? CANDIDATES : past ? 2 * limit : limit
    const ranked = rank(example, open, tokens, open.length, threshold).map(({ candidate }) => candidate.id)
    return [...new Set(ranked)].slice(0, most)
  })
  const rows = await records.currents('customer', found.flat(), false)
  const standing = as_of === undefined ? await resolveNow(records, rows) : await resolveAsOf(records, rows, as_of)
  return examples.map((example, n) => toHits(example, found[n] ?? [], standing, ports, tokens, wanted))
}
