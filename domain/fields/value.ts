import type { Field } from '#contract/schemas/field.ts'
import { partialDate } from '#contract/schemas/time.ts'
import type { Value } from '../records/version.ts'
import { matches } from './pattern.ts'

function textFault(value: string, { type, choices, pattern }: Field): string | null {
  if (type === 'date') return partialDate.safeParse(value).success ? null : 'must be a date such as 1985-04-12'
  if (type === 'choice') return choices?.includes(value) ? null : `must be one of ${(choices ?? []).join(', ')}`
  return pattern === null || matches(pattern, value) ? null : `does not match ${pattern}`
}

/** What is wrong with a value that cannot be, or ever have been, one of its field; null: nothing. */
export function typeError(value: Value, { type }: Field): string | null {
  if (type === 'number') return typeof value === 'number' ? null : 'must be a number'
  if (type === 'boolean') return typeof value === 'boolean' ? null : 'must be true or false'
  return typeof value === 'string' ? null : 'must be text'
}

/** What is wrong with a value as one of its field; null: nothing. */
export const valueFault = (value: Value, field: Field): string | null =>
  typeError(value, field) ?? (typeof value === 'string' ? textFault(value, field) : null)

/** What stands in a cell or a query, as a value of its field. What cannot be read as the field's type stays text. */
export function parseValue(text: string, field: Field | undefined): Value {
  const trimmed = text.trim()
  if (field?.type === 'number' && /^-?\d+(\.\d+)?$/.test(trimmed)) return Number(trimmed)
  if (field?.type === 'boolean' && /^(true|false)$/.test(trimmed)) return trimmed === 'true'
  return text
}
