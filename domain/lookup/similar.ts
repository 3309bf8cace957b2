import type { SearchCriteria } from '#contract/schemas/search.ts'
import { createScorer, DEFAULT_THRESHOLD } from '../matching/match.ts'
import { words } from '../matching/normalise.ts'
import { CANDIDATES, rankByScore } from '../matching/rank.ts'
import type { RecordStore } from '../records/port.ts'
import { toHits } from '../search/fuzzy-search.ts'
import type { CandidateIndex } from '../search/port.ts'
import { resolveNow } from '../search/resolve-hits.ts'
import { NOBODY } from './listed.ts'

/** How many candidates are read from the list: some may have left it, or may be one customer. */
const MAX_READ = 10

/**
 * Whether somebody on the list has a similar name. Only the names count, so that a partly right date or number cannot change the answer.
 * The index proposes candidates; identity and state are read from the list. It reads as much if the index proposes nobody.
 *
 * @throws Unavailable
 */
export async function hasSimilarName(
  { records, index }: { records: RecordStore; index: CandidateIndex },
  { surname, given_name }: SearchCriteria,
): Promise<boolean> {
  const criteria: SearchCriteria = { text: null, surname, given_name, dob: null, document_number: null, details: {} }
  const [tokens, [candidates = []]] = await Promise.all([index.tokens(), index.candidates([criteria], CANDIDATES)])
  const ranked = rankByScore(createScorer(criteria, tokens), candidates, DEFAULT_THRESHOLD)
  const ids = ranked.slice(0, MAX_READ).map(({ candidate }) => candidate.id)
  const hits = await resolveNow(records, await records.currents('customer', [NOBODY, ...ids], false))
  const options = { limit: 1, threshold: DEFAULT_THRESHOLD }
  return toHits(criteria, ids, hits, { fields: new Map() }, tokens, options).length > 0
}

/** Further words of a name are left out. */
const MAX_INITIALS = 8

/** The initials of the stated names; null without a name. */
export function toInitials({ surname, given_name }: SearchCriteria): string | null {
  const initials = [given_name, surname].flatMap(name => words(name ?? '')).slice(0, MAX_INITIALS)
  return initials.length === 0 ? null : initials.map(word => `${word.slice(0, 1).toUpperCase()}.`).join(' ')
}
