import type { z } from 'zod'
import { toFieldErrors } from '../../../contract/field-errors.ts'
import type { createBody, patchBody } from '../../../contract/schemas/customer.ts'
import { matchQuery } from '../../../contract/schemas/query.ts'
import { type Draft, differingFields } from './draft.ts'

type FieldTypes = ReadonlyMap<string, string>

/** The body of a request that the schema has not checked yet. */
type Body = Readonly<Record<string, unknown>>

/** Faults by field; the one of the whole form has the name ''. */
export type Faults = Readonly<Record<string, string>>

const DETAILS = 'details.'

/** The value of a custom field, by its type. What is no number stays as it is, for the reason to be said. */
function toDetail(text: string, type: string | undefined): unknown {
  if (text === '') return null
  if (type === 'boolean') return text === 'true'
  return type === 'number' && Number.isFinite(Number(text)) ? Number(text) : text
}

/** A time in the reader's zone, as a form has it, in UTC. */
function toTimestamp(local: string): string {
  const time = new Date(local)
  return Number.isNaN(time.getTime()) ? local : time.toISOString()
}

/** The fields that a draft changes: null for one that it empties. */
export function toBody(draft: Draft, base: Draft, types: FieldTypes): Body {
  const body: Record<string, unknown> = {}
  const details: Record<string, unknown> = {}
  for (const field of differingFields(base, draft)) {
    const text = (draft[field] ?? '').trim()
    if (field === 'valid_from') body.valid_from = toTimestamp(text)
    else if (field.startsWith(DETAILS)) {
      const name = field.slice(DETAILS.length)
      details[name] = toDetail(text, types.get(name))
    } else body[field] = text === '' ? null : text
  }
  return Object.keys(details).length > 0 ? { ...body, details } : body
}

/** The field that a JSON Pointer in the body is about. */
function fieldAt(pointer: string): string {
  const field = pointer
    .replace(/^#\/?/, '')
    .replace(/^details\//, DETAILS)
    .replaceAll('~1', '/')
    .replaceAll('~0', '~')
  return field === 'dob_approximate' ? 'dob' : field
}

/** Errors of the API by field. */
export const toFaults = (errors: readonly { pointer: string; detail: string }[]): Faults =>
  Object.fromEntries(errors.map(({ pointer, detail }) => [fieldAt(pointer), detail]))

type Statement = z.output<typeof createBody> & z.output<typeof patchBody>
/** What the schema makes of a body: members that are not stated are absent, and never undefined. */
export type CheckedBody = { [Member in keyof Statement]: Exclude<Statement[Member], undefined> }

/** A body that the API's schema accepts, or why it does not. */
export type Checked = { body: CheckedBody; faults: null } | { body: null; faults: Faults }

/** Checks a body before it is sent. */
export function checkBody(schema: typeof createBody | typeof patchBody, body: Body): Checked {
  const { data, error } = schema.safeParse(body)
  return error
    ? { body: null, faults: toFaults(toFieldErrors(error, '#')) }
    : { body: data as CheckedBody, faults: null }
}

type Matched = 'surname' | 'given_name' | 'dob' | 'document_number'

/** What a draft says of a person, as far as it can be matched; null if that is nothing. */
export function toMatchQuery({
  surname,
  given_name,
  dob,
  document_number,
}: Draft): Partial<Record<Matched, string>> | null {
  const stated = Object.entries({ surname, given_name, dob, document_number }).filter(
    ([name, text]) => text !== undefined && text.trim().length > 1 && matchQuery.safeParse({ [name]: text }).success,
  )
  return stated.length === 0 ? null : Object.fromEntries(stated)
}

/** The types of custom fields by name. */
export const toFieldTypes = ({ fields }: { fields: readonly { name: string; type: string }[] }): FieldTypes =>
  new Map(fields.map(({ name, type }) => [name, type]))
