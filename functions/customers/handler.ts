import * as z from 'zod'
import { routes } from '#contract/routes.ts'
import type { Customer } from '#contract/schemas/customer.ts'
import type { Answer } from '#domain/customers/answer.ts'
import { createCustomer } from '#domain/customers/create.ts'
import { deleteCustomer, patchCustomer, putCustomer, restoreCustomer } from '#domain/customers/edit.ts'
import { listCustomers, listPlace } from '#domain/customers/list.ts'
import { diffPlace, listDiff } from '#domain/customers/list-diff.ts'
import { customerDiff, customerHistory, getCustomer } from '#domain/customers/read.ts'
import { faultsOf, soundPart, wholeFaults } from '#domain/customers/statement.ts'
import { warnings } from '#domain/duplicates/warnings.ts'
import { typesOf } from '#domain/fields/definitions.ts'
import { isProvisional } from '#domain/locations/provisional.ts'
import { unknownType } from '#domain/types/types.ts'
import { cursorsOf } from '../cursors.ts'
import { endpoint, ok, on, type Reply, type Surroundings } from '../endpoint.ts'
import { checkInterval } from '../interval.ts'
import { asked } from '../request.ts'
import { fields } from '../services.ts'
import { sight } from '../sight.ts'

/** What was done to one customer, as the caller may see them. */
const answered = async ({ customer, etag }: Answer, surroundings: Surroundings): Promise<Reply> =>
  ok((await sight(surroundings)).one(customer), { ETag: etag })

const historyPlace = z.object({ key: z.string(), valid_from: z.string() })

/** Faults of a statement's meaning, where its form has some too: of a few fields, and of a whole customer. */
const meaning = async (body: unknown, { call, services }: Surroundings) =>
  faultsOf(soundPart(body), await fields(services), call.now)
const wholeMeaning = async (body: unknown, { call, services }: Surroundings) =>
  wholeFaults(soundPart(body), await fields(services), call.now)

/** Faults of whom a list is asked for, where the query's form has some too. */
const asking = async (_: unknown, { event, services }: Surroundings) =>
  unknownType(typesOf(await fields(services)), event.queryStringParameters?.type, '?type')

/** Whether what was known at a moment is all that will be; nothing to ask where none is named. */
const provisionally = async (known_at: string | undefined, { call, services }: Surroundings) =>
  known_at !== undefined && isProvisional(services, call, known_at)

export const handler = endpoint<'customers'>({
  createCustomer: on(
    routes.createCustomer,
    async ({ body, headers }, surroundings) => {
      const { call, services, event } = surroundings
      const known = await fields(services)
      const { customer, etag, row } = await createCustomer(services.records, call, known, body, headers.idempotencyKey)
      const [likely = null] = await warnings(services, known, [row], 'wide')
      const seen = (await sight(surroundings)).one(customer)
      return {
        status: 201,
        body: { ...seen, likely_duplicates: likely },
        headers: { ETag: etag, Location: asked(event, `/v1/customers/${customer.id}`) },
      }
    },
    wholeMeaning,
  ),
  listCustomers: on(
    routes.listCustomers,
    async ({ query }, surroundings) => {
      const { call, services } = surroundings
      const { cursor, limit, ...asked } = query
      const cursors = cursorsOf(['list', asked], listPlace)
      const place = cursors.open(cursor) ?? undefined
      const provisional = await provisionally(query.known_at, surroundings)
      const sees = await sight(surroundings, { past: query.as_of !== undefined || query.known_at !== undefined })
      const see = (customer: Customer) => sees.listed(customer, query)
      const { items, next } = await listCustomers(services, await fields(services), query, place, call.now, see)
      return ok({ items, next: cursors.seal(next), provisional })
    },
    asking,
  ),
  getCustomer: on(routes.getCustomer, async ({ params, query }, surroundings) => {
    const { call, services } = surroundings
    const consistent = query.consistent === 'true'
    const provisional = await provisionally(query.known_at, surroundings)
    const { customer, etag } = await getCustomer(services.records, params.id, query, consistent, call.now)
    const see = await sight(surroundings, { past: etag === null, consistent })
    const seen = see.one(customer, query)
    return ok(query.known_at === undefined ? seen : { ...seen, provisional }, etag === null ? {} : { ETag: etag })
  }),
  patchCustomer: on(
    routes.patchCustomer,
    async ({ params, body, headers }, surroundings) => {
      const { call, services } = surroundings
      const known = await fields(services)
      return answered(await patchCustomer(services.records, call, known, params.id, body, headers), surroundings)
    },
    meaning,
  ),
  putCustomer: on(
    routes.putCustomer,
    async ({ params, body, headers }, surroundings) => {
      const { call, services } = surroundings
      const known = await fields(services)
      return answered(await putCustomer(services.records, call, known, params.id, body, headers), surroundings)
    },
    wholeMeaning,
  ),
  deleteCustomer: on(routes.deleteCustomer, async ({ params, headers }, surroundings) =>
    answered(await deleteCustomer(surroundings.services.records, surroundings.call, params.id, headers), surroundings),
  ),
  restoreCustomer: on(routes.restoreCustomer, async ({ params, headers }, surroundings) =>
    answered(await restoreCustomer(surroundings.services.records, surroundings.call, params.id, headers), surroundings),
  ),
  customerHistory: on(routes.customerHistory, async ({ params, query }, surroundings) => {
    const { services } = surroundings
    const cursors = cursorsOf(['history', params.id], historyPlace)
    const place = cursors.open(query.cursor) ?? undefined
    const { items, next } = await customerHistory(services.records, params.id, query.limit, place)
    const see = await sight(surroundings, { past: true })
    return ok({ items: items.map(item => see.version(item)), next: cursors.seal(next) })
  }),
  customerDiff: on(routes.customerDiff, async ({ params, query }, surroundings) => {
    const { call, services } = surroundings
    const { from, to = call.now } = query
    checkInterval({ from, to })
    const items = await customerDiff(services.records, params.id, from, to)
    return ok({ from, to, items: (await sight(surroundings)).differences(items, 'one'), next: null })
  }),
  diff: on(routes.diff, async ({ query }, surroundings) => {
    const { call, services } = surroundings
    const { cursor, limit, ...asked } = query
    const cursors = cursorsOf(['diff', asked], diffPlace)
    const place = cursors.open(cursor)
    const { from, to = place?.known ?? call.now } = query
    checkInterval({ from, to })
    const { items, next } = await listDiff(services, from, to, limit, place, call.now, query)
    const seen = (await sight(surroundings)).differences(items, 'many')
    return ok({ from, to, items: seen, next: cursors.seal(next) })
  }),
})
