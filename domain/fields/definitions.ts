import type { Field } from '#contract/schemas/field.ts'
import type { TypeDefinition } from '#contract/schemas/type.ts'
import { later } from '../records/clock.ts'
import type { CurrentRecord } from '../records/current.ts'
import { digest } from '../records/digest.ts'
import { toField } from './definition.ts'
import { builtInTypes, toType } from './types.ts'

const BUILT_IN: ReadonlyMap<string, TypeDefinition> = new Map(builtInTypes.map(type => [type.name, type]))

/** The authorised fields by name, and the types (default: the built-in ones), for validation. */
export type FieldSet = ReadonlyMap<string, Field> & { readonly types?: ReadonlyMap<string, TypeDefinition> }

export const toTypes = ({ types = BUILT_IN }: FieldSet): ReadonlyMap<string, TypeDefinition> => types

/** The fields as a file of one country is read: its telephone numbers without a country code are of this country. */
export function withCountry(fields: FieldSet, country: string): FieldSet {
  const ofCountry = [...fields].map(
    ([name, field]) => [name, field.type === 'phone' ? { ...field, country } : field] as const,
  )
  return Object.assign(new Map(ofCountry), { types: toTypes(fields) })
}

/** The authorised fields by name, with all other fields and the types. */
export class Definitions extends Map<string, Field> {
  /** Every field that exists or existed. */
  readonly all: ReadonlyMap<string, Field>
  readonly types: ReadonlyMap<string, TypeDefinition>
  /** When a field was last changed; empty if never. */
  readonly changed: string
  /** Identifies what the index depends on: the searchable fields, and since when each of them has been as it is. */
  readonly searched: string
  /** Names of fields that are removed, or were at some time. */
  readonly onceRemoved: readonly string[]

  constructor(fields: readonly CurrentRecord[], types: readonly CurrentRecord[]) {
    const all = fields.map(toField)
    super(all.filter(({ state }) => state === 'authorised').map(field => [field.name, field]))
    this.all = new Map(all.map(field => [field.name, field]))
    this.types = new Map([...BUILT_IN, ...types.map(row => [row.id, toType(row)] as const)])
    this.changed = fields.reduce((last, { updated_at }) => later(last, updated_at), '')
    this.searched = digest(
      fields.flatMap(row => {
        const { name, state, searchable } = toField(row)
        const mayHaveValues = state === 'authorised' || state === 'removed'
        return mayHaveValues ? [[name, state === 'authorised' && searchable, row.updated_at]] : []
      }),
    )
    this.onceRemoved = fields
      .filter(({ snapshot }) => snapshot.state === 'removed' || snapshot.returned === true)
      .map(({ id }) => id)
  }
}
