import { type Field, field } from '#contract/schemas/field.ts'

const createField = (name: string, type: Field['type'], searchable: boolean): Field =>
  field.parse({ name, label: name, type, searchable, state: 'authorised' })

/** The authorised fields of every simulation. */
export const FIELDS: ReadonlyMap<string, Field> = new Map([
  ['city', createField('city', 'text', true)],
  ['vip', createField('vip', 'boolean', false)],
])
