import type * as z from 'zod'
import type { Fault } from './schemas/problem.ts'

/** A member's name as a JSON Pointer token (RFC 6901). */
const token = (name: PropertyKey): string => String(name).replaceAll('~', '~0').replaceAll('/', '~1')

/** How a fault names a place: in the body by JSON Pointer, in the query and the path by the parameter. */
function pointerTo(place: '#' | '?' | '{', path: readonly PropertyKey[]): string {
  if (place === '#') return ['#', ...path.map(token)].join('/')
  const name = path.map(String).join('.')
  return place === '?' ? `?${name}` : `{${name}}`
}

/** Every fault that a schema found, each at its own place. */
export function faultsIn(error: z.ZodError, place: '#' | '?' | '{'): Fault[] {
  return error.issues.flatMap(issue =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map(key => ({ pointer: pointerTo(place, [...issue.path, key]), detail: 'is unknown here' }))
      : [{ pointer: pointerTo(place, issue.path), detail: issue.message }],
  )
}
