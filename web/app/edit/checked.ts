import type * as z from 'zod'
import { toFieldErrors } from '../../../contract/field-errors.ts'

/** Faults by field; the one of the whole form has the name ''. */
export type Faults = Readonly<Record<string, string>>

/** The names of fields that are not their path in the body. */
const ALIASES: Readonly<Record<string, string>> = { dob_approximate: 'dob' }

/** The field that a JSON Pointer in the body is about: its path with points, such as `details.city`. An item of a list is a part of its field. */
function fieldAt(pointer: string): string {
  const field = pointer
    .replace(/^#\/?/, '')
    .replace(/\/\d+$/, '')
    .replaceAll('/', '.')
    .replaceAll('~1', '/')
    .replaceAll('~0', '~')
  return ALIASES[field] ?? field
}

/** Errors of the API by field. */
export const toFaults = (errors: readonly { pointer: string; detail: string }[]): Faults =>
  Object.fromEntries(errors.map(({ pointer, detail }) => [fieldAt(pointer), detail]))

/** What a schema makes of a body: members that are not stated are absent, and never undefined. */
export type CheckedBody<Output> = Output extends object
  ? { [Member in keyof Output]: CheckedBody<Exclude<Output[Member], undefined>> }
  : Output

/** A body that the API's schema accepts, or why it does not. */
export type Checked<Output> = { body: CheckedBody<Output>; faults: null } | { body: null; faults: Faults }

/** Checks a body by the API's schema before it is sent. */
export function checkBody<Output>(schema: z.ZodType<Output>, body: unknown): Checked<Output> {
  const { data, error } = schema.safeParse(body)
  return error
    ? { body: null, faults: toFaults(toFieldErrors(error, '#')) }
    : { body: data as CheckedBody<Output>, faults: null }
}
