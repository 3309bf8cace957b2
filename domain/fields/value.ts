import type { Field } from '#contract/schemas/field.ts'
import { partialDate } from '#contract/schemas/time.ts'
import type { Value } from '../records/version.ts'
import { matches } from './pattern.ts'

function textFault(value: string, { type, choices, pattern }: Field): string | null {
  if (type === 'date') return partialDate.safeParse(value).success ? null : 'must be a date such as 1985-04-12'
  if (type === 'choice') return choices?.includes(value) ? null : `must be one of ${(choices ?? []).join(', ')}`
  return pattern === null || matches(pattern, value) ? null : `does not match ${pattern}`
}

/** What is wrong with a value as one of its field; null: nothing. */
export function valueFault(value: Value, field: Field): string | null {
  if (field.type === 'number') return typeof value === 'number' ? null : 'must be a number'
  if (field.type === 'boolean') return typeof value === 'boolean' ? null : 'must be true or false'
  return typeof value === 'string' ? textFault(value, field) : 'must be text'
}
