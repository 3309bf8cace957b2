import type { Field } from '#contract/schemas/field.ts'
import type { TypeDefinition } from '#contract/schemas/type.ts'
import { later } from '../records/clock.ts'
import type { CurrentRecord } from '../records/current.ts'
import { digest } from '../records/digest.ts'
import { toField } from './definition.ts'
import { builtInTypes, toType } from './types.ts'

const BUILT_IN: ReadonlyMap<string, TypeDefinition> = new Map(builtInTypes.map(one => [one.name, one]))

/** What statements are checked against: the authorised fields by name, and beside them every type; the built-in ones where none are told. */
export type FieldSet = ReadonlyMap<string, Field> & { readonly types?: ReadonlyMap<string, TypeDefinition> }

export const toTypes = ({ types = BUILT_IN }: FieldSet): ReadonlyMap<string, TypeDefinition> => types

/** The authorised fields by name; with all others, and the types. */
export class Definitions extends Map<string, Field> {
  /** Every field that there is or was. */
  readonly all: ReadonlyMap<string, Field>
  readonly types: ReadonlyMap<string, TypeDefinition>
  /** When a field was last changed; empty: never. */
  readonly changed: string
  /** By what an index is made: which fields are searched, and since when it is as it is with each that may have values. */
  readonly searched: string
  /** Names of fields that are, or once were, removed. */
  readonly onceRemoved: readonly string[]

  constructor(fields: readonly CurrentRecord[], types: readonly CurrentRecord[]) {
    const all = fields.map(toField)
    super(all.filter(({ state }) => state === 'authorised').map(one => [one.name, one]))
    this.all = new Map(all.map(one => [one.name, one]))
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
