import { isTime } from '../local-time.ts'

/** What the address of the comparison has: two times, ISO 8601 in UTC, and which differences. Nobody can be recognised by them. */
export interface ChangesSearch {
  from?: string
  /** Without it: now. */
  to?: string
  /** The id of a customer. */
  customer?: string
  field?: string
}

const isStated = (value: unknown): value is string => typeof value === 'string' && value !== ''

/** Reads an address, and leaves out what does not belong there. */
export const toChangesSearch = ({ from, to, customer, field }: Record<string, unknown>): ChangesSearch => ({
  ...(isTime(from) ? { from } : {}),
  ...(isTime(to) ? { to } : {}),
  ...(isStated(customer) ? { customer } : {}),
  ...(isStated(field) ? { field } : {}),
})
