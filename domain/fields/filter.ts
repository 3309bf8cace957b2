import type { Fault } from '#contract/schemas/problem.ts'
import type { Value } from '../records/version.ts'
import type { Accepted } from './definitions.ts'

/** What is wrong with fields by whose values customers are to be picked. A sensitive value is not asked for: a guess would be confirmed. */
export const filterFaults = (names: readonly string[], fields: Accepted, before: string): Fault[] =>
  names.flatMap(name => {
    const field = fields.get(name)
    if (field === undefined) return [{ pointer: before + name, detail: 'is no authorised field' }]
    return field.pii === 'sensitive' ? [{ pointer: before + name, detail: 'is sensitive: it is not filtered by' }] : []
  })

/** Whether details have the values that are asked for. */
export const hasAll = (details: Readonly<Record<string, Value>>, asked: Readonly<Record<string, Value>>): boolean =>
  Object.entries(asked).every(([name, value]) => Object.hasOwn(details, name) && details[name] === value)
