import type { ApiDocument, Schema } from './api-document.ts'

/** A schema, and the document that its references refer to. */
export type Placed = readonly [Schema, ApiDocument]

/** Numeric bounds, and in which direction they narrow. */
const LEAST = ['minLength', 'minItems', 'minimum', 'exclusiveMinimum'] as const
const MOST = ['maxLength', 'maxItems', 'maximum', 'exclusiveMaximum'] as const

/** The maximum depth of references, because schemas may be recursive. */
const DEEPEST = 20

const resolved = ([schema, document]: Placed): Schema => {
  const name = schema.$ref?.split('/').at(-1)
  return name === undefined ? schema : (document.components.schemas[name] ?? {})
}

/** The alternatives that a schema allows, each as a schema with one type. */
function alternatives(placed: Placed): Schema[] {
  const schema = resolved(placed)
  const either = schema.anyOf ?? schema.oneOf
  if (either) return either.flatMap(one => alternatives([one, placed[1]]))
  const { type } = schema
  return Array.isArray(type) ? type.map(one => ({ ...schema, type: one })) : [schema]
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
  if (depth > DEEPEST) return []
  const there = alternatives(narrow)
  return alternatives(wide).flatMap(one => {
    if (Object.keys(one).length === 0 && there.some(other => other.type !== undefined)) return [' may be anything']
    const kin = there.filter(other => other.type === undefined || other.type === one.type || isWhole(one, other))
    if (kin.length === 0) return [` may ${how === 'answer' ? 'now' : 'no longer'} be ${String(one.type)}`]
    const faults = kin.map(other => toIncompatibilities([one, wide[1]], [other, narrow[1]], how, depth))
    return faults.find(found => found.length === 0) ?? faults[0] ?? []
  })
}

const isWhole = (one: Schema, other: Schema): boolean => one.type === 'integer' && other.type === 'number'

function toIncompatibilities(
  [one, from]: Placed,
  [other, to]: Placed,
  how: 'sent' | 'answer',
  depth: number,
): string[] {
  return [
    ...(how === 'sent' ? boundFaults(one, other) : []),
    ...memberFaults([one, from], [other, to], how, depth),
    ...(one.items && other.items
      ? narrower([one.items, from], [other.items, to], how, depth + 1).map(fault => `/-${fault}`)
      : []),
  ]
}

/** Words, lengths and patterns of requests that are no longer accepted. */
function boundFaults(one: Schema, other: Schema): string[] {
  const [before, after] = [toValues(one), toValues(other)]
  const lost = after === null ? [] : (before ?? ['any other']).filter(value => !after.includes(value))
  const less = LEAST.filter(name => (toNumber(other, name) ?? -Infinity) > (toNumber(one, name) ?? -Infinity))
  const more = MOST.filter(name => (toNumber(other, name) ?? Infinity) < (toNumber(one, name) ?? Infinity))
  const pattern = other.pattern !== undefined && other.pattern !== one.pattern ? [' has another pattern'] : []
  return [
    ...lost.map(value => ` may no longer be ${String(value)}`),
    ...[...less, ...more].map(name => ` has a narrower ${name}`),
    ...pattern,
  ]
}

function memberFaults([one, from]: Placed, [other, to]: Placed, how: 'sent' | 'answer', depth: number): string[] {
  const [before, after] = [one.properties ?? {}, other.properties ?? {}]
  const [wasNeeded, isNeeded] = [one.required ?? [], other.required ?? []]
  const needed = isNeeded.filter(name => !wasNeeded.includes(name))
  const shared = Object.entries(before).flatMap(([name, member]) => {
    const there = after[name]
    if (there !== undefined)
      return narrower([member, from], [there, to], how, depth + 1).map(fault => `/${name}${fault}`)
    return how === 'sent' && other.additionalProperties === false ? [`/${name} is not taken any more`] : []
  })
  const gone = needed.map(name => `/${name} is ${how === 'answer' ? 'not always there any more' : 'needed now'}`)
  return [...gone, ...shared]
}
