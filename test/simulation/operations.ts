import { batchRow } from '#contract/schemas/batch.ts'
import { createBody, patchBody, putBody } from '#contract/schemas/customer.ts'
import type { Field } from '#contract/schemas/field.ts'
import { ingest } from '#domain/batches/ingest.ts'
import { listConflicts } from '#domain/conflicts/list.ts'
import { resolveConflict } from '#domain/conflicts/resolve-conflict.ts'
import { createCustomer } from '#domain/customers/create.ts'
import { deleteCustomer, patchCustomer, putCustomer, restoreCustomer } from '#domain/customers/edit.ts'
import { getCustomer } from '#domain/customers/read.ts'
import { decide } from '#domain/duplicates/decide.ts'
import { split } from '#domain/duplicates/split.ts'
import type { RequestContext } from '#domain/ports.ts'
import { eraseRecord, expire } from '#domain/retention/purge.ts'
import type { Ports } from '#functions/runtime/ports.ts'
import type { Chance } from './random.ts'

/** What an answer says was written, or holds: versions by their names, and the fields that were stated from now on. */
export interface Told {
  id: string
  version: string
  /** The customer as it was answered. */
  customer?: object
  /** Of a row of a batch: whether it says that it wrote. */
  outcome?: string
}

/** A request of a client, as it may come again. */
export interface Operation {
  readonly what: string
  readonly actor: string
  readonly key: string | undefined
  /** Its key and what stands for its parts: the keys of its versions. */
  readonly keys: readonly string[]
  /** Whether it says since when it held. */
  readonly dated: boolean
  /** What it states to hold from now on. */
  readonly states: Readonly<Record<string, unknown>>
  /** The customer whose retention it ends. */
  readonly expires?: string | undefined
  run(ports: Ports, call: RequestContext): Promise<Told[]>
}

/** What the operations of a world choose from. */
export interface Surroundings {
  chance: Chance
  fields: ReadonlyMap<string, Field>
  /** Ids that clients were told of. */
  known: readonly string[]
  /** The time at the client's location, and the instants of which back-dated changes speak. */
  now: string
  instants: readonly string[]
  number: number
}

const SURNAMES = ['Lindqvist', 'Okafor', 'Nguyen', 'Lindkvist', null]
const GIVEN = ['Marta', 'Chidi', 'An', null]
const DOBS = ['1961-04-12', '1984', null]
const DOCUMENTS = ['SE 4711', 'NG-22', 'VN 9', null]
const CITIES = ['Umeå', 'Enugu', null]

/** What a statement says: a few fields. At least a name, where `named`. */
function statement({ chance }: Surroundings, named: boolean): Record<string, unknown> {
  const said: Record<string, unknown> = {}
  if (chance.happens(0.4)) said.surname = chance.of(SURNAMES)
  if (chance.happens(0.3)) said.given_name = chance.of(GIVEN)
  if (chance.happens(0.3)) said.dob = chance.of(DOBS)
  if (chance.happens(0.3)) said.document_number = chance.of(DOCUMENTS)
  if (chance.happens(0.3))
    said.details = { city: chance.of(CITIES), ...(chance.happens(0.4) ? { vip: chance.happens(0.5) } : {}) }
  if (named) said.surname ??= 'Lindqvist'
  if (Object.keys(said).length === 0) said.surname = chance.of(['Okafor', 'Nguyen'])
  return said
}

/** Since when it held, now and then: one of a few instants, so that two say the same. */
function dated({ chance, instants, now }: Surroundings): { valid_from?: string } {
  const past = instants.filter(instant => instant <= now)
  return past.length > 0 && chance.happens(0.3) ? { valid_from: chance.of(past) } : {}
}

const versionTold = ({ customer }: { customer: { id: string; version: string } }): Told[] => [
  { id: customer.id, version: customer.version, customer },
]

type Make = (around: Surroundings, actor: string, key: string | undefined) => Operation

const toStates = (body: { valid_from?: string | undefined; details?: unknown }): Readonly<Record<string, unknown>> => {
  const { valid_from, details: _, ...said } = body
  return valid_from === undefined ? said : {}
}

/** What an operation asks for, apart from how that is done. */
const asked = (
  what: string,
  actor: string,
  key?: string,
  states: Operation['states'] = {},
  dated = false,
): Omit<Operation, 'run'> => ({ what, actor, key, keys: key === undefined ? [] : [key], dated, states })

const create: Make = (around, actor, key) => {
  const body = createBody.parse({ ...statement(around, true), ...dated(around) })
  return {
    ...asked(`create ${JSON.stringify(body)}`, actor, key, toStates(body), body.valid_from !== undefined),
    run: async ({ records }, call) => versionTold(await createCustomer(records, call, around.fields, body, key)),
  }
}

/** A change of one customer, which may depend on the state that its client read before. */
const edit =
  (action: 'patch' | 'put' | 'delete' | 'restore'): Make =>
  (around, actor, key) => {
    const { chance, fields, known } = around
    const id = chance.of(known)
    const schema = action === 'put' ? putBody : patchBody
    const body = schema.parse({ ...statement(around, action === 'put'), ...dated(around) })
    const matching = chance.happens(0.15)
    const says = action === 'patch' || action === 'put'
    // Who asks again says the same again.
    let ifMatch: string | undefined
    return {
      ...asked(
        `${action} ${id}${says ? ` ${JSON.stringify(body)}` : ''}${matching ? ' if it matches' : ''}`,
        actor,
        key,
        says ? toStates(body) : { state: action === 'delete' ? 'deleted' : 'active' },
        says && body.valid_from !== undefined,
      ),
      run: async ({ records }, call) => {
        if (matching) ifMatch ??= (await getCustomer(records, id, {}, false, call.now)).etag ?? undefined
        const condition = { ifMatch, idempotencyKey: key }
        if (action === 'patch') return versionTold(await patchCustomer(records, call, fields, id, body, condition))
        if (action === 'put') return versionTold(await putCustomer(records, call, fields, id, body, condition))
        const change = action === 'delete' ? deleteCustomer : restoreCustomer
        return versionTold(await change(records, call, id, condition))
      },
    }
  }

const batch: Make = (around, actor, key) => {
  const { chance, fields } = around
  const rows = Array.from({ length: 1 + chance.below(3) }, () => ({
    row: batchRow.parse({ id: chance.of(['a', 'b']), ...statement(around, chance.happens(0.6)) }),
  }))
  const source = chance.of(['people', 'firms'])
  return {
    ...asked(`batch of ${source} ${JSON.stringify(rows.map(({ row }) => row))}`, actor, key),
    keys: key === undefined ? [] : rows.map((_, n) => `${key}#${n + 1}`),
    run: async (ports, call) => {
      const { results } = await ingest(ports, call, fields, source, rows, key)
      return results.flatMap(({ id, outcome }) => (id === null ? [] : [{ id, version: '', outcome }]))
    },
  }
}

const merge: Make = ({ chance, known }, actor) => {
  const ids: [string, string] = [chance.of(known), chance.of(known)]
  const decision = chance.happens(0.7) ? ('same' as const) : ('different' as const)
  return {
    ...asked(`decide ${ids.join(' and ')} ${decision}`, actor),
    run: async (ports, call) => {
      await decide(ports, call, { ids, decision })
      return []
    },
  }
}

const splitOff: Make = ({ chance, known }, actor) => {
  const id = chance.of(known)
  return {
    ...asked(`split ${id}`, actor),
    run: async ({ records }, call) => {
      await split(records, call, id)
      return []
    },
  }
}

const settle: Make = ({ chance }, actor) => {
  const decision = chance.happens(0.5) ? ('confirm' as const) : ('reverse' as const)
  const pick = chance.next()
  return {
    ...asked(`${decision} a conflict`, actor),
    run: async (ports, call) => {
      const { items } = await listConflicts(ports.records, 100, null)
      const one = items[Math.floor(pick * items.length)]
      if (one) await resolveConflict(ports.records, call, one.id, { decision })
      return []
    },
  }
}

/** The end of a customer's retention, or a person's right to be forgotten. */
const remove =
  (how: 'expire' | 'erase'): Make =>
  ({ chance, known }, actor) => {
    const id = chance.of(known)
    return {
      ...asked(`${how} ${id}`, actor),
      expires: how === 'expire' ? id : undefined,
      run: async (ports, call) => {
        await (how === 'expire' ? expire : eraseRecord)(ports.records, call, id)
        return []
      },
    }
  }

/** Some change that a client asks for. */
export function someOperation(around: Surroundings): Operation {
  const { chance, known, number } = around
  const actor = `agent-${chance.below(3)}`
  const key = chance.happens(0.6) ? `key-${number}` : undefined
  const few = known.length < 3
  const make = chance.weighted<Make>([
    [known.length === 0 ? 20 : few ? 4 : 0.5, create],
    [known.length === 0 ? 0 : 12, edit('patch')],
    [known.length === 0 ? 0 : 2, edit('put')],
    [known.length === 0 ? 0 : 2, edit('delete')],
    [known.length === 0 ? 0 : 2, edit('restore')],
    [5, batch],
    [known.length < 2 ? 0 : 3, merge],
    [known.length < 2 ? 0 : 2, splitOff],
    [1, settle],
    [known.length === 0 ? 0 : 0.5, remove('expire')],
    [known.length === 0 ? 0 : 0.1, remove('erase')],
  ])
  return make(around, actor, key)
}
