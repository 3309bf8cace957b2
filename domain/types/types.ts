import type * as z from 'zod'
import { BUILT_IN_TYPES } from '#contract/schemas/customer.ts'
import type { Fault } from '#contract/schemas/problem.ts'
import {
  type patchTypeBody,
  type requestTypeBody,
  type TypeAnswer,
  type TypeDefinition,
  typeDefinition,
} from '#contract/schemas/type.ts'
import { StateConflict } from '../errors.ts'
import { amend, decideOn, request } from '../fields/life.ts'
import type { Call, Ports } from '../ports.ts'
import type { Current } from '../records/current.ts'

/** How many types there can be, the built-in ones aside. */
export const MOST_TYPES = 100
/** Customers of a type are counted up to here. */
const MOST_COUNTED = 1000
/** Before every time of a change. */
const ANY_TIME = '0'

const labelOf = (name: string): string => name.charAt(0) + name.slice(1).toLowerCase().replaceAll('_', ' ')

/** The types that are there from the beginning and for ever: no record is needed for them. */
export const builtInTypes: readonly TypeAnswer[] = BUILT_IN_TYPES.map(name => ({
  name,
  label: labelOf(name),
  state: 'authorised',
  built_in: true,
  created_at: null,
  updated_at: null,
}))

export function typeOf({ id, snapshot }: Pick<Current, 'id' | 'snapshot'>): TypeDefinition {
  const { label = id, state = 'requested' } = snapshot
  return typeDefinition.parse({ name: id, label, state })
}

export const typeAnswerOf = (row: Current): TypeAnswer => ({
  ...typeOf(row),
  built_in: false,
  created_at: row.created_at,
  updated_at: row.updated_at,
})

const isBuiltIn = (name: string): boolean => builtInTypes.some(one => one.name === name)

/** @throws StateConflict */
function mustNotBeBuiltIn(name: string): void {
  if (isBuiltIn(name)) throw new StateConflict(`The type ${name} is built in: it stays as it is`)
}

/** Whether customers can be of a type. */
export const isAuthorised = (types: ReadonlyMap<string, TypeDefinition>, name: string): boolean =>
  types.get(name)?.state === 'authorised'

/** What is wrong with a type that a customer is to have. */
export function typeFaults(types: ReadonlyMap<string, TypeDefinition>, name: string | undefined): Fault[] {
  if (name === undefined || isAuthorised(types, name)) return []
  const there = [...types.keys()].filter(one => isAuthorised(types, one)).sort()
  return [{ pointer: '#/type', detail: `must be one of ${there.join(', ')}` }]
}

/** What is wrong with a type that is looked for: it need not be authorised (any more), but must be one. */
export const unknownType = (
  types: ReadonlyMap<string, TypeDefinition>,
  name: string | undefined,
  pointer: string,
): Fault[] =>
  name === undefined || types.has(name)
    ? []
    : [{ pointer, detail: `must be one of ${[...types.keys()].sort().join(', ')}` }]

/** Asks for a type; the same request again changes nothing. @throws StateConflict, Unavailable */
export async function requestType(
  ports: Pick<Ports, 'records' | 'lists'>,
  call: Call,
  { name, label = labelOf(name) }: z.output<typeof requestTypeBody>,
): Promise<Current> {
  if (isBuiltIn(name)) throw new StateConflict(`There is a type ${name} already: it is built in`)
  return request(ports, call, 'type', name, { label }, MOST_TYPES)
}

/** Changes what a type is called. @throws NotFound, StateConflict, Unavailable */
export async function patchType(
  { records }: Pick<Ports, 'records'>,
  call: Call,
  name: string,
  said: z.output<typeof patchTypeBody>,
): Promise<Current> {
  mustNotBeBuiltIn(name)
  return amend(records, call, 'type', name, said.label === undefined ? {} : { label: said.label }, () => {})
}

/** Authorises or rejects a type. @throws NotFound, StateConflict, Unavailable */
export async function decideOnType(
  { records }: Pick<Ports, 'records'>,
  call: Call,
  name: string,
  decision: 'authorise' | 'reject',
): Promise<Current> {
  mustNotBeBuiltIn(name)
  return decideOn(records, call, 'type', name, decision)
}

/**
 * Takes a type away that no customer has. Customers off the list count, since they can be restored. They are counted in the index by
 * activity, up to a thousand: so it costs the same however many there are.
 *
 * @throws NotFound, StateConflict, Unavailable
 */
export async function removeType(
  { records, lists }: Pick<Ports, 'records' | 'lists'>,
  call: Call,
  name: string,
): Promise<Current> {
  mustNotBeBuiltIn(name)
  return decideOn(records, call, 'type', name, 'remove', async () => {
    const { entries } = await lists.changedSince(name, ANY_TIME, { shard: 0, after: null }, MOST_COUNTED)
    if (entries.length === 0) return
    const count = entries.length < MOST_COUNTED ? String(entries.length) : `${MOST_COUNTED} or more`
    const whom = entries.length === 1 ? 'customer has' : 'customers have'
    throw new StateConflict(`The type ${name} is in use: ${count} ${whom} it, deleted ones included`)
  })
}
