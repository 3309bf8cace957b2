import type { FieldError } from './schemas/problem.ts'

/** As many faults are told at once: more help nobody, and a small request is not to get a large answer. */
export const MAX_FAULTS = 100
const MAX_POINTER_LENGTH = 200

/** A pointer that is not longer than a person reads. */
export const truncate = (pointer: string): string =>
  pointer.length <= MAX_POINTER_LENGTH ? pointer : `${pointer.slice(0, MAX_POINTER_LENGTH)}…`

/** A member's name as a JSON Pointer token (RFC 6901). */
export const token = (name: PropertyKey): string => String(name).replaceAll('~', '~0').replaceAll('/', '~1')

/** Members `__proto__`, which schemas pass over in silence: a fault each, like any unknown member. Walks without recursion: JSON may be deep. */
function hiddenMembers(value: unknown): FieldError[] {
  const faults: FieldError[] = []
  const open: [string, unknown][] = [['#', value]]
  for (let next = open.pop(); next && faults.length < MAX_FAULTS; next = open.pop()) {
    const [pointer, inner] = next
    if (typeof inner !== 'object' || inner === null) continue
    for (const [name, member] of Object.entries(inner)) {
      if (name === '__proto__') faults.push({ pointer: truncate(`${pointer}/__proto__`), detail: 'is unknown' })
      else if (typeof member === 'object') open.push([truncate(`${pointer}/${token(name)}`), member])
    }
  }
  return faults
}

/** A number as it was written: JavaScript's own would round its digits. */
export class RawNumber {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }
}

const asWritten = (_: string, value: unknown, context?: { source?: string }): unknown =>
  typeof value === 'number' && context?.source !== undefined ? new RawNumber(context.source) : value

/** A JSON text's value, or what is wrong with it. `exactNumbers`: its numbers come as they were written. */
export function readJson(text: string, exactNumbers = false): { value: unknown } | { faults: FieldError[] } {
  try {
    const value: unknown = exactNumbers ? JSON.parse(text, asWritten) : JSON.parse(text)
    const faults = hiddenMembers(value)
    return faults.length > 0 ? { faults } : { value }
  } catch {
    return { faults: [{ pointer: '#', detail: 'is not valid JSON' }] }
  }
}
