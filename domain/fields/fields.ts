import type * as z from 'zod'
import type { Field, patchFieldBody, requestFieldBody } from '#contract/schemas/field.ts'
import { InvalidInput, StateConflict } from '../errors.ts'
import type { RequestContext } from '../ports.ts'
import type { CurrentRecord } from '../records/current.ts'
import type { ListStore, PagePosition, RecordStore } from '../records/port.ts'
import { prepareWrite, withoutNulls } from '../records/prepare-write.ts'
import { updateRecord } from '../records/update-record.ts'
import { loadPhoneNumbers } from './contact.ts'
import { definitionFaults, toField, toFieldValues } from './definition.ts'
import { Definitions } from './definitions.ts'
import { type Definable, request, toState, transition, updateDefinition } from './lifecycle.ts'

/** The maximum number of fields, in any state. */
export const MAX_FIELDS = 500

async function listAll(store: ListStore, kind: Definable): Promise<CurrentRecord[]> {
  const rows: CurrentRecord[] = []
  for (let place: PagePosition | null = { shard: 0, after: null }; place; ) {
    const { entries, next }: Awaited<ReturnType<ListStore['list']>> = await store.list(kind, place, MAX_FIELDS, true)
    rows.push(...entries.map(({ entry }) => entry))
    place = next
  }
  return rows
}

/** The fields and types as last committed at this location. */
export async function authorisedFields(store: ListStore): Promise<Definitions> {
  const [fields, types] = await Promise.all([listAll(store, 'field'), listAll(store, 'type')])
  const definitions = new Definitions(fields, types)
  await loadPhoneNumbers(definitions.values())
  return definitions
}

/** Requests a field; repeating the request changes nothing. @throws InvalidInput, StateConflict, Unavailable */
export async function requestField(
  ports: { records: RecordStore; lists: ListStore },
  context: RequestContext,
  { name, label = name, ...rest }: z.output<typeof requestFieldBody>,
): Promise<CurrentRecord> {
  const faults = definitionFaults(rest)
  if (faults.length > 0) throw new InvalidInput(faults)
  return request(ports, context, 'field', name, toFieldValues({ label, ...rest }), MAX_FIELDS)
}

/** Whether the field may have values, whose type must not change. */
const isFixed = (row: CurrentRecord): boolean => {
  const state = toState(row)
  return state === 'authorised' || state === 'removed'
}

/** Changes a field's definition; existing values stay. @throws InvalidInput, NotFound, StateConflict, Unavailable */
export function patchField(
  store: RecordStore,
  context: RequestContext,
  name: string,
  changes: z.output<typeof patchFieldBody>,
): Promise<CurrentRecord> {
  return updateDefinition(store, context, 'field', name, toFieldValues(changes), row => {
    const before = toField(row)
    if (changes.type !== undefined && changes.type !== before.type && isFixed(row))
      throw new StateConflict(
        `The type of a field is fixed once it was authorised: ${name} is ${before.type}. Ask for another field`,
      )
    const faults = definitionFaults(
      toField({ id: name, snapshot: withoutNulls({ ...row.snapshot, ...toFieldValues(changes) }) }),
    )
    if (faults.length > 0) throw new InvalidInput(faults)
  })
}

/** Authorises a field, whose definition must be complete. @throws InvalidInput, NotFound, StateConflict, Unavailable */
export function authoriseField(store: RecordStore, context: RequestContext, name: string): Promise<CurrentRecord> {
  return transition(store, context, 'field', name, 'authorise', async row => {
    const faults = definitionFaults(toField(row))
    if (faults.length > 0) throw new InvalidInput(faults)
  })
}

/** Adds a field, unless one of this name exists or existed. */
export async function addField(store: RecordStore, context: RequestContext, { name, ...rest }: Field): Promise<void> {
  const id = { kind: 'field', id: name } as const
  const fields = toFieldValues(rest)
  await updateRecord(store, context, 'field', name, async row =>
    row
      ? null
      : prepareWrite(
          null,
          id,
          { action: 'create', fields, replaceAll: true },
          context,
          store.versions('field', name, true),
        ),
  )
}
