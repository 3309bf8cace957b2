import type { ApiDocument, Schema } from './api-document.ts'

/** A schema, and the document that its references refer to. */
export type Placed = readonly [Schema, ApiDocument]

/** Numeric bounds, and in which direction they narrow. */
const MINIMA = ['minLength', 'minItems', 'minimum', 'exclusiveMinimum'] as const
const MAXIMA = ['maxLength', 'maxItems', 'maximum', 'exclusiveMaximum'] as const

/** Conditions that a value of the schema's type must also meet. Any other condition may be narrower. */
const CONDITIONS = ['anyOf', 'oneOf', 'allOf', 'not', 'multipleOf', 'uniqueItems', 'dependentRequired'] as const

/** The maximum depth of references, because schemas may be recursive. */
const MAX_DEPTH = 20

const resolved = ([schema, document]: Placed): Schema => {
  const name = schema.$ref?.split('/').at(-1)
  return name === undefined ? schema : (document.components.schemas[name] ?? {})
}

/** The alternatives that a schema allows, each as a schema with one type. */
function alternatives(placed: Placed): Schema[] {
  const schema = resolved(placed)
  const either = schema.anyOf ?? schema.oneOf
  // Beside a type, alternatives are conditions.
  if (either && schema.type === undefined) return either.flatMap(alternative => alternatives([alternative, placed[1]]))
  const { type } = schema
  return Array.isArray(type) ? type.map(alternative => ({ ...schema, type: alternative })) : [schema]
}

const toValues = (schema: Schema): unknown[] | null => ('const' in schema ? [schema.const] : (schema.enum ?? null))

const toNumber = (schema: Schema, name: string): number | null => {
  const value = schema[name]
  return typeof value === 'number' ? value : null
}

/**
 * Why `narrow` does not accept everything that `wide` accepts, one line per place; empty if it does.
 *
 * @param how for `answer`, `wide` is the current response and `narrow` what was read before. Additions are allowed, because readers ignore
 * unknown members and words.
 */
export function narrower(wide: Placed, narrow: Placed, how: 'sent' | 'answer' = 'sent', depth = 0): string[] {
  if (depth > MAX_DEPTH) return []
  const accepted = alternatives(narrow)
  return alternatives(wide).flatMap(schema => {
    if (Object.keys(schema).length === 0 && accepted.some(candidate => candidate.type !== undefined))
      return [' may be anything']
    const comparable = accepted.filter(
      candidate => candidate.type === undefined || candidate.type === schema.type || isWhole(schema, candidate),
    )
    if (comparable.length === 0) return [` may ${how === 'answer' ? 'now' : 'no longer'} be ${String(schema.type)}`]
    const faults = comparable.map(candidate =>
      toIncompatibilities([schema, wide[1]], [candidate, narrow[1]], how, depth),
    )
    return faults.find(faults => faults.length === 0) ?? faults[0] ?? []
  })
}

const isWhole = (a: Schema, b: Schema): boolean => a.type === 'integer' && b.type === 'number'

function toIncompatibilities(
  [wide, from]: Placed,
  [narrow, to]: Placed,
  how: 'sent' | 'answer',
  depth: number,
): string[] {
  return [
    ...(how === 'sent' ? boundFaults(wide, narrow) : []),
    ...memberFaults([wide, from], [narrow, to], how, depth),
    ...(wide.items && narrow.items
      ? narrower([wide.items, from], [narrow.items, to], how, depth + 1).map(fault => `/-${fault}`)
      : []),
  ]
}

/** Words, lengths and patterns of requests that are no longer accepted. */
function boundFaults(wide: Schema, narrow: Schema): string[] {
  const [before, after] = [toValues(wide), toValues(narrow)]
  const removed = after === null ? [] : (before ?? ['any other value']).filter(value => !after.includes(value))
  const less = MINIMA.filter(name => (toNumber(narrow, name) ?? -Infinity) > (toNumber(wide, name) ?? -Infinity))
  const more = MAXIMA.filter(name => (toNumber(narrow, name) ?? Infinity) < (toNumber(wide, name) ?? Infinity))
  const conditions = CONDITIONS.filter(
    name => narrow[name] !== undefined && JSON.stringify(narrow[name]) !== JSON.stringify(wide[name]),
  )
  const pattern = narrow.pattern !== undefined && narrow.pattern !== wide.pattern ? [' has a different pattern'] : []
  return [
    ...removed.map(value => ` may no longer be ${String(value)}`),
    ...[...less, ...more].map(name => ` has a narrower ${name}`),
    ...pattern,
    ...conditions.map(name => ` has a different ${name}`),
  ]
}

function memberFaults([wide, from]: Placed, [narrow, to]: Placed, how: 'sent' | 'answer', depth: number): string[] {
  const [before, after] = [wide.properties ?? {}, narrow.properties ?? {}]
  const [wasNeeded, isNeeded] = [wide.required ?? [], narrow.required ?? []]
  const needed = isNeeded.filter(name => !wasNeeded.includes(name))
  const shared = Object.entries(before).flatMap(([name, member]) => {
    const narrowMember = after[name]
    if (narrowMember !== undefined)
      return narrower([member, from], [narrowMember, to], how, depth + 1).map(fault => `/${name}${fault}`)
    return how === 'sent' && narrow.additionalProperties === false ? [`/${name} is no longer accepted`] : []
  })
  const missing = needed.map(name => `/${name} is ${how === 'answer' ? 'no longer always present' : 'now required'}`)
  return [...missing, ...shared]
}
