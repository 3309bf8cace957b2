import type { FieldError } from '#contract/schemas/problem.ts'
import type { Value } from '../records/version.ts'
import type { FieldSet } from './definitions.ts'
import { typeError } from './value.ts'

/**
 * What is wrong with values by which customers are to be picked. A sensitive one is not asked for: a guess would be confirmed. Patterns
 * and choices do not count: customers keep values from before these were changed.
 */
export const filterFaults = (asked: Readonly<Record<string, Value>>, fields: FieldSet, before: string): FieldError[] =>
  Object.entries(asked).flatMap(([name, value]) => {
    const field = fields.get(name)
    if (field === undefined) return [{ pointer: before + name, detail: 'is not an authorised field' }]
    if (field.pii === 'sensitive')
      return [{ pointer: before + name, detail: 'is sensitive: filtering by it is not allowed' }]
    const detail = typeError(value, field)
    return detail === null ? [] : [{ pointer: before + name, detail }]
  })

/** What is wrong with values by which somebody like them is to be found: fields that are not searched would say nothing. */
export const exampleFaults = (
  example: Readonly<Record<string, Value>>,
  fields: FieldSet,
  before: string,
): FieldError[] =>
  Object.entries(example).flatMap(([name, value]) => {
    const field = fields.get(name)
    if (field === undefined) return [{ pointer: before + name, detail: 'is not an authorised field' }]
    if (!field.searchable) return [{ pointer: before + name, detail: 'is not searchable' }]
    const detail = typeError(value, field)
    return detail === null ? [] : [{ pointer: before + name, detail }]
  })

/** Whether details have the values that are asked for. */
export const matchesAll = (details: Readonly<Record<string, Value>>, asked: Readonly<Record<string, Value>>): boolean =>
  Object.entries(asked).every(([name, value]) => Object.hasOwn(details, name) && details[name] === value)
