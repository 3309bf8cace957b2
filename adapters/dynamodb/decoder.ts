/** Decoders of stored rows, compiled from their schemas: the same rules as the schema's own `parse`, at a fraction of its processor time. */
import * as z from 'zod'
// As a member of `z`, all of it would be in every bundle.
import * as core from 'zod/v4/core'
import { isObject } from './document-shapes.ts'

const INVALID = Symbol('invalid')

/** Returns the decoded value; INVALID if it is not valid, or may not be. */
type Decode = (value: unknown) => unknown

type Members = Readonly<Record<string, unknown>>

/** Whether it is an object as JSON has them. Zod decides about others. */
const isRecord = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype

const decodeText: Decode = value => (typeof value === 'string' ? value : INVALID)
const decodeNumber: Decode = value => (Number.isFinite(value) ? value : INVALID)
const decodeBoolean: Decode = value => (typeof value === 'boolean' ? value : INVALID)

const isOneOf =
  (values: ReadonlySet<unknown>): Decode =>
  value =>
    values.has(value) ? value : INVALID

const nullable =
  (decode: Decode): Decode =>
  value =>
    value === null ? null : decode(value)

const firstOf =
  (options: readonly Decode[]): Decode =>
  value => {
    for (const decode of options) {
      const decoded = decode(value)
      if (decoded !== INVALID) return decoded
    }
    return INVALID
  }

const listOf =
  (decode: Decode): Decode =>
  value => {
    if (!Array.isArray(value)) return INVALID
    const list = value.map(decode)
    return list.includes(INVALID) ? INVALID : list
  }

const tupleOf =
  (parts: readonly Decode[]): Decode =>
  value => {
    if (!Array.isArray(value) || value.length !== parts.length) return INVALID
    const list = parts.map((decode, n) => decode(value[n]))
    return list.includes(INVALID) ? INVALID : list
  }

const recordOf =
  (decode: Decode): Decode =>
  value => {
    if (!isRecord(value)) return INVALID
    const record: Record<string, unknown> = {}
    for (const name in value) {
      const member = decode(value[name])
      if (member === INVALID || name === '__proto__') return INVALID
      record[name] = member
    }
    return record
  }

/** A member of an object: where it is stored, how it is decoded, and what an absent one is; INVALID if it must be there. */
interface Member {
  name: string
  stored: string
  decode: Decode
  absent: () => unknown
}

function toMember(name: string, schema: core.$ZodType, stored: string): Member {
  if (schema instanceof core.$ZodOptional)
    return { name, stored, decode: compile(schema._zod.def.innerType), absent: () => undefined }
  if (schema instanceof core.$ZodDefault) {
    const { def } = schema._zod
    return { name, stored, decode: compile(def.innerType), absent: () => def.defaultValue }
  }
  return { name, stored, decode: compile(schema), absent: () => INVALID }
}

const objectOf =
  (members: readonly Member[]): Decode =>
  value => {
    if (!isRecord(value)) return INVALID
    const object: Record<string, unknown> = {}
    for (const { name, stored, decode, absent } of members) {
      const member = value[stored]
      const decoded = member !== undefined ? decode(member) : stored in value ? INVALID : absent()
      if (decoded === INVALID) return INVALID
      if (decoded !== undefined) object[name] = decoded
    }
    return object
  }

/** @param names the names under which members of the object are stored, if they differ. */
function compileObject(schema: core.$ZodObject, names: Readonly<Record<string, string>>): Decode {
  const { shape } = schema._zod.def
  return objectOf(Object.entries(shape).map(([name, member]) => toMember(name, member, names[name] ?? name)))
}

const byZod =
  (schema: core.$ZodType): Decode =>
  value => {
    const { success, data } = z.safeParse(schema, value)
    return success ? data : INVALID
  }

/** Whether any text is valid. */
const isText = (schema: core.$ZodType): boolean =>
  schema instanceof core.$ZodString && !schema._zod.def.coerce && (schema._zod.def.checks ?? []).length === 0

/** Types and rules that are not known here are left to zod. */
function compile(schema: core.$ZodType): Decode {
  if ((schema._zod.def.checks ?? []).length > 0) return byZod(schema)
  if (schema instanceof core.$ZodStringFormat || schema instanceof core.$ZodNumberFormat) return byZod(schema)
  if (isText(schema)) return decodeText
  if (schema instanceof core.$ZodNumber && !schema._zod.def.coerce) return decodeNumber
  if (schema instanceof core.$ZodBoolean && !schema._zod.def.coerce) return decodeBoolean
  if (schema instanceof core.$ZodEnum || schema instanceof core.$ZodLiteral) return isOneOf(schema._zod.values)
  if (schema instanceof core.$ZodNullable) return nullable(compile(schema._zod.def.innerType))
  if (schema instanceof core.$ZodUnion) return firstOf(schema._zod.def.options.map(compile))
  if (schema instanceof core.$ZodArray) return listOf(compile(schema._zod.def.element))
  if (schema instanceof core.$ZodTuple && schema._zod.def.rest === null)
    return tupleOf(schema._zod.def.items.map(compile))
  if (schema instanceof core.$ZodRecord && isText(schema._zod.def.keyType))
    return recordOf(compile(schema._zod.def.valueType))
  if (schema instanceof core.$ZodObject && schema._zod.def.catchall === undefined) return compileObject(schema, {})
  return byZod(schema)
}

const isDecoded = <T>(value: unknown): value is T => value !== INVALID

/**
 * Returns a function that decodes a stored row: what `schema.parse` returns for it, under the schema's names. Values that plain checks do not
 * accept are passed to `schema.parse`, whose error says what is wrong.
 *
 * @param names the names under which members are stored, if they differ.
 */
export function createDecoder<S extends z.ZodObject>(
  schema: S,
  names: Readonly<Record<string, string>> = {},
): (row: unknown) => z.output<S> {
  const decode = compileObject(schema, names)
  const members = Object.keys(schema.shape).map(name => ({ name, stored: names[name] ?? name }))
  const parse = (row: unknown) => {
    if (!isObject(row)) return schema.parse(row)
    const present = members.filter(({ stored }) => stored in row)
    return schema.parse(Object.fromEntries(present.map(({ name, stored }) => [name, row[stored]])))
  }
  return row => {
    const decoded = decode(row)
    return isDecoded<z.output<S>>(decoded) ? decoded : parse(row)
  }
}
