/** Examples and persons in which only what a test is about is said. */
import type { Person, SearchCriteria } from '#contract/schemas/search.ts'

export const example = (said: Partial<SearchCriteria>): SearchCriteria => ({
  text: null,
  surname: null,
  given_name: null,
  dob: null,
  document_number: null,
  details: {},
  ...said,
})

export const person = (said: Partial<Person>): Person => ({
  type: 'PERSON',
  surname: null,
  given_name: null,
  dob: null,
  document_number: null,
  details: {},
  ...said,
})
