import { matchQuery } from '../../../contract/schemas/query.ts'
import { type FieldTypes, toDetail } from './details.ts'
import { type Draft, differingFields } from './draft.ts'

/** The body of a request that the schema has not checked yet. */
type Body = Readonly<Record<string, unknown>>

const DETAILS = 'details.'

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
      details[name] = text === '' ? null : toDetail(text, types.get(name))
    } else body[field] = text === '' ? null : text
  }
  return Object.keys(details).length > 0 ? { ...body, details } : body
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
