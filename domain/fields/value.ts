import type { Field } from '#contract/schemas/field.ts'
import { partialDate } from '#contract/schemas/time.ts'
import type { Value } from '../records/version.ts'
import { matches } from './pattern.ts'

function textFault(value: string, { type, choices, pattern }: Field): string | null {
  if (type === 'date') return partialDate.safeParse(value).success ? null : 'must be a date such as 1985-04-12'
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

/** Converts the text of a cell or query parameter to a value of its field. Text that does not fit the type stays text. */
export function parseValue(text: string, field: Field | undefined): Value {
  const trimmed = text.trim()
  if (field?.type === 'number' && /^-?\d+(\.\d+)?$/.test(trimmed)) return Number(trimmed)
  if (field?.type === 'boolean' && /^(true|false)$/.test(trimmed)) return trimmed === 'true'
  return text
}
