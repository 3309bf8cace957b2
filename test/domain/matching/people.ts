/** Search criteria and persons that are empty except for the fields of a test. */
import type { Person, SearchCriteria } from '#contract/schemas/search.ts'

export const example = (overrides: Partial<SearchCriteria>): SearchCriteria => ({
  text: null,
  surname: null,
  given_name: null,
  dob: null,
  document_number: null,
  details: {},
  ...overrides,
})

export const person = (overrides: Partial<Person>): Person => ({
  type: 'PERSON',
  surname: null,
  given_name: null,
  dob: null,
  document_number: null,
  details: {},
  ...overrides,
})
