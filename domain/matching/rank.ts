/** The best of a query's candidates, scored. */
import type { Example, Match } from '#contract/schemas/search.ts'
import type { Candidate, TokenCounts } from '#domain/ports.ts'
import { prepare } from './match.ts'

export interface Ranked {
  candidate: Candidate
  match: Match
}

/** Candidates enough for the matcher to find the right one among them; more cost time and find no more. */
export const CANDIDATES = 200

/** Up to `limit` candidates whose score is at least `threshold`, best first; equal ones by id. */
export function rank(
  example: Example,
  candidates: readonly Candidate[],
  tokens: TokenCounts,
  limit: number,
  threshold: number,
): Ranked[] {
  const scorer = prepare(example, tokens)
  return candidates
    .map(candidate => ({ candidate, score: scorer.score(candidate.person) }))
    .filter(({ score }) => score >= threshold)
    .sort((a, b) => b.score - a.score || (a.candidate.id < b.candidate.id ? -1 : 1))
    .slice(0, limit)
    .map(({ candidate }) => ({ candidate, match: scorer.match(candidate.person) }))
}
