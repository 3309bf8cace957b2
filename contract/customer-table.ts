/** Customers as rows of a table: the columns of an export, and their cells. */
import { type Customer, customer } from './schemas/customer.ts'

/** Details have columns of their own, and an ETag is for programs, which read NDJSON. */
const FIELDS = Object.keys(customer.shape).filter(name => name !== 'details' && name !== 'etag')

export type Cell = string | number | boolean | null | undefined

/** The header of the table; custom fields are columns `details.NAME`. */
export const toTableHeader = (customFields: readonly string[]): string[] => [
  ...FIELDS,
  ...customFields.map(name => `details.${name}`),
]

export function toTableRow({ details, ...fields }: Customer, customFields: readonly string[]): Cell[] {
  const values = new Map<string, Cell>(Object.entries({ ...fields, absorbed: fields.absorbed.join(' ') }))
  return [...FIELDS.map(name => values.get(name)), ...customFields.map(name => details[name])]
}
