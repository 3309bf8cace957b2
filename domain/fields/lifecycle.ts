import { type DefinitionState, definitionState } from '#contract/schemas/definition.ts'
import { NotFound, StateConflict } from '../errors.ts'
import type { RequestContext } from '../ports.ts'
import type { CurrentRecord } from '../records/current.ts'
import type { ListStore, RecordStore } from '../records/port.ts'
import { type FieldValues, prepareWrite } from '../records/prepare-write.ts'
import { updateRecord } from '../records/update-record.ts'

/** What has such a life: a record that is named by what it defines, so that the same request at two locations is one record. */
export type Definable = 'field' | 'type'

/**
 * Requests come before everything else that is said of a name, wherever and whenever they are made: what the provider decided at one
 * location is not undone by a request that was made meanwhile at another.
 */
const REQUESTED_FROM = '1970-01-01T00:00:00.000Z'

/** What the provider decides, from which states, and what becomes of it. */
const decisions = {
  authorise: { from: ['requested', 'rejected', 'removed'], to: 'authorised' },
  reject: { from: ['requested'], to: 'rejected' },
  remove: { from: ['authorised'], to: 'removed' },
} as const satisfies Record<string, { from: readonly DefinitionState[]; to: DefinitionState }>
export type DecisionOn = keyof typeof decisions

export const toState = ({ snapshot }: Pick<CurrentRecord, 'snapshot'>): DefinitionState =>
  definitionState.catch('requested').parse(snapshot.state)

const missing = (kind: Definable) => new NotFound(`The ${kind} was not found`)

/** @throws NotFound */
export function there(kind: Definable, row: CurrentRecord | null): CurrentRecord {
  if (row === null) throw missing(kind)
  return row
}

/** Whether a request says of a record what the record says of itself. */
const isSame = ({ snapshot }: CurrentRecord, said: FieldValues): boolean =>
  Object.entries(said).every(([member, value]) => (snapshot[member] ?? null) === value)

/** @throws StateConflict where there are as many as there can be, whatever became of them. */
async function checkRoom({ lists }: { lists: ListStore }, kind: Definable, most: number): Promise<void> {
  const { entries } = await lists.list(kind, { shard: 0, after: null }, most, true)
  if (entries.length >= most)
    throw new StateConflict(`There are ${most} ${kind}s, requested ones among them: there can be no more`)
}

/**
 * Asks for a field or a type. The same request again, by whomever, changes nothing.
 *
 * @param most how many of the kind there can be.
 * @throws StateConflict, Unavailable
 */
export async function request(
  ports: { records: RecordStore; lists: ListStore },
  call: RequestContext,
  kind: Definable,
  name: string,
  said: FieldValues,
  most: number,
): Promise<CurrentRecord> {
  const { records } = ports
  const { row } = await updateRecord(records, call, kind, name, async (known, purged) => {
    if (known === null) {
      await checkRoom(ports, kind, most)
      const asked = { action: 'create', fields: said, valid_from: REQUESTED_FROM } as const
      return prepareWrite(null, { kind, id: name, purged }, asked, call, records.versions(kind, name, true))
    }
    const state = toState(known)
    if (state === 'requested' && isSame(known, said)) return null
    throw new StateConflict(
      state === 'requested'
        ? `The ${kind} ${name} was requested with another definition: the provider can change it`
        : `There is a ${kind} ${name} already: it is ${state}`,
    )
  })
  return there(kind, row)
}

/**
 * Changes what a field or a type is.
 *
 * @param check throws where the record does not take the change.
 * @throws NotFound, StateConflict, Unavailable
 */
export async function amend(
  store: RecordStore,
  call: RequestContext,
  kind: Definable,
  name: string,
  said: FieldValues,
  check: (row: CurrentRecord) => void,
): Promise<CurrentRecord> {
  const { row } = await updateRecord(store, call, kind, name, async known => {
    check(there(kind, known))
    return (
      known && prepareWrite(known, known, { action: 'update', fields: said }, call, store.versions(kind, name, true))
    )
  })
  return there(kind, row)
}

/**
 * Decides on a field or a type. To authorise is to say all of the definition as it is at that moment: what was said of it elsewhere at the
 * same time is listed as a conflict, and does not slip in.
 *
 * @param check throws where the record does not take the decision.
 * @throws NotFound, StateConflict where the state does not allow it, Unavailable
 */
export async function decideOn(
  store: RecordStore,
  call: RequestContext,
  kind: Definable,
  name: string,
  decision: DecisionOn,
  check: (row: CurrentRecord) => Promise<void> = async () => {},
): Promise<CurrentRecord> {
  const { from, to } = decisions[decision]
  const { row } = await updateRecord(store, call, kind, name, async known => {
    const found = there(kind, known)
    const state = toState(found)
    if (!from.some(one => one === state))
      throw new StateConflict(`To ${decision} a ${kind} it must be ${from.join(' or ')}; ${name} is ${state}`)
    await check(found)
    const back = state === 'removed'
    const fields = {
      ...(decision === 'authorise' ? found.snapshot : {}),
      state: to,
      // By this mark is known that there are times at which it was removed.
      ...(back ? { returned: true } : {}),
    }
    const action = decision === 'remove' ? 'delete' : back ? 'restore' : 'update'
    return prepareWrite(found, found, { action, fields, set: 'stated' }, call, store.versions(kind, name, true))
  })
  return there(kind, row)
}
