import type * as z from 'zod'
import { pluralise } from './counted.ts'
import type { FieldError } from './schemas/problem.ts'

/** The maximum number of reported errors: more would not help, and a small request must not get a large response. */
export const MAX_FAULTS = 100
const MAX_POINTER_LENGTH = 200

/** Shortens a pointer to a readable length. */
export const truncate = (pointer: string): string =>
  pointer.length <= MAX_POINTER_LENGTH ? pointer : `${pointer.slice(0, MAX_POINTER_LENGTH)}…`

/** A member's name as a JSON Pointer token (RFC 6901). */
export const token = (name: PropertyKey): string => String(name).replaceAll('~', '~0').replaceAll('/', '~1')

/** The pointer to a place: a JSON Pointer in the body, the parameter's name in query and path. */
function pointerTo(place: '#' | '?' | '{', path: readonly PropertyKey[]): string {
  if (place === '#') return ['#', ...path.map(token)].join('/')
  const name = path.map(String).join('.')
  return place === '?' ? `?${name}` : `{${name}}`
}

/** Names of types in error messages. */
const KINDS: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
  undefined: 'absent',
}

const UNITS: Readonly<Record<string, readonly [string, string]>> = {
  string: ['character', 'characters'],
  array: ['entry', 'entries'],
}

/** A bound of a length, with its unit, or of a number. */
function bound(n: number | bigint, origin: string): string {
  const unit = UNITS[origin]
  return unit ? pluralise(Number(n), ...unit) : String(n)
}

/** The message of an error, which follows the name of the place. */
function toWords(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_type') return `must be ${KINDS[issue.expected] ?? issue.expected}`
  if (issue.code === 'invalid_value') return `must be one of ${issue.values.map(String).join(', ')}`
  if (issue.code === 'too_big') return `must be at most ${bound(issue.maximum, issue.origin)}`
  if (issue.code === 'too_small') return `must be at least ${bound(issue.minimum, issue.origin)}`
  if (issue.code === 'invalid_key') return issue.issues.map(toWords).join(', ')
  if (issue.code === 'invalid_union') {
    // The errors of the alternative that was meant; otherwise the list of alternatives.
    const meant = issue.errors.find(faults => faults.every(fault => fault.code !== 'invalid_type'))
    return (meant ?? issue.errors.flat()).map(toWords).join(', or ')
  }
  return issue.message
}

/** All errors of a schema, each with its place. */
export function toFieldErrors(error: z.ZodError, place: '#' | '?' | '{'): FieldError[] {
  const all = error.issues
    .slice(0, MAX_FAULTS)
    .flatMap(issue =>
      issue.code === 'unrecognized_keys'
        ? issue.keys.slice(0, MAX_FAULTS).map(key => ({ path: [...issue.path, key], detail: 'is unknown' }))
        : [{ path: issue.path, detail: toWords(issue) }],
    )
  return all.slice(0, MAX_FAULTS).map(({ path, detail }) => ({ pointer: truncate(pointerTo(place, path)), detail }))
}
