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
import { eraseCustomer } from '#domain/retention/erase.ts'
import { expire } from '#domain/retention/purge.ts'
import type { Ports } from '#functions/runtime/ports.ts'
import type { RandomSource } from './random.ts'

/** A write that a response reports: the customer, the version, and the fields stated from now on. */
export interface ReportedWrite {
  id: string
  version: string
  /** The customer in the response. */
  customer?: object
  /** The outcome of a batch row. */
  outcome?: string
}

/** A client's request, which may be repeated. */
export interface Operation {
  readonly description: string
  readonly actor: string
  readonly key: string | undefined
  /** Its idempotency key, or for a batch the keys of its rows. */
  readonly keys: readonly string[]
  /** Whether it has an effective date. */
  readonly dated: boolean
  /** The fields that it states from now on. */
  readonly states: Readonly<Record<string, unknown>>
  /** The customer that it expires. */
  readonly expires?: string | undefined
  run(ports: Ports, call: RequestContext): Promise<ReportedWrite[]>
}

/** What the operations choose from. */
export interface OperationContext {
  random: RandomSource
  fields: ReadonlyMap<string, Field>
  /** The ids that clients know from responses. */
  knownIds: readonly string[]
  /** Those who are in no purge, as a run checks before it starts one. */
  purgeableIds: readonly string[]
  /** The time at the client's location, and the effective dates of back-dated changes. */
  now: string
  instants: readonly string[]
  number: number
  /** How often customers expire. */
  expiryWeight: number
}

const CERTIFICATE_KEY = 'k'.repeat(32)

const SURNAMES = ['Lindqvist', 'Okafor', 'Nguyen', 'Lindkvist', null]
const GIVEN = ['Marta', 'Chidi', 'An', null]
const DOBS = ['1961-04-12', '1984', null]
const DOCUMENTS = ['SE 4711', 'NG-22', 'VN 9', null]
const CITIES = ['Umeå', 'Enugu', null]

/** Picks a few fields, with a name if one is required. */
function pickFields({ random }: OperationContext, isNameRequired: boolean): Record<string, unknown> {
  const fields: Record<string, unknown> = {}
  if (random.happens(0.4)) fields.surname = random.of(SURNAMES)
  if (random.happens(0.3)) fields.given_name = random.of(GIVEN)
  if (random.happens(0.3)) fields.dob = random.of(DOBS)
  if (random.happens(0.3)) fields.document_number = random.of(DOCUMENTS)
  if (random.happens(0.3))
    fields.details = { city: random.of(CITIES), ...(random.happens(0.4) ? { vip: random.happens(0.5) } : {}) }
  if (isNameRequired) fields.surname ??= 'Lindqvist'
  if (Object.keys(fields).length === 0) fields.surname = random.of(['Okafor', 'Nguyen'])
  return fields
}

/** Picks an effective date now and then, from few instants so that versions share them. */
function pickEffectiveDate({ random, instants, now }: OperationContext): { valid_from?: string } {
  const past = instants.filter(instant => instant <= now)
  return past.length > 0 && random.happens(0.3) ? { valid_from: random.of(past) } : {}
}

const toReportedWrites = ({ customer }: { customer: { id: string; version: string } }): ReportedWrite[] => [
  { id: customer.id, version: customer.version, customer },
]

type OperationFactory = (context: OperationContext, actor: string, key: string | undefined) => Operation

const toStates = (body: { valid_from?: string | undefined; details?: unknown }): Readonly<Record<string, unknown>> => {
  const { valid_from, details: _, ...stated } = body
  return valid_from === undefined ? stated : {}
}

/** The description of an operation, without its implementation. */
const describeOperation = (
  description: string,
  actor: string,
  key?: string,
  states: Operation['states'] = {},
  dated = false,
): Omit<Operation, 'run'> => ({ description, actor, key, keys: key === undefined ? [] : [key], dated, states })

const create: OperationFactory = (context, actor, key) => {
  const body = createBody.parse({ ...pickFields(context, true), ...pickEffectiveDate(context) })
  return {
    ...describeOperation(`create ${JSON.stringify(body)}`, actor, key, toStates(body), body.valid_from !== undefined),
    run: async ({ records }, call) => toReportedWrites(await createCustomer(records, call, context.fields, body, key)),
  }
}

/** A change of one customer, which may depend on the state that its client read before. */
const edit =
  (action: 'patch' | 'put' | 'delete' | 'restore'): OperationFactory =>
  (context, actor, key) => {
    const { random, fields, knownIds } = context
    const id = random.of(knownIds)
    const schema = action === 'put' ? putBody : patchBody
    const body = schema.parse({ ...pickFields(context, action === 'put'), ...pickEffectiveDate(context) })
    const matching = random.happens(0.15)
    const statesFields = action === 'patch' || action === 'put'
    // A repeated request has the same If-Match.
    let ifMatch: string | undefined
    return {
      ...describeOperation(
        `${action} ${id}${statesFields ? ` ${JSON.stringify(body)}` : ''}${matching ? ' if it matches' : ''}`,
        actor,
        key,
        statesFields ? toStates(body) : { state: action === 'delete' ? 'deleted' : 'active' },
        statesFields && body.valid_from !== undefined,
      ),
      run: async ({ records }, call) => {
        if (matching) ifMatch ??= (await getCustomer(records, id, {}, false, call.now)).customer.etag ?? undefined
        const condition = { ifMatch, idempotencyKey: key }
        if (action === 'patch') return toReportedWrites(await patchCustomer(records, call, fields, id, body, condition))
        if (action === 'put') return toReportedWrites(await putCustomer(records, call, fields, id, body, condition))
        const change = action === 'delete' ? deleteCustomer : restoreCustomer
        return toReportedWrites(await change(records, call, id, condition))
      },
    }
  }

const batch: OperationFactory = (context, actor, key) => {
  const { random, fields } = context
  const rows = Array.from({ length: 1 + random.below(3) }, () => ({
    row: batchRow.parse({ id: random.of(['a', 'b']), ...pickFields(context, random.happens(0.6)) }),
  }))
  const source = random.of(['people', 'firms'])
  return {
    ...describeOperation(`batch of ${source} ${JSON.stringify(rows.map(({ row }) => row))}`, actor, key),
    keys: key === undefined ? [] : rows.map((_, n) => `${key}#${n + 1}`),
    run: async (ports, call) => {
      const { results } = await ingest(ports, call, fields, { source, ids: 'source', rows }, key)
      return results.flatMap(({ id, outcome }) => (id === null ? [] : [{ id, version: '', outcome }]))
    },
  }
}

const merge: OperationFactory = ({ random, knownIds }, actor) => {
  const ids: [string, string] = [random.of(knownIds), random.of(knownIds)]
  const decision = random.happens(0.7) ? ('same' as const) : ('different' as const)
  return {
    ...describeOperation(`decide ${ids.join(' and ')} ${decision}`, actor),
    run: async (ports, call) => {
      await decide(ports, call, { ids, decision })
      return []
    },
  }
}

const splitMerged: OperationFactory = ({ random, knownIds }, actor) => {
  const id = random.of(knownIds)
  return {
    ...describeOperation(`split ${id}`, actor),
    run: async ({ records }, call) => {
      await split(records, call, id)
      return []
    },
  }
}

const resolve: OperationFactory = ({ random }, actor) => {
  const decision = random.happens(0.5) ? ('confirm' as const) : ('reverse' as const)
  const pick = random.next()
  return {
    ...describeOperation(`${decision} a conflict`, actor),
    run: async (ports, call) => {
      const { items } = await listConflicts(ports.records, 100, null)
      const conflict = items[Math.floor(pick * items.length)]
      if (conflict) await resolveConflict(ports.records, call, conflict.id, { decision })
      return []
    },
  }
}

/** Expires a customer or erases it. */
const remove =
  (action: 'expire' | 'erase'): OperationFactory =>
  ({ random, knownIds, purgeableIds }, actor) => {
    const id = random.of(action === 'expire' ? purgeableIds : knownIds)
    return {
      ...describeOperation(`${action} ${id}`, actor),
      expires: action === 'expire' ? id : undefined,
      run: async (ports, call) => {
        if (action === 'expire') await expire(ports.records, call, id)
        else await eraseCustomer(ports, [], call, id, CERTIFICATE_KEY)
        return []
      },
    }
  }

/** Picks a random operation. */
export function someOperation(context: OperationContext): Operation {
  const { random, knownIds, purgeableIds, number, expiryWeight } = context
  const actor = `agent-${random.below(3)}`
  const key = random.happens(0.6) ? `key-${number}` : undefined
  const fewKnown = knownIds.length < 3
  const createOperation = random.weighted<OperationFactory>([
    [knownIds.length === 0 ? 20 : fewKnown ? 4 : 0.5, create],
    [knownIds.length === 0 ? 0 : 12, edit('patch')],
    [knownIds.length === 0 ? 0 : 2, edit('put')],
    [knownIds.length === 0 ? 0 : 2, edit('delete')],
    [knownIds.length === 0 ? 0 : 2, edit('restore')],
    [5, batch],
    [knownIds.length < 2 ? 0 : 3, merge],
    [knownIds.length < 2 ? 0 : 2, splitMerged],
    [1, resolve],
    [purgeableIds.length === 0 ? 0 : expiryWeight, remove('expire')],
    [knownIds.length === 0 ? 0 : 0.3, remove('erase')],
  ])
  return createOperation(context, actor, key)
}
