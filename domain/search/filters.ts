/** The fields of a search request, as criteria that are scored and as filters that every hit meets. */
import type { Customer } from '#contract/schemas/customer.ts'
import type { FieldError } from '#contract/schemas/problem.ts'
import type { SearchRequest } from '#contract/schemas/query.ts'
import type { Person, SearchCriteria } from '#contract/schemas/search.ts'
import { type FieldSet, toTypes } from '../fields/definitions.ts'
import { filterFaults, matchesAll } from '../fields/filter.ts'
import { unknownType } from '../fields/types.ts'
import { toStoredDetails } from '../fields/value.ts'
import { containsAll } from '../matching/blocking/words.ts'
import { documentKey } from '../matching/exact-keys.ts'
import { parseQueryText, readQueryText } from '../matching/example.ts'
import { createScorer, DEFAULT_THRESHOLD } from '../matching/match.ts'
import { words } from '../matching/normalise.ts'
import { toPhoneEnd } from '../matching/phone.ts'
import { isNamePlaceholder } from '../matching/placeholders.ts'
import type { TokenCounts } from '../matching/port.ts'
import { readContacts } from './contact-readings.ts'
import { mayBeWithin, toDateRange } from './date-range.ts'
import type { CandidateFilter, DateRange } from './port.ts'

/** States of customers that the index knows by their past identities only. */
const OFF_THE_LIST: ReadonlySet<string> = new Set(['deleted', 'expired', 'all'])

const searchable = (details: SearchRequest['details'], fields: FieldSet): Person['details'] =>
  Object.fromEntries(
    Object.entries(toStoredDetails(details ?? {}, fields)).filter(([name]) => fields.get(name)?.searchable),
  )

const toRange = ({ dob, dob_tolerance_years: tolerance = 0 }: SearchRequest): DateRange | undefined =>
  dob === undefined ? undefined : toDateRange(dob, tolerance)

/** The errors of a search request beyond its schema. */
export function searchFaults(request: SearchRequest, fields: FieldSet): FieldError[] {
  const { type, details = {}, q, surname, given_name, dob, document_number } = request
  const faults = [...unknownType(toTypes(fields), type, '#/type'), ...filterFaults(details, fields, '#/details/')]
  const isByDetailsOnly = [q, surname, given_name, dob, document_number].every(value => value === undefined)
  if (faults.length === 0 && isByDetailsOnly && Object.keys(searchable(details, fields)).length === 0)
    faults.push({ pointer: '#/details', detail: 'has no searchable field: state another criterion, too' })
  return faults
}

/** What the index can filter by. */
export function toCandidateFilter(request: SearchRequest, fields: FieldSet): CandidateFilter {
  const { type, state } = request
  const past = OFF_THE_LIST.has(state)
  const details = searchable(request.details, fields)
  return {
    type,
    past,
    recall: 'typed',
    // A merged customer is found as the survivor.
    state: state === 'active' || state === 'all' ? undefined : state,
    dob: toRange(request),
    // The index has the details of customers on the list only.
    details: past || Object.keys(details).length === 0 ? undefined : details,
  }
}

/** Everything that the request may mean, to be scored. A date with a tolerance is scored only if nothing else can be. */
export function toReadings(request: SearchRequest, fields: FieldSet): SearchCriteria[] {
  const { q, surname = null, given_name = null, document_number = null, dob = null, dob_tolerance_years = 0 } = request
  const details = searchable(request.details, fields)
  const isDateAlone = [q, surname, given_name, request.document_number].every(value => (value ?? null) === null)
  const scoredDob = dob_tolerance_years === 0 || isDateAlone ? dob : null
  const stated = { text: null, surname, given_name, dob: scoredDob, document_number, details }
  if (q === undefined) return [stated]
  const withText = (reading: SearchCriteria): SearchCriteria => ({
    ...stated,
    text: reading.text,
    surname: stated.surname ?? reading.surname,
    dob: reading.dob ?? stated.dob,
    document_number: reading.document_number ?? stated.document_number,
  })
  const contacts = readContacts(q, fields).map(contact => ({
    ...withText(parseQueryText(contact.rest)),
    details: { ...details, ...contact.details },
  }))
  return [...readQueryText(q).map(withText), ...contacts]
}

/**
 * The words that a hit contains in the mode `exact`: all of one of these sets. A telephone number is one word, however it is written.
 */
export function toRequiredWords({ q, surname, given_name }: Partial<SearchRequest>, fields: FieldSet): string[][] {
  const names = [surname, given_name].flatMap(name => words(name ?? ''))
  const contacts = readContacts(q ?? '', fields).map(({ rest, details }) => [
    ...words(rest),
    ...Object.values(details).flatMap(value => {
      const [end] = toPhoneEnd(String(value))
      return end === undefined ? words(String(value)) : [end]
    }),
  ])
  return [words(q ?? ''), ...contacts].map(ofText => [...ofText, ...names])
}

/** The same for the list's `q`: a text without words has no set, and finds nobody. */
export const toWordSets = (q: string, fields: FieldSet): string[][] =>
  toRequiredWords({ q }, fields).filter(words => words.length > 0)

/** The lowest score of a hit. Where only filters are stated, everybody who meets them is a hit. */
export function toThreshold({ threshold, mode, q, surname, given_name }: SearchRequest): number {
  const hasNames = [q, surname, given_name].some(value => value !== undefined)
  return threshold ?? (mode === 'fuzzy' && hasNames ? DEFAULT_THRESHOLD : 0)
}

const NOBODY: Person = { type: '', surname: null, given_name: null, dob: null, document_number: null, details: {} }

/** Whether one field of a name has what was stated: in the mode `exact` every word, otherwise a similar name. */
function toNameFilter(
  member: 'surname' | 'given_name',
  { mode, [member]: text }: SearchRequest,
  tokens: TokenCounts,
): (person: Person) => boolean {
  if (text === undefined) return () => true
  const only = (person: Person): Person => ({ ...NOBODY, type: person.type, [member]: person[member] })
  const required = words(text)
  if (mode === 'exact') return person => containsAll(only(person), required)
  if (isNamePlaceholder(text)) return () => true
  const { type: _, ...nothing } = NOBODY
  const scorer = createScorer({ ...nothing, text: null, [member]: text }, tokens, true)
  /** Many candidates have the same name. */
  const similar = new Map<string, boolean>()
  return person => {
    const key = `${person.type}\n${person[member] ?? ''}`
    const cached = similar.get(key)
    if (cached !== undefined) return cached
    const isSimilar = scorer.score(only(person)) >= DEFAULT_THRESHOLD
    similar.set(key, isSimilar)
    return isSimilar
  }
}

/** Whether an identity meets the filters of the fields that identify a customer. */
export function toIdentityFilter(request: SearchRequest, tokens: TokenCounts): (person: Person) => boolean {
  const range = toRange(request)
  const number = documentKey(request.document_number ?? null)
  const hasSurname = toNameFilter('surname', request, tokens)
  const hasGivenName = toNameFilter('given_name', request, tokens)
  return person =>
    (range === undefined || mayBeWithin(person.dob, range)) &&
    (number === null || documentKey(person.document_number) === number) &&
    hasSurname(person) &&
    hasGivenName(person)
}

/** Whether a customer meets the other filters. */
export const meetsFilters = ({ type, state, details }: Customer, request: SearchRequest, fields: FieldSet): boolean =>
  (request.type === undefined || type === request.type) &&
  (request.state === 'all' || state === request.state) &&
  matchesAll(details, toStoredDetails(request.details ?? {}, fields))
