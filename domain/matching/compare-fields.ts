/** The fields of search criteria besides the name, prepared for comparison with many customers. */
import type { Person, SearchCriteria } from '#contract/schemas/search.ts'
import { compareDetails } from './compare-detail.ts'
import { compareDates, readDate } from './compare-dob.ts'
import { compareDocuments } from './document.ts'
import { documentKey } from './exact-keys.ts'

export const DOCUMENT = 'document_number'

/** One prepared field of an example. */
export interface Comparison {
  field: string
  query: string
  customer: string
  comparison: string
  similarity: number
  bits: number
}

export interface Field {
  /** The bits of an exact agreement. */
  most: number
  compare(person: Person): Comparison | null
}

function dobField(text: string | null): Field[] {
  const expected = readDate(text)
  if (expected === null) return []
  const compare = (person: Person) => {
    const actual = readDate(person.dob)
    if (actual === null) return null
    return { field: 'dob', query: expected.text, customer: actual.text, ...compareDates(expected, actual) }
  }
  return [{ most: compareDates(expected, expected).bits, compare }]
}

/** The document keys of customers compared before. A person is immutable, so its key can be cached. */
const remembered = new WeakMap<Person, string | null>()

function rememberedKey(person: Person): string | null {
  const cached = remembered.get(person)
  if (cached !== undefined) return cached
  const key = documentKey(person.document_number)
  remembered.set(person, key)
  return key
}

function documentField(text: string | null): Field[] {
  const expected = documentKey(text)
  if (expected === null) return []
  const compare = (person: Person) => {
    const actual = rememberedKey(person)
    const texts = { query: text ?? '', customer: person.document_number ?? '' }
    return actual === null ? null : { field: DOCUMENT, ...texts, ...compareDocuments(expected, actual) }
  }
  return [{ most: compareDocuments(expected, expected).bits, compare }]
}

function detailFields(details: SearchCriteria['details']): Field[] {
  return Object.entries(details).map(([name, expected]) => {
    const compare = (person: Person) => {
      const actual = person.details[name]
      if (actual === undefined) return null
      const texts = { query: String(expected), customer: String(actual) }
      return { field: `details.${name}`, ...texts, ...compareDetails(expected, actual) }
    }
    return { most: compareDetails(expected, expected).bits, compare }
  })
}

/** All stated fields but the name. */
export const toFields = ({ dob, document_number, details }: SearchCriteria): Field[] => [
  ...dobField(dob),
  ...documentField(document_number),
  ...detailFields(details),
]
