/** Scores a query's candidates and returns the best. */
import type { Match, Person, SearchCriteria } from '#contract/schemas/search.ts'
import { createScorer, type Scorer } from './match.ts'
import type { TokenCounts } from './port.ts'

export interface Ranked<T> {
  candidate: T
  match: Match
}

/** How many candidates the matcher scores. More cost time and did not improve recall. */
export const CANDIDATES = 200

interface Candidate {
  id: string
  person: Person | null
}

interface Scored<T> {
  candidate: T
  person: Person
  score: number
}

/** The candidates with a score of at least `threshold`, best first, ties by id. */
export function rankByScore<T extends Candidate>(
  scorer: Pick<Scorer, 'score'>,
  candidates: readonly T[],
  threshold: number,
): Scored<T>[] {
  const scored: Scored<T>[] = []
  for (const candidate of candidates) {
    if (candidate.person === null) continue
    const score = scorer.score(candidate.person)
    if (score >= threshold) scored.push({ candidate, person: candidate.person, score })
  }
  return scored.sort((a, b) => b.score - a.score || (a.candidate.id < b.candidate.id ? -1 : 1))
}

/** Up to `limit` candidates with a score of at least `threshold`, best first, ties by id, with the reasons. */
export function rank<T extends Candidate>(
  example: SearchCriteria,
  candidates: readonly T[],
  tokens: TokenCounts,
  limit: number,
  threshold: number,
): Ranked<T>[] {
  const scorer = createScorer(example, tokens)
  return rankByScore(scorer, candidates, threshold)
    .slice(0, limit)
    .map(({ candidate, person }) => ({ candidate, match: scorer.match(person) }))
}
