/** Which entries a filter admits as candidates. */
import type { Person } from '#contract/schemas/search.ts'
import { mayBeWithin } from '#domain/search/date-range.ts'
import type { CandidateFilter, IndexEntry } from '#domain/search/port.ts'

/** Whether a filter says enough to list customers by it alone. */
export const isSelective = ({ dob, details }: CandidateFilter): boolean => dob !== undefined || details !== undefined

export function toAdmission(filter: CandidateFilter): (entry: IndexEntry | undefined) => boolean {
  const { type, past = false, state, dob, details = {} } = filter
  const required = Object.entries(details)
  const isOf = (person: Person | null | undefined) =>
    person !== null &&
    person !== undefined &&
    (type === undefined || person.type === type) &&
    (dob === undefined || mayBeWithin(person.dob, dob)) &&
    required.every(([name, value]) => person.details[name] === value)
  return entry =>
    entry !== undefined &&
    (state === undefined || entry.listing?.state === state) &&
    (isOf(entry.person) || (past && entry.past.some(isOf)))
}
