import { type Customer, customerState } from '#contract/schemas/customer.ts'
import type { Field } from '#contract/schemas/field.ts'
import type { Person } from '#contract/schemas/search.ts'
import { isApproximate, withoutMark } from '#contract/written-date.ts'
import type { CurrentRecord } from '../records/current.ts'
import { toEtag } from '../records/digest.ts'
import type { HistoricalState } from '../records/read.ts'
import { parseKey, type State, type Value } from '../records/version.ts'
import { DETAIL } from './customer-fields.ts'

const text = (value: Value | undefined): string | null => (value === undefined ? null : String(value))

/** The prefix of the fields of a survivor that record what each merged customer contributed. */
export const MERGED_FROM = 'absorbed.'

/** The ids of customers merged into this one. */
export const absorbedIn = (state: State): string[] =>
  Object.keys(state)
    .filter(field => field.startsWith(MERGED_FROM))
    .map(field => field.slice(MERGED_FROM.length))
    .sort()

export function toDetails(state: State): Record<string, Value> {
  const details: Record<string, Value> = {}
  // Sorted, so that every location returns the same order.
  for (const field of Object.keys(state).sort())
    if (field.startsWith(DETAIL) && state[field] !== undefined) details[field.slice(DETAIL.length)] = state[field]
  return details
}

/** A version's opaque id in responses, made of its key. */
export const versionName = (key: string): string => Buffer.from(key).toString('base64url')

/** A record at a moment, in the API's shape of a customer. */
export function customerView(
  row: Pick<CurrentRecord, 'id' | 'created_at'>,
  moment: HistoricalState,
  updated_at: string,
): Customer {
  const { valid_from, recorded_at, location } = parseKey(moment.key)
  const { state } = moment
  const dob = text(state.dob)
  return {
    id: row.id,
    type: text(state.type) ?? 'PERSON',
    surname: text(state.surname),
    given_name: text(state.given_name),
    dob: dob && withoutMark(dob),
    dob_approximate: dob !== null && isApproximate(dob),
    document_number: text(state.document_number),
    details: toDetails(state),
    state: customerState.parse(state.state),
    merged_into: text(state.merged_into),
    absorbed: absorbedIn(state),
    version: versionName(moment.key),
    valid_from,
    valid_to: moment.valid_to,
    recorded_at,
    location,
    created_at: row.created_at,
    updated_at,
    etag: null,
  }
}

/** A customer whose ETag `If-Match` takes. */
export type CurrentCustomer = Customer & { etag: string }

/** The customer as it is now. */
export const currentView = (row: CurrentRecord): CurrentCustomer => ({
  ...customerView(row, { key: row.head, state: row.snapshot, valid_to: null }, row.updated_at),
  etag: toEtag(row.id, row.clock),
})

/** The customer at an earlier moment; `updated_at` is that of the version that held. */
export const pastView = (row: CurrentRecord, moment: HistoricalState): Customer =>
  customerView(row, moment, parseKey(moment.key).recorded_at)

/** A customer as the matcher sees it: with searchable details only. */
export function toMatchablePerson(state: State, fields: ReadonlyMap<string, Field>): Person {
  const details = Object.entries(toDetails(state)).filter(([name]) => fields.get(name)?.searchable)
  return {
    type: text(state.type) ?? 'PERSON',
    surname: text(state.surname),
    given_name: text(state.given_name),
    dob: text(state.dob),
    document_number: text(state.document_number),
    details: Object.fromEntries(details),
  }
}
