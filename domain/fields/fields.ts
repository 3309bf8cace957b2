import type * as z from 'zod'
import type { Field, patchFieldBody, requestFieldBody } from '#contract/schemas/field.ts'
import { presentIn } from '../customers/statement.ts'
import { InvalidInput, StateConflict } from '../errors.ts'
import type { Call, ListStore, Place, Ports, RecordStore } from '../ports.ts'
import { change } from '../records/change.ts'
import type { Current } from '../records/current.ts'
import { draft } from '../records/draft.ts'
import { definitionFaults, fieldOf, saidOfField } from './definition.ts'
import { Definitions } from './definitions.ts'
import { amend, type Definable, decideOn, request, stateOf } from './life.ts'

/** How many fields there can be, whatever became of them. */
export const MOST_FIELDS = 500

async function every(store: ListStore, kind: Definable): Promise<Current[]> {
  const rows: Current[] = []
  for (let place: Place | null = { shard: 0, after: null }; place; ) {
    const { entries, next }: Awaited<ReturnType<ListStore['list']>> = await store.list(kind, place, MOST_FIELDS, true)
    rows.push(...entries.map(({ entry }) => entry))
    place = next
  }
  return rows
}

/** The fields and types as they were last committed at this location. */
export async function authorisedFields(store: ListStore): Promise<Definitions> {
  const [fields, types] = await Promise.all([every(store, 'field'), every(store, 'type')])
  return new Definitions(fields, types)
}

/** Asks for a field; the same request again changes nothing. @throws InvalidInput, StateConflict, Unavailable */
export async function requestField(
  ports: Pick<Ports, 'records' | 'lists'>,
  call: Call,
  { name, label = name, ...rest }: z.output<typeof requestFieldBody>,
): Promise<Current> {
  const faults = definitionFaults(rest)
  if (faults.length > 0) throw new InvalidInput(faults)
  return request(ports, call, 'field', name, saidOfField({ label, ...rest }), MOST_FIELDS)
}

/** Values of a type that there may be stay readable. */
const isFixed = (row: Current): boolean => {
  const state = stateOf(row)
  return state === 'authorised' || state === 'removed'
}

/** Changes what a field is; values that are there stay as they are. @throws InvalidInput, NotFound, StateConflict, Unavailable */
export function patchField(
  store: RecordStore,
  call: Call,
  name: string,
  said: z.output<typeof patchFieldBody>,
): Promise<Current> {
  return amend(store, call, 'field', name, saidOfField(said), row => {
    const before = fieldOf(row)
    if (said.type !== undefined && said.type !== before.type && isFixed(row))
      throw new StateConflict(
        `The type of a field is fixed once it was authorised: ${name} is ${before.type}. Ask for another field`,
      )
    const faults = definitionFaults(
      fieldOf({ id: name, snapshot: presentIn({ ...row.snapshot, ...saidOfField(said) }) }),
    )
    if (faults.length > 0) throw new InvalidInput(faults)
  })
}

/** Authorises a field: what it is has to be whole. @throws InvalidInput, NotFound, StateConflict, Unavailable */
export function authoriseField(store: RecordStore, call: Call, name: string): Promise<Current> {
  return decideOn(store, call, 'field', name, 'authorise', async row => {
    const faults = definitionFaults(fieldOf(row))
    if (faults.length > 0) throw new InvalidInput(faults)
  })
}

/** Puts a field that there has never been; one that there is stays as it is. */
export async function addField(store: RecordStore, call: Call, { name, ...rest }: Field): Promise<void> {
  const id = { kind: 'field', id: name } as const
  const fields = saidOfField(rest)
  await change(store, call, 'field', name, async row =>
    row ? null : draft(null, id, { action: 'create', fields, whole: true }, call, store.versions('field', name, true)),
  )
}
