import type * as z from 'zod'
import { BUILT_IN_TYPES } from '#contract/schemas/customer.ts'
import type { FieldError } from '#contract/schemas/problem.ts'
import {
  type patchTypeBody,
  type requestTypeBody,
  type TypeAnswer,
  type TypeDefinition,
  typeDefinition,
} from '#contract/schemas/type.ts'
import { StateConflict } from '../errors.ts'
import type { RequestContext } from '../ports.ts'
import type { CurrentRecord } from '../records/current.ts'
import type { ListStore, RecordStore } from '../records/port.ts'
import { request, transition, updateDefinition } from './lifecycle.ts'

/** The maximum number of types, without the built-in ones. */
export const MAX_TYPES = 100
/** Customers of a type are counted up to this number. */
const MAX_COUNTED = 1000
/** Sorts before every time of a change. */
const ANY_TIME = '0'

const toLabel = (name: string): string => name.charAt(0) + name.slice(1).toLowerCase().replaceAll('_', ' ')

/** The types that always exist and need no record. */
export const builtInTypes: readonly TypeAnswer[] = BUILT_IN_TYPES.map(name => ({
  name,
  label: toLabel(name),
  state: 'authorised',
  built_in: true,
  created_at: null,
  updated_at: null,
}))

export function toType({ id, snapshot }: Pick<CurrentRecord, 'id' | 'snapshot'>): TypeDefinition {
  const { label = id, state = 'requested' } = snapshot
  return typeDefinition.parse({ name: id, label, state })
}

export const toTypeResponse = (row: CurrentRecord): TypeAnswer => ({
  ...toType(row),
  built_in: false,
  created_at: row.created_at,
  updated_at: row.updated_at,
})

const isBuiltIn = (name: string): boolean => builtInTypes.some(type => type.name === name)

/** @throws StateConflict */
function assertNotBuiltIn(name: string): void {
  if (isBuiltIn(name)) throw new StateConflict(`The type ${name} is built in: it stays as it is`)
}

/** Whether customers may have a type. */
export const isAuthorised = (types: ReadonlyMap<string, TypeDefinition>, name: string): boolean =>
  types.get(name)?.state === 'authorised'

/** The errors of a customer's type. */
export function typeFaults(types: ReadonlyMap<string, TypeDefinition>, name: string | undefined): FieldError[] {
  if (name === undefined || isAuthorised(types, name)) return []
  const authorised = [...types.keys()].filter(name => isAuthorised(types, name)).sort()
  return [{ pointer: '#/type', detail: `must be one of ${authorised.join(', ')}` }]
}

/** The errors of a type to filter by: it need not be authorised (any more), but must exist. */
export const unknownType = (
  types: ReadonlyMap<string, TypeDefinition>,
  name: string | undefined,
  pointer: string,
): FieldError[] =>
  name === undefined || types.has(name)
    ? []
    : [{ pointer, detail: `must be one of ${[...types.keys()].sort().join(', ')}` }]

/** Requests a type; repeating the request changes nothing. @throws StateConflict, Unavailable */
export async function requestType(
  ports: { records: RecordStore; lists: ListStore },
  context: RequestContext,
  { name, label = toLabel(name) }: z.output<typeof requestTypeBody>,
): Promise<CurrentRecord> {
  if (isBuiltIn(name)) throw new StateConflict(`There is a type ${name} already: it is built in`)
  return request(ports, context, 'type', name, { label }, MAX_TYPES)
}

/** Changes a type's label. @throws NotFound, StateConflict, Unavailable */
export async function patchType(
  { records }: { records: RecordStore },
  context: RequestContext,
  name: string,
  changes: z.output<typeof patchTypeBody>,
): Promise<CurrentRecord> {
  assertNotBuiltIn(name)
  return updateDefinition(
    records,
    context,
    'type',
    name,
    changes.label === undefined ? {} : { label: changes.label },
    () => {},
  )
}

/** Authorises or rejects a type. @throws NotFound, StateConflict, Unavailable */
export async function decideOnType(
  { records }: { records: RecordStore },
  context: RequestContext,
  name: string,
  decision: 'authorise' | 'reject',
): Promise<CurrentRecord> {
  assertNotBuiltIn(name)
  return transition(records, context, 'type', name, decision)
}

/**
 * Removes a type that no customer has. Deleted customers count, because they can be restored. They are counted in the activity index, up to
 * a thousand, so that the cost does not depend on their number.
 *
 * @throws NotFound, StateConflict, Unavailable
 */
export async function removeType(
  { records, lists }: { records: RecordStore; lists: ListStore },
  context: RequestContext,
  name: string,
): Promise<CurrentRecord> {
  assertNotBuiltIn(name)
  return transition(records, context, 'type', name, 'remove', async () => {
    const { entries } = await lists.changedSince(name, ANY_TIME, { shard: 0, after: null }, MAX_COUNTED)
    if (entries.length === 0) return
    const count = entries.length < MAX_COUNTED ? String(entries.length) : `${MAX_COUNTED} or more`
    const whom = entries.length === 1 ? 'customer has' : 'customers have'
    throw new StateConflict(`The type ${name} is in use: ${count} ${whom} it, deleted ones included`)
  })
}
