import { MAX_FAULTS, token, truncate } from '#contract/field-errors.ts'
import type { FieldError } from '#contract/schemas/problem.ts'
import { RawNumber } from '#contract/schemas/purchase.ts'

/**
 * Finds members named `__proto__`, which schemas ignore silently: an error each, like any unknown member. Iterative, because JSON may be
 * nested deeply.
 */
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

/** An open object or array: its members so far, and the member or index that is being read. */
interface Frame {
  names: Set<string> | null
  at: string | number
}

const TOKENS = /"((?:[^"\\]|\\.)*)"(\s*:)?|[{}[\],]/gs

/** Finds members that occur twice in one object, of which JSON.parse keeps only the last. `text` must be valid JSON. */
function repeatedMembers(text: string): FieldError[] {
  const faults: FieldError[] = []
  const open: Frame[] = []
  for (const [sign, name, colon] of text.matchAll(TOKENS)) {
    const frame = open.at(-1)
    if (sign === '{') open.push({ names: new Set(), at: '' })
    else if (sign === '[') open.push({ names: null, at: 0 })
    else if (sign === '}' || sign === ']') open.pop()
    else if (sign === ',' && typeof frame?.at === 'number') frame.at += 1
    else if (colon !== undefined && frame?.names) {
      frame.at = String(JSON.parse(`"${name}"`))
      if (frame.names.has(frame.at) && faults.length < MAX_FAULTS)
        faults.push({
          pointer: truncate(['#', ...open.map(({ at }) => token(at))].join('/')),
          detail: 'is given twice',
        })
      frame.names.add(frame.at)
    }
  }
  return faults
}

const asWritten = (_: string, value: unknown, context?: { source?: string }): unknown =>
  typeof value === 'number' && context?.source !== undefined ? new RawNumber(context.source) : value

/** Parses JSON, or returns its errors. With `exactNumbers`, numbers are `RawNumber`s. */
export function readJson(text: string, exactNumbers = false): { value: unknown } | { faults: FieldError[] } {
  try {
    const value: unknown = exactNumbers ? JSON.parse(text, asWritten) : JSON.parse(text)
    const faults = [...hiddenMembers(value), ...repeatedMembers(text)].slice(0, MAX_FAULTS)
    return faults.length > 0 ? { faults } : { value }
  } catch {
    return { faults: [{ pointer: '#', detail: 'is not valid JSON' }] }
  }
}
