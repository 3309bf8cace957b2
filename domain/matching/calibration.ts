/** Converts bits of evidence to a probability and a grade. */
import type { Match } from '#contract/schemas/search.ts'

/**
 * The lowest score of a hit: the highest recall at no more than one false alarm per thousand screening queries
 * (docs/decisions/0005-matching.md has the figures).
 */
export const DEFAULT_THRESHOLD = 0.5

/** The threshold for two bare names without a list: the best F1. */
export const PAIR_THRESHOLD = 0.82

/** The evidence, in bits, that is always sufficient. */
export const ENOUGH = 14
/** The share of the attainable evidence that is sufficient for queries that cannot reach more, such as one name. */
const SHARE = 0.55
/** The same share for the fields other than the name. */
const OTHERS_SHARE = 0.8
/** Less evidence is never sufficient: an initial, a year. */
const LEAST = 5.5
/** The steepness of the curve: how often the odds double from the required evidence to twice as much. */
const SLOPE = 7

/**
 * The probability, 0 to 1, that both are one person; 0.5 at exactly the required evidence. `bits` is the evidence; `name` and `others` are
 * what the query's name and other fields could have contributed at most.
 */
export function probability(bits: number, name: number, others: number): number {
  if (name + others <= 0) return 0
  const share = SHARE * name + OTHERS_SHARE * others
  const needed = Math.max(LEAST, others > 0 ? Math.min(ENOUGH, share) : share)
  return 1 / (1 + 2 ** (SLOPE * (1 - bits / needed)))
}

/** The maximum for words that may be unfinished: they cannot be more than possible. */
const TYPED_MAX = 0.79
/** Less evidence is never sufficient: a legal form. */
const LEAST_TYPED = 1.5

/**
 * The score, 0 to 0.79, of criteria that somebody is still typing: how much of what was typed agrees. It does not depend on how rare the
 * words are, because half a common name is still to find its customers. `bits` and `attainable` are as in `probability`.
 */
export function typedScore(bits: number, attainable: number): number {
  return TYPED_MAX / (1 + 2 ** (SLOPE * (1 - bits / (SHARE * Math.max(LEAST_TYPED, attainable)))))
}

/** The lowest score of a likely duplicate. */
export const PROBABLE = 0.8
/** Above the score of equal names alone, because many people share a name. */
const CERTAIN = 0.985

/** Compresses scores above `from` to stay below a limit. Keeps the order of scores. */
const below = (limit: number, from: number, score: number): number =>
  score <= from ? score : from + ((limit - from) * (score - from)) / (1 + Number.EPSILON - from)

/** The score, below probable, of two people who share everything but their given names, such as twins. */
export const belowProbable = (score: number): number => below(PROBABLE, 0.75, score)

/** The score, below certain, of two people whose given names differ in spelling, which may be two names. */
export const belowCertain = (score: number): number => below(CERTAIN, 0.975, score)

/** The grade of a score; null below the default threshold. */
export function toGrade(score: number): Match['grade'] {
  if (score >= CERTAIN) return 'certain'
  if (score >= PROBABLE) return 'probable'
  return score >= DEFAULT_THRESHOLD ? 'possible' : null
}
