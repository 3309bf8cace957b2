import type { Person, SearchCriteria } from '#contract/schemas/search.ts'
import { canonicalJson } from '../canonical-json.ts'
import { DEFAULT_THRESHOLD } from '../matching/calibration.ts'
import type { TokenCounts } from '../matching/port.ts'
import { type Ranked, rank } from '../matching/rank.ts'
import type { Candidate } from '../search/port.ts'

/** The candidates far below the threshold, and the size of the list on which the weights of their words depended. */
interface Compared {
  total: number
  distant: WeakSet<Person>
}

/** How many examples are remembered per list. */
const REMEMBERED = 2000
/** Candidates are remembered until the list has grown or shrunk by this share, and only if they are this far below the threshold. */
const MAX_CHANGE = 0.1
const MARGIN = 0.1

/**
 * The last examples, by list. Each customer who is written is compared twice: for the warning in the response, and for the review queue, once
 * the list has the customer. Most candidates are distant, and the same objects both times; these are not scored again.
 */
const remembered = new WeakMap<TokenCounts, Map<string, Compared>>()

function toDistant(example: SearchCriteria, tokens: TokenCounts): WeakSet<Person> {
  const byExample = remembered.get(tokens) ?? new Map<string, Compared>()
  remembered.set(tokens, byExample)
  const key = canonicalJson(example)
  const total = tokens.total()
  const known = byExample.get(key)
  if (known !== undefined && Math.abs(total - known.total) <= MAX_CHANGE * known.total) return known.distant
  const [oldest] = byExample.keys()
  if (byExample.size >= REMEMBERED && oldest !== undefined) byExample.delete(oldest)
  const distant = new WeakSet<Person>()
  byExample.set(key, { total, distant })
  return distant
}

/** The candidates with a score of at least the default threshold, best first, ties by id. */
export function closeCandidates(
  example: SearchCriteria,
  candidates: readonly Candidate[],
  tokens: TokenCounts,
): Ranked<Candidate>[] {
  const distant = toDistant(example, tokens)
  const others = candidates.filter(({ person }) => person !== null && !distant.has(person))
  const near = rank(example, others, tokens, others.length, DEFAULT_THRESHOLD - MARGIN)
  const isNear = new Set(near.map(({ candidate }) => candidate))
  for (const candidate of others) if (candidate.person !== null && !isNear.has(candidate)) distant.add(candidate.person)
  return near.filter(({ match }) => match.score >= DEFAULT_THRESHOLD)
}
