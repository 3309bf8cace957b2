/**
 * The score of a customer for an example: the sum over fields of Fellegi–Sunter weights log2(m/u) ("A theory for record
 * linkage", 1969), set against the evidence that is needed, on a logistic curve to a probability.
 */
import type { Example, Match, Person, Reason } from '#contract/schemas/search.ts'
import type { TokenCounts } from '#domain/ports.ts'
import { gradeOf, probability } from './curve.ts'
import { compareDetails } from './detail.ts'
import { compareDates, readDate } from './dob.ts'
import { compareDocuments } from './document.ts'
import { formsIn } from './form.ts'
import { documentKey } from './keys.ts'
import { type NameEvidence, type NamePart, weighNames } from './name.ts'
import { nameReasons } from './reasons.ts'

export { DEFAULT_THRESHOLD, PAIR_THRESHOLD } from './curve.ts'

/** An example made ready to be compared with many customers. */
export interface Scorer {
  /** The score alone, 0 to 1. */
  score(person: Person): number
  /** The score with its grade and reasons. */
  match(person: Person): Match
}

/** What all fields together say. */
interface Evidence {
  bits: number
  attainable: number
  name: NameEvidence | null
  reasons: Reason[]
}

function namesOf(of: Pick<Person, 'surname' | 'given_name'>): NamePart[] {
  return [
    ...formsIn(of.given_name).map(form => ({ form, field: 'given_name' as const })),
    ...formsIn(of.surname).map(form => ({ form, field: 'surname' as const })),
  ]
}

const detailsOf = (person: Person): NamePart[] =>
  Object.values(person.details).flatMap(value =>
    formsIn(String(value)).map(form => ({ form, field: 'details' as const })),
  )

/** The names of customers seen before: a person is a value, so its names do not change. */
const remembered = new WeakMap<Person, NamePart[]>()

function partsOf(person: Person): NamePart[] {
  const known = remembered.get(person)
  if (known !== undefined) return known
  const parts = namesOf(person)
  remembered.set(person, parts)
  return parts
}

/** Makes an example ready. `tokens` say how rare a name is on the list; see NO_COUNTS for none. */
export function prepare(example: Example, tokens: TokenCounts): Scorer {
  const text = formsIn(example.text).map(form => ({ form, field: 'text' as const }))
  const names = [...text, ...namesOf(example)]
  const dob = readDate(example.dob)
  const document = documentKey(example.document_number)
  const details = Object.entries(example.details)

  function weigh(person: Person, explain: boolean): Evidence {
    const found: Evidence = { bits: 0, attainable: 0, name: null, reasons: [] }
    const add = (
      field: string,
      query: string,
      customer: string,
      agreement: Pick<Reason, 'comparison' | 'similarity'> & { bits: number },
      most: number,
    ) => {
      found.bits += agreement.bits
      found.attainable += most
      if (explain)
        found.reasons.push({
          field,
          query,
          customer,
          comparison: agreement.comparison,
          similarity: agreement.similarity,
          weight: round(agreement.bits),
        })
    }
    const parts = text.length > 0 ? [...partsOf(person), ...detailsOf(person)] : partsOf(person)
    if (names.length > 0 && parts.length > 0) {
      const name = weighNames(names, parts, tokens)
      found.bits += name.bits
      found.name = name
      if (explain) found.reasons.push(...nameReasons(name, names, parts))
    }
    const theirs = readDate(person.dob)
    if (dob !== null && theirs !== null)
      add('dob', dob.text, theirs.text, compareDates(dob, theirs), compareDates(dob, dob).bits)
    const number = documentKey(person.document_number)
    if (document !== null && number !== null) {
      add(
        'document_number',
        example.document_number ?? '',
        person.document_number ?? '',
        compareDocuments(document, number),
        compareDocuments(document, document).bits,
      )
    }
    for (const [name, value] of details) {
      const other = person.details[name]
      if (other !== undefined)
        add(
          `details.${name}`,
          String(value),
          String(other),
          compareDetails(value, other),
          compareDetails(value, value).bits,
        )
    }
    return found
  }

  return {
    score: person => {
      const { bits, name, attainable } = weigh(person, false)
      return probability(bits, name?.attainable ?? 0, attainable)
    },
    match: person => {
      const { bits, name, attainable, reasons } = weigh(person, true)
      const score = probability(bits, name?.attainable ?? 0, attainable)
      return { score, grade: gradeOf(score), reasons }
    },
  }
}

/** Scores one customer for one example. */
export function match(example: Example, person: Person, tokens: TokenCounts): Match {
  return prepare(example, tokens).match(person)
}

const round = (bits: number) => Math.round(bits * 100) / 100
