/**
 * Members of current rows that are objects or lists are stored as JSON texts: to encode and decode what they contain value by value takes
 * several times as long, here and in the table engine (decision 41). In rows of earlier releases they are maps and lists.
 */
import { isObject } from './document-shapes.ts'

/** @param names the members that are packed, if they are objects or lists. */
export function pack(members: Record<string, unknown>, names: readonly string[]): Record<string, unknown> {
  const packed = { ...members }
  for (const name of names)
    if (typeof packed[name] === 'object' && packed[name] !== null) packed[name] = JSON.stringify(packed[name])
  return packed
}

/** A text that is not JSON stays a text: the row's decoder says what it must be. */
function toMember(value: unknown): unknown {
  if (typeof value !== 'string' || !/^[{[]/.test(value)) return value
  try {
    return JSON.parse(value)
  } catch {
    return value
  }
}

/** A row with its packed members as objects and lists. */
export function unpack(row: unknown, names: readonly string[]): unknown {
  if (!isObject(row)) return row
  const members = { ...row }
  for (const name of names) if (name in members) members[name] = toMember(members[name])
  return members
}
