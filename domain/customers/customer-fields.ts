import * as z from 'zod'
import { CANARY_MARK, CANARY_USER } from '#contract/canary.ts'
import { MAX_FAULTS } from '#contract/field-errors.ts'
import { createBody, IDENTIFYING, type Statement } from '#contract/schemas/customer.ts'
import type { FieldError } from '#contract/schemas/problem.ts'
import { isApproximate, markApproximate, withoutMark } from '#contract/written-date.ts'
import { type FieldSet, toTypes } from '../fields/definitions.ts'
import { typeFaults } from '../fields/types.ts'
import { toStoredValue, valueFault } from '../fields/value.ts'
import { words } from '../matching/normalise.ts'
import type { RequestContext } from '../ports.ts'
import type { FieldValues } from '../records/prepare-write.ts'
import type { State, Value } from '../records/version.ts'
import { identityFaults } from './identity-faults.ts'

/** The prefix of custom fields (`details`) among the record's fields. */
export const DETAIL = 'details.'

/** Every standard field of a customer, set to null. */
export const EMPTY_FIELDS: FieldValues = {
  type: 'PERSON',
  surname: null,
  given_name: null,
  dob: null,
  document_number: null,
}

/** Whether a statement may set the field. Others, such as `state` and merge data, follow from the action. */
export const isStated = (field: string): boolean => field in EMPTY_FIELDS || field.startsWith(DETAIL)

/** The maximum size of a record, in bytes of JSON. */
const MAX_BYTES = 64 * 1024

/** A date of birth as it is stored. It carries its mark of approximation, so that concurrent changes of date and mark cannot mix. */
const toStoredDob = (dob: string | null, isMarked: boolean): string | null =>
  dob !== null && isMarked ? markApproximate(dob) : dob

/** A statement as field values of the record, with each detail as a field, in its stored form. */
export function flattenFields(statement: Statement, definitions: FieldSet): FieldValues {
  const { details = {}, dob, dob_approximate, ...fields } = statement
  const values: Record<string, Value | null> = {}
  if (dob !== undefined) values.dob = toStoredDob(dob, dob_approximate === true)
  for (const [name, value] of Object.entries(fields)) if (value !== undefined) values[name] = value
  for (const [name, value] of Object.entries(details))
    values[DETAIL + name] = toStoredValue(value, definitions.get(name))
  return values
}

/** A statement with its valid_from. */
type DatedStatement = z.output<typeof createBody>

/** Whether a document number marks customers of the canary. */
const isReserved = (document_number: string | null): boolean =>
  words(document_number ?? '')[0] === CANARY_MARK.toLowerCase()

/** The required fields that a statement of a whole customer lacks. */
export const missingFrom = ({ details = {} }: Statement, fields: FieldSet): FieldError[] =>
  [...fields.values()]
    .filter(({ required, name }) => required && (details[name] ?? null) === null)
    .map(({ name }) => ({ pointer: `#/details/${name}`, detail: 'is required' }))

/** Whether a date, which may be partial, is after a time. */
const isAfter = (date: string, now: string): boolean => date > now.slice(0, date.length)

/** The error of a mark of approximation that does not fit the date beside it; null if there is none. */
function markFault(dob: string | null | undefined, isMarked: boolean | null | undefined): string | null {
  if (isMarked === undefined || isMarked === null) return null
  if (dob === undefined || (dob === null && isMarked)) return 'needs dob beside it'
  return dob !== null && !isMarked && isApproximate(dob) ? 'is false, but dob says that it is approximate' : null
}

/**
 * Validates a statement beyond its schema: future times, unknown types, details without an authorised field. A required field cannot be
 * cleared. `missingFrom` checks that required fields are stated when a customer is created or replaced.
 */
export function validatePatch(
  statement: DatedStatement,
  fields: FieldSet,
  { now, actor }: Pick<RequestContext, 'now' | 'actor'>,
): FieldError[] {
  const { type, dob, dob_approximate, document_number, valid_from, details = {} } = statement
  const faults = typeFaults(toTypes(fields), type)
  if (valid_from !== undefined && valid_from > now) faults.push({ pointer: '#/valid_from', detail: 'is in the future' })
  if (dob && isAfter(withoutMark(dob), now)) faults.push({ pointer: '#/dob', detail: 'is in the future' })
  const mark = markFault(dob, dob_approximate)
  if (mark) faults.push({ pointer: '#/dob_approximate', detail: mark })
  if (isReserved(document_number ?? null) && actor !== CANARY_USER)
    faults.push({ pointer: '#/document_number', detail: 'is reserved for monitoring: state another number' })
  faults.push(...identityFaults(statement))
  for (const [name, value] of Object.entries(details).slice(0, MAX_FAULTS)) {
    const field = fields.get(name)
    const cleared = field?.required ? 'is required' : null
    const fault = field ? (value === null ? cleared : valueFault(value, field)) : 'is not an authorised field'
    if (fault) faults.push({ pointer: `#/details/${name}`, detail: fault })
  }
  return faults
}

/** Validates a statement of a whole customer. */
export function validateFull(
  statement: DatedStatement,
  fields: FieldSet,
  context: Pick<RequestContext, 'now' | 'actor'>,
): FieldError[] {
  const faults = validatePatch(statement, fields, context)
  const reported = new Set(faults.map(({ pointer }) => pointer))
  return [...faults, ...missingFrom(statement, fields).filter(({ pointer }) => !reported.has(pointer))]
}

const members = z.record(z.string(), z.unknown()).catch({})

/** The part of a body that matches the schema, for further validation beside the schema's errors. */
export function parseValidSubset(body: unknown): DatedStatement {
  const { type, surname, given_name, dob, dob_approximate, document_number, valid_from, details } = members.parse(body)
  const names = [{ surname }, { given_name }, { document_number }]
  const candidates = [...names, { type }, { dob }, { dob_approximate }, { valid_from }]
  const sound = candidates.map(candidate => createBody.safeParse(candidate).data ?? {})
  const each = Object.entries(members.parse(details))
    .slice(0, MAX_FAULTS)
    .map(([name, value]) => createBody.safeParse({ details: { [name]: value } }))
  const soundDetails = Object.assign({}, ...each.map(({ data }) => data?.details ?? {}))
  return Object.assign({ details: soundDetails }, ...sound)
}

/** Validates a customer's whole state. A customer who is off the list is not checked. */
export function validateState(state: State): FieldError[] {
  const faults: FieldError[] = []
  if (state.state === 'deleted' || state.state === 'merged') return faults
  if (IDENTIFYING.every(name => state[name] === undefined))
    faults.push({ pointer: '#', detail: `needs at least one of ${IDENTIFYING.join(', ')}` })
  if (Buffer.byteLength(JSON.stringify(state)) > MAX_BYTES)
    faults.push({ pointer: '#', detail: `is over ${MAX_BYTES} bytes` })
  return faults
}
