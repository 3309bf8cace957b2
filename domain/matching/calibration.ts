/** From bits of evidence to a probability and a grade. */
import type { Match } from '#contract/schemas/search.ts'

/**
 * The least score at which a customer counts as found: the highest recall at no more than one false alarm in a thousand
 * screening queries (docs/decisions/0005-matching.md has the figures).
 */
export const DEFAULT_THRESHOLD = 0.5

/** The same for two bare names with no list behind them: the best F1. */
export const PAIR_THRESHOLD = 0.82

/** Bits that are enough, whatever else could have been said. */
const ENOUGH = 14
/** Share of what could have been said that must be, when that is little: a query of one name cannot bring as many. */
const SHARE = 0.55
/** The same of the other fields. */
const OTHERS_SHARE = 0.8
/** Fewer bits than these are never enough: an initial, a year. */
const LEAST = 5.5
/** Steepness of the curve: doublings of the odds when twice the bits that are needed are there. */
const SLOPE = 7

/**
 * Probability, 0 to 1, that both are one person: 0.5 where the evidence is just what is needed. `bits` is the evidence,
 * `name` and `others` what the query's name and the other fields compared could have brought at most.
 */
export function probability(bits: number, name: number, others: number): number {
  if (name + others <= 0) return 0
  const share = SHARE * name + OTHERS_SHARE * others
  const needed = Math.max(LEAST, others > 0 ? Math.min(ENOUGH, share) : share)
  return 1 / (1 + 2 ** (SLOPE * (1 - bits / needed)))
}

/** From here on two customers are likely duplicates. */
export const PROBABLE = 0.8
/** More than the exact agreement of a name alone can reach: a name is not a person. */
const CERTAIN = 0.985

/** The grade of a score; null below the default threshold. */
export function toGrade(score: number): Match['grade'] {
  if (score >= CERTAIN) return 'certain'
  if (score >= PROBABLE) return 'probable'
  return score >= DEFAULT_THRESHOLD ? 'possible' : null
}
