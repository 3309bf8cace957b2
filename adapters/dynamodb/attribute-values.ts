import type { AttributeValue } from '@aws-sdk/client-dynamodb'
import { convertToNative } from '@aws-sdk/util-dynamodb'
import { isObject } from './document-shapes.ts'

/** A value that has no JSON form, or that the SDK treats in a special way. */
export class UnsupportedValue extends Error {
  override readonly name = 'UnsupportedValue'
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}

const isAbsent = (value: unknown): boolean => value === undefined || typeof value === 'function'

function toList(values: readonly unknown[]): unknown[] {
  const list: unknown[] = []
  for (const value of values) if (!isAbsent(value)) list.push(toAttributeValue(value))
  return list
}

function toMap(value: object): Record<string, unknown> {
  const map: Record<string, unknown> = {}
  for (const [name, member] of Object.entries(value)) if (!isAbsent(member)) map[name] = toAttributeValue(member)
  return map
}

/** A set of texts. */
function toTexts(values: ReadonlySet<unknown>): { SS: string[] } {
  const texts = [...values].filter(value => typeof value === 'string')
  if (texts.length === 0 || texts.length < values.size) throw new UnsupportedValue('set')
  return { SS: texts }
}

/**
 * A value as DynamoDB's JSON has it, without undefined members: what the SDK's `marshall` makes of it with `removeUndefinedValues`.
 *
 * @throws UnsupportedValue for anything but sets of texts, and JSON values in the range of exact numbers.
 */
export function toAttributeValue(value: unknown): unknown {
  if (typeof value === 'string') return { S: value }
  if (typeof value === 'boolean') return { BOOL: value }
  if (value === null) return { NULL: true }
  if (typeof value === 'number' && Math.abs(value) <= Number.MAX_SAFE_INTEGER) return { N: String(value) }
  if (Array.isArray(value)) return { L: toList(value) }
  if (value instanceof Set) return toTexts(value)
  if (typeof value === 'object' && isPlain(value)) return { M: toMap(value) }
  throw new UnsupportedValue(typeof value)
}

/** Bytes, which JSON has as text in base64. */
const toBytes = (value: unknown): Uint8Array =>
  value instanceof Uint8Array ? value : new Uint8Array(Buffer.from(String(value), 'base64'))

/** The rarer types, which the SDK decodes once their bytes are decoded. */
function fromRareType(value: Record<string, unknown>): unknown {
  if ('B' in value) return toBytes(value.B)
  if (Array.isArray(value.BS)) return new Set(value.BS.map(toBytes))
  return isAttributeValue(value) ? convertToNative(value) : null
}

const isAttributeValue = (value: object): value is AttributeValue => Object.keys(value).length === 1

/** A value of DynamoDB's JSON as the SDK's `unmarshall` decodes it. */
export function fromAttributeValue(value: unknown): unknown {
  if (!isObject(value)) throw new UnsupportedValue(typeof value)
  for (const type in value) {
    const content = value[type]
    switch (type) {
      case 'S':
      case 'BOOL':
        return content
      case 'NULL':
        return null
      case 'N': {
        const number = Number(content)
        return Math.abs(number) <= Number.MAX_SAFE_INTEGER ? number : fromRareType(value)
      }
      case 'M':
        return fromAttributes(content)
      case 'L':
        return Array.isArray(content) ? content.map(fromAttributeValue) : []
      default:
        return fromRareType(value)
    }
  }
  return fromRareType(value)
}

/** An item, or the values of an expression, as DynamoDB's JSON has them. @throws UnsupportedValue */
export function toAttributes(item: unknown): unknown {
  if (!isObject(item)) throw new UnsupportedValue(typeof item)
  return toMap(item)
}

export function fromAttributes(item: unknown): Record<string, unknown> {
  if (!isObject(item)) throw new UnsupportedValue(typeof item)
  const values: Record<string, unknown> = {}
  for (const name in item) values[name] = fromAttributeValue(item[name])
  return values
}
