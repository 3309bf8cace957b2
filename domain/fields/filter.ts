import type { FieldError } from '#contract/schemas/problem.ts'
import type { Value } from '../records/version.ts'
import type { FieldSet } from './definitions.ts'
import { typeError } from './value.ts'

/**
 * The errors of filter values. Sensitive fields cannot be filtered by, because that would confirm guesses. Patterns and choices are not
 * checked: customers keep values from before a change.
 */
export const filterFaults = (values: Readonly<Record<string, Value>>, fields: FieldSet, before: string): FieldError[] =>
  Object.entries(values).flatMap(([name, value]) => {
    const field = fields.get(name)
    if (field === undefined) return [{ pointer: before + name, detail: 'is not an authorised field' }]
    if (field.pii === 'sensitive')
      return [{ pointer: before + name, detail: 'is sensitive: filtering by it is not allowed' }]
    const detail = typeError(value, field)
    return detail === null ? [] : [{ pointer: before + name, detail }]
  })

/** The errors of values to search by. Fields that are not searchable are refused. */
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

/** Whether details have all required values. */
export const matchesAll = (
  details: Readonly<Record<string, Value>>,
  required: Readonly<Record<string, Value>>,
): boolean => Object.entries(required).every(([name, value]) => Object.hasOwn(details, name) && details[name] === value)
