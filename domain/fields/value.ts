import type { Field } from '#contract/schemas/field.ts'
import { isApproximate, readWrittenDate } from '#contract/written-date.ts'
import type { Value } from '../records/version.ts'
import { toE164, toEmailAddress } from './contact.ts'
import type { FieldSet } from './definitions.ts'
import { matches } from './pattern.ts'

/** An exact date in ISO 8601; null if the text is none, or may mean two. */
function toIsoDate(text: string): string | null {
  const read = readWrittenDate(text)
  return 'date' in read && !isApproximate(read.date) ? read.date : null
}

/** Details in their stored form. */
export const toStoredDetails = <T extends Value | null>(
  details: Readonly<Record<string, T>>,
  fields: FieldSet,
): Record<string, T | string> =>
  Object.fromEntries(Object.entries(details).map(([name, value]) => [name, toStoredValue(value, fields.get(name))]))

const NO_PHONE = 'must be a telephone number with a country code such as +32 2 555 01 23'
/** How numbers without a country code are read. */
const STATE_COUNTRY = "state the country of others: the field's, or the option country of a batch"

/** The stored form of a value: contact data can be written in several ways. A value that its field does not allow stays as it is. */
export function toStoredValue<T extends Value | null>(value: T, field: Field | undefined): T | string {
  if (typeof value !== 'string') return value
  if (field?.type === 'phone') return toE164(value, field.country) ?? value
  if (field?.type === 'email') return toEmailAddress(value) ?? value
  return value
}

function textFault(value: string, { type, choices, pattern, country }: Field): string | null {
  if (type === 'phone' && toE164(value, country) === null)
    return `${NO_PHONE}${country === null ? '' : `, or one of ${country}`} (${STATE_COUNTRY})`
  if (type === 'email' && toEmailAddress(value) === null) return 'must be an e-mail address such as ann@example.com'
  if (type === 'date') return toIsoDate(value) === value ? null : 'must be a date such as 1985-04-12'
  if (type === 'choice') return choices?.includes(value) ? null : `must be one of ${(choices ?? []).join(', ')}`
  return pattern === null || matches(pattern, value) ? null : `does not match ${pattern}`
}

/** The error of a value that the field's type never allowed; null if there is none. */
export function typeError(value: Value, { type }: Field): string | null {
  if (type === 'number') return typeof value === 'number' ? null : 'must be a number'
  if (type === 'boolean') return typeof value === 'boolean' ? null : 'must be true or false'
  return typeof value === 'string' ? null : 'must be text'
}

/** The error of a value according to the field's current definition; null if there is none. */
export const valueFault = (value: Value, field: Field): string | null =>
  typeError(value, field) ?? (typeof value === 'string' ? textFault(value, field) : null)

// cspell:disable
/** What spreadsheets and people write for true and false, in the languages of the sample data. */
const TRUE = /^(?:true|yes|y|1|x|wahr|ja|verdadero|s[ií]|vrai|oui|истина|да|waar|αληθές|ναι)$/iu
const FALSE = /^(?:false|no|n|0|falsch|nein|falso|faux|non|ложь|нет|onwaar|nee|ψευδές|όχι)$/iu
// cspell:enable

/** Reads a cell of yes or no; null for other text. */
export const readBoolean = (text: string): boolean | null => (TRUE.test(text) ? true : FALSE.test(text) ? false : null)

/** Converts the text of a cell or query parameter to a value of its field. Text that does not fit the type stays text. */
export function parseValue(text: string, field: Field | undefined): Value {
  const trimmed = text.trim()
  if (field?.type === 'number' && /^-?\d+(\.\d+)?$/.test(trimmed)) return Number(trimmed)
  if (field?.type === 'boolean') return readBoolean(trimmed) ?? text
  if (field?.type === 'date') return toIsoDate(trimmed) ?? text
  return toStoredValue(text, field)
}
