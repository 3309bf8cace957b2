/**
 * Scores a customer against an example: the sum over fields of Fellegi–Sunter weights log2(m/u) ("A theory for record linkage", 1969), less
 * the required evidence, mapped to a probability by a logistic curve.
 */
import type { Match, Person, Reason, SearchCriteria } from '#contract/schemas/search.ts'
import { belowCertain, belowProbable, ENOUGH, probability, toGrade, typedScore } from './calibration.ts'
import { type Comparison, DOCUMENT, toFields } from './compare-fields.ts'
import { isOnlySimilar } from './compare-token.ts'
import { type FullName, isInstitution, nameOfExample, nameOfPerson } from './full-name.ts'
import { type NameEvidence, prepareName } from './name.ts'
import type { TokenCounts } from './port.ts'
import { nameReasons, round } from './reasons.ts'
import { NO_COUNTS } from './token-weight.ts'
import { isReadOtherwise } from './unread-signs.ts'

export { DEFAULT_THRESHOLD, PAIR_THRESHOLD } from './calibration.ts'

/** An example prepared for comparison with many customers. */
export interface Scorer {
  /** The score, 0 to 1. */
  score(person: Person): number
  /** The score with its grade and reasons. */
  match(person: Person): Match
}

/**
 * The maximum bits of a name beside other fields: about one person in a million. Adding up the bits of its words assumes that they are
 * independent, but relatives share long surnames, and fashions make names occur together. With this limit a contradicting date of birth
 * counts against a name of any length.
 */
const MAX_OF_NAME = 20

/** The maximum bits that a typed field could have contributed to a customer who does not have it. */
const NOT_STATED = 6

/** The names of customers compared before. A person is immutable, so its name can be cached. */
const remembered = new WeakMap<Person, FullName>()

function rememberedName(person: Person): FullName {
  const cached = remembered.get(person)
  if (cached !== undefined) return cached
  const name = nameOfPerson(person, false)
  remembered.set(person, name)
  return name
}

/** The name of the criteria, prepared for comparison. */
interface PreparedName {
  query: FullName
  weigh: (person: FullName) => NameEvidence
  /** The same if somebody is still typing. */
  weighTyped: ((person: FullName) => NameEvidence) | null
  /** The name in its other readings. */
  others: readonly PreparedName[]
}

interface ComparedNames {
  evidence: NameEvidence
  query: FullName
  person: FullName
}

/** Whether names agree in the Korean reading of a surname, if that is how one of them is read. */
const isPlausible = (names: ComparedNames | null): boolean =>
  names !== null &&
  (!names.query.isKorean || isReadOtherwise(names.query, names.evidence.pairings, 'query')) &&
  (!names.person.isKorean || isReadOtherwise(names.person, names.evidence.pairings, 'person'))

/** Whether a given name is another one in the same script, and not a form of it: Luca and Luna differ in one letter. */
const hasSimilarGivenName = ({ evidence, query, person }: ComparedNames): boolean =>
  evidence.pairings.some(pairing => {
    const [a, b] = [query.parts[pairing.query[0] ?? 0], person.parts[pairing.person[0] ?? 0]]
    const isGivenName = a?.field === 'given_name' || b?.field === 'given_name'
    return isGivenName && a?.form.script === b?.form.script && isOnlySimilar(pairing)
  })

/** A field of the criteria; `comparison` is null if the customer does not have it. */
interface ComparedField {
  most: number
  comparison: Comparison | null
}

/** A score, and the comparisons that it is from. */
interface Weighed {
  score: number
  names: ComparedNames | null
  compared: readonly ComparedField[]
}

const isSameDocument = (compared: readonly ComparedField[]): boolean =>
  compared.some(({ comparison }) => comparison?.field === DOCUMENT && comparison.similarity === 1)

/** The probability that both are one person. Fields that the customer does not have are not compared. */
function probabilityOf(names: ComparedNames | null, compared: readonly ComparedField[]): number {
  const evidence = names?.evidence
  let [bits, ofName, ofOthers] = [evidence?.bits ?? 0, evidence?.attainable ?? 0, 0]
  for (const { most, comparison } of compared) {
    if (comparison === null) continue
    bits += comparison.bits
    ofOthers += most
  }
  if (ofOthers > 0) {
    bits -= Math.max(0, (evidence?.gained ?? 0) - MAX_OF_NAME)
    ofName = Math.min(MAX_OF_NAME, ofName)
  }
  const score = probability(bits, ofName, ofOthers)
  if (names === null || isSameDocument(compared)) return score
  if (names.evidence.isOtherGivenName) return belowProbable(score)
  return hasSimilarGivenName(names) ? belowCertain(score) : score
}

/** How much of what somebody is typing agrees. */
function typedScoreOf(names: ComparedNames | null, compared: readonly ComparedField[]): number {
  let { bits, attainable } = names?.evidence.typed ?? { bits: 0, attainable: 0 }
  for (const { most, comparison } of compared) {
    bits += comparison?.bits ?? 0
    attainable += Math.min(comparison === null ? NOT_STATED : ENOUGH, most)
  }
  return typedScore(bits, attainable)
}

function toReasons({ names, compared }: Weighed): Reason[] {
  return [
    ...(names ? nameReasons(names.evidence, names.query, names.person) : []),
    ...compared.flatMap(({ comparison }) => {
      if (comparison === null) return []
      const { bits, similarity, ...reason } = comparison
      return [{ ...reason, similarity: round(similarity), weight: round(bits) }]
    }),
  ]
}

/** Compares one reading of each name. */
function weighPair(
  ofQuery: PreparedName,
  person: FullName,
  compared: readonly ComparedField[],
  comparator: 'weigh' | 'weighTyped',
  toScore: typeof probabilityOf,
): Weighed {
  const { query } = ofQuery
  const compare = comparator === 'weigh' ? ofQuery.weigh : ofQuery.weighTyped
  const evidence = compare !== null && query.parts.length > 0 && person.parts.length > 0 ? compare(person) : null
  const names = evidence && { evidence, query, person }
  return { score: toScore(names, compared), names, compared }
}

/**
 * Prepares criteria.
 *
 * @param tokens the frequency of name tokens on the list; `NO_COUNTS` without a list.
 * @param isTyped whether somebody is still typing the criteria, so that words may be unfinished or superfluous.
 */
export function createScorer(example: SearchCriteria, tokens: TokenCounts, isTyped = false): Scorer {
  const prepared = new Map<boolean, PreparedName>()
  const toPrepared = (query: FullName): PreparedName => ({
    query,
    weigh: prepareName(query, tokens, false),
    weighTyped: isTyped ? prepareName(query, tokens, true) : null,
    others: query.others.map(toPrepared),
  })
  /** The name as it is compared with institutions or with people. Most queries meet only one of them. */
  const prepare = (hasLegalForms: boolean): PreparedName => {
    const cached = prepared.get(hasLegalForms)
    if (cached !== undefined) return cached
    const now = toPrepared(nameOfExample(example, hasLegalForms))
    prepared.set(hasLegalForms, now)
    return now
  }
  const fields = toFields(example)
  const withDetails = example.text !== null

  /** Compares the names with one of the comparators, in the pair of readings with the greatest score. */
  function weighBest(
    person: Person,
    compared: readonly ComparedField[],
    comparator: 'weigh' | 'weighTyped',
    toScore: typeof probabilityOf,
  ): Weighed {
    const ofQuery = prepare(isInstitution(person))
    const ofPerson =
      withDetails && Object.keys(person.details).length > 0 ? nameOfPerson(person, true) : rememberedName(person)
    let best = weighPair(ofQuery, ofPerson, compared, comparator, toScore)
    if (ofQuery.others.length === 0 && ofPerson.others.length === 0) return best
    for (const query of [ofQuery, ...ofQuery.others])
      for (const name of [ofPerson, ...ofPerson.others]) {
        if (query === ofQuery && name === ofPerson) continue
        const weighed = weighPair(query, name, compared, comparator, toScore)
        if (weighed.score > best.score && isPlausible(weighed.names)) best = weighed
      }
    return best
  }

  function weigh(person: Person): Weighed {
    const compared = fields.map(({ most, compare }) => ({ most, comparison: compare(person) }))
    const evident = weighBest(person, compared, 'weigh', probabilityOf)
    if (!isTyped) return evident
    const typed = weighBest(person, compared, 'weighTyped', typedScoreOf)
    return typed.score > evident.score ? typed : evident
  }

  return {
    score: person => weigh(person).score,
    match: person => {
      const weighed = weigh(person)
      return { score: weighed.score, grade: toGrade(weighed.score), reasons: toReasons(weighed) }
    },
  }
}

/** Scores one customer for one set of criteria. */
export function match(example: SearchCriteria, person: Person, tokens: TokenCounts): Match {
  return createScorer(example, tokens).match(person)
}

/** The probability that two bare names belong to one person, 0 to 1. Symmetric. */
export function matchNames(a: string, b: string): number {
  const blank = { surname: null, given_name: null, dob: null, document_number: null, details: {} }
  const score = (query: string, listed: string) =>
    match({ ...blank, text: query }, { ...blank, type: '', surname: listed }, NO_COUNTS).score
  return Math.max(score(a, b), score(b, a))
}
