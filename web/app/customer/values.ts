import type { components } from '../../../client/paths.ts'

type Customer = components['schemas']['Customer']

const FIELDS = ['surname', 'given_name', 'dob', 'document_number', 'type'] as const

/** A date of birth as it is written; `~` marks an approximate one. */
export const dobText = ({ dob, dob_approximate }: Pick<Customer, 'dob' | 'dob_approximate'>): string | null =>
  dob === null ? null : `${dob}${dob_approximate ? '~' : ''}`

/** The values of all fields; the names of custom ones begin with `details.`. */
export const valuesOf = (
  customer: Pick<Customer, 'details' | 'dob_approximate' | (typeof FIELDS)[number]>,
): [field: string, value: unknown][] => [
  ...FIELDS.map((field): [string, unknown] => [field, field === 'dob' ? dobText(customer) : customer[field]]),
  ...Object.entries(customer.details).map(([field, value]): [string, unknown] => [`details.${field}`, value]),
]
