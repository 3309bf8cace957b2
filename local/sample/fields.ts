import type { Field } from '#contract/schemas/field.ts'

const plain = {
  choices: null,
  pattern: null,
  country: null,
  required: false,
  searchable: false,
  pii: 'personal',
} as const
const authorised = { ...plain, state: 'authorised' } as const

/** The custom fields of the sample. */
export const sampleFields: readonly Field[] = [
  { name: 'nationality', label: 'Nationality', type: 'text', ...authorised, searchable: true },
  { name: 'email', label: 'E-mail address', type: 'email', ...authorised, searchable: true },
  { name: 'phone', label: 'Telephone', type: 'phone', ...authorised, searchable: true },
  { name: 'street', label: 'Street', type: 'text', ...authorised },
  { name: 'city', label: 'City', type: 'text', ...authorised, searchable: true },
  { name: 'postcode', label: 'Postcode', type: 'text', ...authorised },
  { name: 'country', label: 'Country', type: 'text', ...authorised },
  { name: 'occupation', label: 'Occupation', type: 'text', ...authorised },
  { name: 'employer', label: 'Employer', type: 'text', ...authorised },
  { name: 'language', label: 'Language', type: 'text', ...authorised },
  { name: 'title', label: 'Title', type: 'text', ...authorised },
  { name: 'alias', label: 'Also known as', type: 'text', ...authorised, searchable: true },
  { name: 'height_cm', label: 'Height in cm', type: 'number', ...authorised },
  { name: 'resident', label: 'Resident', type: 'boolean', ...authorised },
  { name: 'member_since', label: 'Member since', type: 'date', ...authorised },
  { name: 'note', label: 'Note', type: 'text', ...authorised },
]
