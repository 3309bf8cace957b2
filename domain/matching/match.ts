/**
 * Scores a customer against an example: the sum over fields of Fellegi–Sunter weights log2(m/u) ("A theory for record linkage", 1969), less
 * the required evidence, mapped to a probability by a logistic curve.
 */
import type { Match, Person, Reason, SearchCriteria } from '#contract/schemas/search.ts'
import { probability, toGrade } from './calibration.ts'
import { compareDetails } from './compare-detail.ts'
import { compareDates, readDate } from './compare-dob.ts'
import { compareDocuments } from './document.ts'
import { documentKey } from './exact-keys.ts'
import { type FullName, nameOfExample, nameOfPerson } from './full-name.ts'
import { prepareName } from './name.ts'
import type { TokenCounts } from './port.ts'
import { nameReasons, round } from './reasons.ts'
import { NO_COUNTS } from './token-weight.ts'

export { DEFAULT_THRESHOLD, PAIR_THRESHOLD } from './calibration.ts'

/** An example prepared for comparison with many customers. */
export interface Scorer {
  /** The score, 0 to 1. */
  score(person: Person): number
  /** The score with its grade and reasons. */
  match(person: Person): Match
}

/** One prepared field of an example. */
interface Comparison {
  field: string
  query: string
  customer: string
  comparison: string
  similarity: number
  bits: number
  /** The bits of an exact agreement. */
  most: number
}

type Field = (person: Person) => Comparison | null

function dobField(said: string | null): Field[] {
  const ours = readDate(said)
  if (ours === null) return []
  const most = compareDates(ours, ours).bits
  return [
    person => {
      const theirs = readDate(person.dob)
      return theirs === null
        ? null
        : { field: 'dob', query: ours.text, customer: theirs.text, ...compareDates(ours, theirs), most }
    },
  ]
}

function documentField(said: string | null): Field[] {
  const ours = documentKey(said)
  if (ours === null) return []
  const most = compareDocuments(ours, ours).bits
  return [
    person => {
      const theirs = documentKey(person.document_number)
      const texts = { query: said ?? '', customer: person.document_number ?? '' }
      return theirs === null ? null : { field: 'document_number', ...texts, ...compareDocuments(ours, theirs), most }
    },
  ]
}

function detailFields(said: SearchCriteria['details']): Field[] {
  return Object.entries(said).map(([name, ours]) => {
    const most = compareDetails(ours, ours).bits
    return person => {
      const theirs = person.details[name]
      if (theirs === undefined) return null
      return {
        field: `details.${name}`,
        query: String(ours),
        customer: String(theirs),
        ...compareDetails(ours, theirs),
        most,
      }
    }
  })
}

/**
 * The maximum bits of a name beside other fields: about one person in a million. Adding up the bits of its words assumes that they are
 * independent, but relatives share long surnames, and fashions make names occur together. With this limit a contradicting date of birth
 * counts against a name of any length.
 */
const MAX_OF_NAME = 20

/** The names of customers compared before. A person is immutable, so its name can be cached. */
const remembered = new WeakMap<Person, FullName>()

function rememberedName(person: Person): FullName {
  const known = remembered.get(person)
  if (known !== undefined) return known
  const name = nameOfPerson(person, false)
  remembered.set(person, name)
  return name
}

/** Prepares criteria. `tokens` gives the frequency of name tokens on the list; `NO_COUNTS` is the default without a list. */
export function createScorer(example: SearchCriteria, tokens: TokenCounts): Scorer {
  const query = nameOfExample(example)
  const weighName = prepareName(query, tokens)
  const fields = [...dobField(example.dob), ...documentField(example.document_number), ...detailFields(example.details)]
  const withDetails = example.text !== null

  function weigh(person: Person, reasons: Reason[] | null): number {
    let [bits, gained, ofName, ofOthers] = [0, 0, 0, 0]
    const theirs =
      withDetails && Object.keys(person.details).length > 0 ? nameOfPerson(person, true) : rememberedName(person)
    if (query.parts.length > 0 && theirs.parts.length > 0) {
      const name = weighName(theirs)
      bits += name.bits
      ofName = name.attainable
      gained = name.gained
      reasons?.push(...nameReasons(name, query, theirs))
    }
    for (const compare of fields) {
      const compared = compare(person)
      if (compared === null) continue
      bits += compared.bits
      ofOthers += compared.most
      const { bits: weight, most: _, similarity, ...said } = compared
      reasons?.push({ ...said, similarity: round(similarity), weight: round(weight) })
    }
    if (ofOthers > 0) {
      bits -= Math.max(0, gained - MAX_OF_NAME)
      ofName = Math.min(MAX_OF_NAME, ofName)
    }
    return probability(bits, ofName, ofOthers)
  }

  return {
    score: person => weigh(person, null),
    match: person => {
      const reasons: Reason[] = []
      const score = weigh(person, reasons)
      return { score, grade: toGrade(score), reasons }
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
  const score = (asked: string, listed: string) =>
    match({ ...blank, text: asked }, { ...blank, type: '', surname: listed }, NO_COUNTS).score
  return Math.max(score(a, b), score(b, a))
}
