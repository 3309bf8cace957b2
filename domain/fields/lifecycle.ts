import { type DefinitionState, definitionState } from '#contract/schemas/definition.ts'
import { NotFound, StateConflict } from '../errors.ts'
import type { RequestContext } from '../ports.ts'
import type { CurrentRecord } from '../records/current.ts'
import type { ListStore, RecordStore } from '../records/port.ts'
import { type FieldValues, prepareWrite } from '../records/prepare-write.ts'
import { updateRecord } from '../records/update-record.ts'

/**
 * What can be requested, authorised and removed: a record identified by its name, so that the same request at two locations is one record.
 */
export type Definable = 'field' | 'type'

/**
 * Requests are valid from before everything else about a name, so that a request at one location does not undo a decision that the provider
 * made at another.
 */
const REQUESTED_FROM = '1970-01-01T00:00:00.000Z'

/** The provider's decisions: from which states they are possible, and to which they lead. */
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
export function assertFound(kind: Definable, row: CurrentRecord | null): CurrentRecord {
  if (row === null) throw missing(kind)
  return row
}

/** Whether a request states what the record says already. */
const isSame = ({ snapshot }: CurrentRecord, values: FieldValues): boolean =>
  Object.entries(values).every(([member, value]) => (snapshot[member] ?? null) === value)

/** @throws StateConflict if the maximum number is reached, counting all states. */
async function assertRoom({ lists }: { lists: ListStore }, kind: Definable, maximum: number): Promise<void> {
  const { entries } = await lists.list(kind, { shard: 0, after: null }, maximum, true)
  if (entries.length >= maximum)
    throw new StateConflict(`There are ${maximum} ${kind}s, requested ones among them: there can be no more`)
}

/**
 * Requests a field or a type. Repeating the request changes nothing, whoever sends it.
 *
 * @param maximum the maximum number of this kind.
 * @throws StateConflict, Unavailable
 */
export async function request(
  ports: { records: RecordStore; lists: ListStore },
  context: RequestContext,
  kind: Definable,
  name: string,
  values: FieldValues,
  maximum: number,
): Promise<CurrentRecord> {
  const { records } = ports
  const { row } = await updateRecord(records, context, kind, name, async (current, purged) => {
    if (current === null) {
      await assertRoom(ports, kind, maximum)
      const creation = { action: 'create', fields: values, valid_from: REQUESTED_FROM } as const
      return prepareWrite(null, { kind, id: name, purged }, creation, context, records.versions(kind, name, true))
    }
    const state = toState(current)
    if (state === 'requested' && isSame(current, values)) return null
    throw new StateConflict(
      state === 'requested'
        ? `The ${kind} ${name} was requested with another definition: the provider can change it`
        : `There is a ${kind} ${name} already: it is ${state}`,
    )
  })
  return assertFound(kind, row)
}

/**
 * Changes the definition of a field or a type.
 *
 * @param check throws if the record does not allow the change.
 * @throws NotFound, StateConflict, Unavailable
 */
export async function updateDefinition(
  store: RecordStore,
  context: RequestContext,
  kind: Definable,
  name: string,
  changes: FieldValues,
  check: (row: CurrentRecord) => void,
): Promise<CurrentRecord> {
  const { row } = await updateRecord(store, context, kind, name, async current => {
    check(assertFound(kind, current))
    return (
      current &&
      prepareWrite(current, current, { action: 'update', fields: changes }, context, store.versions(kind, name, true))
    )
  })
  return assertFound(kind, row)
}

/**
 * Decides on a field or a type. Authorising sets the whole definition as it is at that moment: a concurrent change at another location
 * becomes a conflict instead of taking effect unnoticed.
 *
 * @param check throws if the record does not allow the decision.
 * @throws NotFound, StateConflict if the state does not allow it, Unavailable
 */
export async function transition(
  store: RecordStore,
  context: RequestContext,
  kind: Definable,
  name: string,
  decision: DecisionOn,
  check: (row: CurrentRecord) => Promise<void> = async () => {},
): Promise<CurrentRecord> {
  const { from, to } = decisions[decision]
  const { row } = await updateRecord(store, context, kind, name, async current => {
    const row = assertFound(kind, current)
    const state = toState(row)
    if (!from.some(allowed => allowed === state))
      throw new StateConflict(`To ${decision} a ${kind} it must be ${from.join(' or ')}; ${name} is ${state}`)
    await check(row)
    const back = state === 'removed'
    const fields = {
      ...(decision === 'authorise' ? row.snapshot : {}),
      state: to,
      // Says that the field was removed at some time.
      ...(back ? { returned: true } : {}),
    }
    const action = decision === 'remove' ? 'delete' : back ? 'restore' : 'update'
    return prepareWrite(row, row, { action, fields, set: 'stated' }, context, store.versions(kind, name, true))
  })
  return assertFound(kind, row)
}
