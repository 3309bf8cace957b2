import type * as z from 'zod'
import type { components } from '../../../client/paths.ts'
import { patchFieldBody, requestFieldBody } from '../../../contract/schemas/field.ts'
import { type Checked, checkBody } from '../edit/checked.ts'
import type { Draft } from '../edit/draft.ts'

/** What the form of a new field has before anything is typed. */
export const EMPTY_FIELD: Draft = { label: '', name: '', type: 'text', pii: 'personal' }

const linesOf = (text: string): string[] =>
  text
    .split('\n')
    .map(line => line.trim())
    .filter(line => line !== '')

/** The members that only one type has. Those of other types are hidden, and cleared. */
export const MEMBER_TYPES = { choices: 'choice', pattern: 'text', country: 'phone' } as const

const trimmed = (text: string | undefined): string => (text ?? '').trim()

/** The definition that a draft states. The schema has not checked it yet. */
function toDefinition(draft: Draft) {
  const { label, type, pii, choices = '', pattern, country, required, searchable } = draft
  return {
    label: trimmed(label),
    type,
    pii,
    choices: type === MEMBER_TYPES.choices ? linesOf(choices) : null,
    pattern: type === MEMBER_TYPES.pattern ? trimmed(pattern) || null : null,
    country: type === MEMBER_TYPES.country ? trimmed(country).toUpperCase() || null : null,
    required: required === 'true',
    // The values of sensitive fields are not searched.
    searchable: pii !== 'sensitive' && searchable === 'true',
  }
}

/** Checks the request for a field. */
export const checkRequest = (draft: Draft): Checked<z.output<typeof requestFieldBody>> =>
  checkBody(requestFieldBody, { name: trimmed(draft.name), ...toDefinition(draft) })

/** What the form of a field has before anything is changed. */
export const toFieldDraft = (field: components['schemas']['Field']): Draft => ({
  label: field.label,
  type: field.type,
  pii: field.pii,
  choices: (field.choices ?? []).join('\n'),
  pattern: field.pattern ?? '',
  country: field.country ?? '',
  required: field.required ? 'true' : '',
  searchable: field.searchable ? 'true' : '',
})

/** Checks a change of a field: what the draft states otherwise than before. */
export function checkChange(draft: Draft, before: Draft): Checked<z.output<typeof patchFieldBody>> {
  const [stated, stored] = [toDefinition(draft), toDefinition(before)].map(it => new Map(Object.entries(it)))
  const changed = [...(stated ?? [])].filter(
    ([member, value]) => JSON.stringify(value) !== JSON.stringify(stored?.get(member)),
  )
  return checkBody(patchFieldBody, Object.fromEntries(changed))
}
