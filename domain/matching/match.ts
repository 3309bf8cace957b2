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

function dobField(text: string | null): Field[] {
  const expected = readDate(text)
  if (expected === null) return []
  const maxBits = compareDates(expected, expected).bits
  return [
    person => {
      const actual = readDate(person.dob)
      return actual === null
        ? null
        : {
            field: 'dob',
            query: expected.text,
            customer: actual.text,
            ...compareDates(expected, actual),
            most: maxBits,
          }
    },
  ]
}

function documentField(text: string | null): Field[] {
  const expected = documentKey(text)
  if (expected === null) return []
  const maxBits = compareDocuments(expected, expected).bits
  return [
    person => {
      const actual = documentKey(person.document_number)
      const texts = { query: text ?? '', customer: person.document_number ?? '' }
      return actual === null
        ? null
        : { field: 'document_number', ...texts, ...compareDocuments(expected, actual), most: maxBits }
    },
  ]
}

function detailFields(details: SearchCriteria['details']): Field[] {
  return Object.entries(details).map(([name, expected]) => {
    const maxBits = compareDetails(expected, expected).bits
    return person => {
      const actual = person.details[name]
      if (actual === undefined) return null
      return {
        field: `details.${name}`,
        query: String(expected),
        customer: String(actual),
        ...compareDetails(expected, actual),
        most: maxBits,
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
  const cached = remembered.get(person)
  if (cached !== undefined) return cached
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
      const { bits: weight, most: _, similarity, ...reason } = compared
      reasons?.push({ ...reason, similarity: round(similarity), weight: round(weight) })
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
  const score = (query: string, listed: string) =>
    match({ ...blank, text: query }, { ...blank, type: '', surname: listed }, NO_COUNTS).score
  return Math.max(score(a, b), score(b, a))
}
