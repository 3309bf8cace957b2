import type { Customer } from '#contract/schemas/customer.ts'
import type { LookupAnswer } from '#contract/schemas/query.ts'
import { grade, type SearchCriteria } from '#contract/schemas/search.ts'
import { DEFAULT_THRESHOLD } from '../matching/match.ts'
import { words } from '../matching/normalise.ts'
import { CANDIDATES, rank } from '../matching/rank.ts'
import type { RecordStore } from '../records/port.ts'
import { toHits } from '../search/fuzzy-search.ts'
import type { CandidateIndex } from '../search/port.ts'
import { resolveNow } from '../search/resolve-hits.ts'
import { NOBODY } from './listed.ts'

const MOST = 5
/** How many are read from the list: some may have left it, or may be one customer. */
const LIKELY = 2 * MOST
/** Further words of a name are left out, because they would identify the person. */
const MAX_INITIALS = 8

const initials = ({ given_name, surname }: Customer): string =>
  [given_name, surname]
    .flatMap(name => words(name ?? ''))
    .slice(0, MAX_INITIALS)
    .map(word => `${word.slice(0, 1).toUpperCase()}.`)
    .join(' ')

/**
 * Up to five similar customers, masked so that they cannot be identified. The index proposes them; identity and state are read from the
 * list. It reads as much if the index proposes nobody.
 *
 * @throws Unavailable
 */
export async function maskedMatches(
  { records, index }: { records: RecordStore; index: CandidateIndex },
  example: SearchCriteria,
): Promise<LookupAnswer['resemblances']> {
  const [tokens, [candidates = []]] = await Promise.all([index.tokens(), index.candidates([example], CANDIDATES)])
  const likely = rank(example, candidates, tokens, LIKELY, DEFAULT_THRESHOLD).map(({ candidate }) => candidate.id)
  const hits = await resolveNow(records, await records.currents('customer', [NOBODY, ...likely], false))
  const options = { limit: MOST, threshold: DEFAULT_THRESHOLD }
  return toHits(example, likely, hits, { fields: new Map() }, tokens, options).map(({ customer, ...hit }) => ({
    initials: initials(customer),
    birth_year: customer.dob?.slice(0, 4) ?? null,
    grade: hit.grade ?? grade.enum.possible,
  }))
}
