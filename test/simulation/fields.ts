import { type Field, field } from '#contract/schemas/field.ts'

const own = (name: string, type: Field['type'], searchable: boolean): Field =>
  field.parse({ name, label: name, type, searchable, state: 'authorised' })

/** The fields that values are accepted for in every world. */
export const FIELDS: ReadonlyMap<string, Field> = new Map([
  ['city', own('city', 'text', true)],
  ['vip', own('vip', 'boolean', false)],
])
