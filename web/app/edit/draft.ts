import type { components } from '../../../client/paths.ts'
import { Store } from '../../shared/store.ts'

type Customer = components['schemas']['Customer']

/** What a form has, by field, as text; the names of custom fields begin with `details.`. */
export type Draft = Readonly<Record<string, string>>

/** A form that is being filled in, and the version that it changes: null for a new customer. */
export interface Edit {
  base: Customer | null
  draft: Draft
}

export const EMPTY_DRAFT: Draft = { type: 'PERSON' }

/** What the form of a customer has before anything is typed. */
export const toDraft = ({
  type,
  surname,
  given_name,
  dob,
  dob_approximate,
  document_number,
  details,
}: Customer): Draft => ({
  type,
  surname: surname ?? '',
  given_name: given_name ?? '',
  dob: dob === null ? '' : `${dob}${dob_approximate ? '~' : ''}`,
  document_number: document_number ?? '',
  ...Object.fromEntries(Object.entries(details).map(([name, value]) => [`details.${name}`, String(value)])),
})

/** The fields that two drafts have different texts of. */
export const differingFields = (before: Draft, after: Draft): string[] =>
  [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
    field => (before[field] ?? '').trim() !== (after[field] ?? '').trim(),
  )

/** The forms that are not saved yet, by customer. They stay while another view is open, until sign-out or reload. */
export const edits = new Store<Readonly<Record<string, Edit>>>({})

/** The key of a form: a customer's, or that of a correction from a time on. */
export const editKey = (id: string, asOf?: string): string => (asOf === undefined ? id : `${id} ${asOf}`)

/** Forgets what was typed into a form. */
export function discardEdit(key: string): void {
  const { [key]: _, ...others } = edits.get()
  edits.set(others)
}

/** Forgets what was typed about a customer. */
export function discardEditsOf(id: string): void {
  edits.set(Object.fromEntries(Object.entries(edits.get()).filter(([key]) => key.split(' ')[0] !== id)))
}
