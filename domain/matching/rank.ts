/** Scores a query's candidates and returns the best. */
import type { Match, Person, SearchCriteria } from '#contract/schemas/search.ts'
import { createScorer } from './match.ts'
import type { TokenCounts } from './port.ts'

export interface Ranked<T> {
  candidate: T
  match: Match
}

/** How many candidates the matcher scores. More cost time and did not improve recall. */
export const CANDIDATES = 200

/** Up to `limit` candidates with a score of at least `threshold`, best first, ties by id. @param isTyped see `createScorer`. */
export function rank<T extends { id: string; person: Person | null }>(
  example: SearchCriteria,
  candidates: readonly T[],
  tokens: TokenCounts,
  limit: number,
  threshold: number,
  isTyped = false,
): Ranked<T>[] {
  const scorer = createScorer(example, tokens, isTyped)
  const scored: { candidate: T; person: Person; score: number }[] = []
  for (const candidate of candidates) {
    if (candidate.person === null) continue
    const score = scorer.score(candidate.person)
    if (score >= threshold) scored.push({ candidate, person: candidate.person, score })
  }
  return scored
    .sort((a, b) => b.score - a.score || (a.candidate.id < b.candidate.id ? -1 : 1))
    .slice(0, limit)
    .map(({ candidate, person }) => ({ candidate, match: scorer.match(person) }))
}
