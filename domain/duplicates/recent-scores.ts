import type { Person, SearchCriteria } from '#contract/schemas/search.ts'
import { createScorer, type Scorer } from '../matching/match.ts'
import type { TokenCounts } from '../matching/port.ts'
import { longDigest } from '../records/digest.ts'

/** Of how many customers the scores are remembered: those of a few batches. */
const REMEMBERED = 2000

type Scores = WeakMap<Person, number>

/** The scores of the latest examples, by index. A person in an index is immutable. */
const scoresOf = new WeakMap<TokenCounts, Map<string, Scores>>()

function remember(example: SearchCriteria, tokens: TokenCounts): Scores {
  const latest = scoresOf.get(tokens) ?? new Map<string, Scores>()
  scoresOf.set(tokens, latest)
  // Nobody's name is kept beyond an erasure.
  const key = longDigest(example)
  const scores = latest.get(key) ?? new WeakMap<Person, number>()
  latest.delete(key)
  latest.set(key, scores)
  const [oldest] = latest.keys()
  if (latest.size > REMEMBERED && oldest !== undefined) latest.delete(oldest)
  return scores
}

/**
 * A scorer that remembers: the likely duplicates of a row are searched for when it is written and, moments later, when it is indexed, mostly
 * among the same customers. Its scores choose whom to compare, so it does no harm that names have become a little more frequent since.
 */
export function recentScorer(example: SearchCriteria, tokens: TokenCounts): Pick<Scorer, 'score'> {
  const scores = remember(example, tokens)
  const scorer = createScorer(example, tokens)
  return {
    score: person => {
      const known = scores.get(person)
      if (known !== undefined) return known
      const score = scorer.score(person)
      scores.set(person, score)
      return score
    },
  }
}
