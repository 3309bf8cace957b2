import { isTime } from '../local-time.ts'

/** The times that a customer is looked at: when it was valid, and what was recorded by when. Both are ISO 8601, in UTC. */
export interface TimeSearch {
  as_of?: string
  known_at?: string
}

/** What the address of a customer has: the times, and the two versions that are compared. */
export interface CustomerSearch extends TimeSearch {
  left?: string
  right?: string
}

/** Reads an address, and leaves out what is no time. */
export const toTimeSearch = ({ as_of, known_at }: Record<string, unknown>): TimeSearch => ({
  ...(isTime(as_of) ? { as_of } : {}),
  ...(isTime(known_at) ? { known_at } : {}),
})

/** Reads an address, and leaves out what the view of a customer does not know. */
export const toCustomerSearch = (search: Record<string, unknown>): CustomerSearch => ({
  ...toTimeSearch(search),
  ...(typeof search.left === 'string' ? { left: search.left } : {}),
  ...(typeof search.right === 'string' ? { right: search.right } : {}),
})

/** Reads the address of a form: with a time, it is a correction of the past. */
export const toCorrectionSearch = ({ as_of }: Record<string, unknown>): Pick<TimeSearch, 'as_of'> =>
  toTimeSearch({ as_of })
