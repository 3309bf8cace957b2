import * as z from 'zod'
import { routes } from '#contract/routes.ts'
import { openCursor, sealCursor } from '#domain/cursor.ts'
import type { Answer } from '#domain/customers/answer.ts'
import { createCustomer } from '#domain/customers/create.ts'
import { deleteCustomer, patchCustomer, putCustomer, restoreCustomer } from '#domain/customers/edit.ts'
import { listCustomers, listPlace } from '#domain/customers/list.ts'
import { diffPlace, listDiff } from '#domain/customers/list-diff.ts'
import { customerDiff, customerHistory, getCustomer } from '#domain/customers/read.ts'
import { faultsOf, soundPart, wholeFaults } from '#domain/customers/statement.ts'
import { warnings } from '#domain/duplicates/warnings.ts'
import { InvalidInput } from '#domain/errors.ts'
import { endpoint, ok, on, type Reply, type Surroundings } from '../endpoint.ts'
import { fields } from '../services.ts'
import { settings } from '../settings.ts'

const answered = ({ customer, etag }: Answer): Reply => ok(customer, { ETag: etag })

const historyPlace = z.object({ key: z.string(), valid_from: z.string() })

/** The place that a request's cursor names, when it has one; the cursor is bound to the route and the rest of the query. */
function placeIn<T>(cursor: string | undefined, query: unknown, schema: z.ZodType<T>): T | undefined {
  return cursor === undefined ? undefined : openCursor(settings().CURSOR_KEY, query, cursor, schema)
}

const cursorAt = (query: unknown, place: unknown): string | null =>
  place ? sealCursor(settings().CURSOR_KEY, query, place) : null

/** Faults of a statement's meaning, where its form has some too: of a few fields, and of a whole customer. */
const meaning = async (body: unknown, { call, services }: Surroundings) =>
  faultsOf(soundPart(body), await fields(services), call.now)
const wholeMeaning = async (body: unknown, { call, services }: Surroundings) =>
  wholeFaults(soundPart(body), await fields(services), call.now)

function interval(from: string, to: string): void {
  if (from > to) throw new InvalidInput([{ pointer: '?from', detail: 'is after to' }])
}

export const handler = endpoint<'customers'>({
  createCustomer: on(
    routes.createCustomer,
    async ({ body, headers }, { call, services }) => {
      const known = await fields(services)
      const { customer, etag, row } = await createCustomer(services.records, call, known, body, headers.idempotencyKey)
      const [likely = null] = await warnings(services, known, [row], 'wide')
      return {
        status: 201,
        body: { ...customer, likely_duplicates: likely },
        headers: { ETag: etag, Location: `/v1/customers/${customer.id}` },
      }
    },
    wholeMeaning,
  ),
  listCustomers: on(routes.listCustomers, async ({ query }, { call, services }) => {
    const { cursor, limit, ...asked } = query
    const scope = ['list', asked]
    const place = placeIn(cursor, scope, listPlace)
    const { items, next } = await listCustomers(services, await fields(services), query, place, call.now)
    return ok({ items, next: cursorAt(scope, next) })
  }),
  getCustomer: on(routes.getCustomer, async ({ params, query }, { call, services }) => {
    const { customer, etag } = await getCustomer(
      services.records,
      params.id,
      query,
      query.consistent === 'true',
      call.now,
    )
    return ok(customer, etag === null ? {} : { ETag: etag })
  }),
  patchCustomer: on(
    routes.patchCustomer,
    async ({ params, body, headers }, { call, services }) =>
      answered(await patchCustomer(services.records, call, await fields(services), params.id, body, headers)),
    meaning,
  ),
  putCustomer: on(
    routes.putCustomer,
    async ({ params, body, headers }, { call, services }) =>
      answered(await putCustomer(services.records, call, await fields(services), params.id, body, headers)),
    wholeMeaning,
  ),
  deleteCustomer: on(routes.deleteCustomer, async ({ params, headers }, { call, services }) =>
    answered(await deleteCustomer(services.records, call, params.id, headers)),
  ),
  restoreCustomer: on(routes.restoreCustomer, async ({ params, headers }, { call, services }) =>
    answered(await restoreCustomer(services.records, call, params.id, headers)),
  ),
  customerHistory: on(routes.customerHistory, async ({ params, query }, { services }) => {
    const scope = ['history', params.id]
    const place = placeIn(query.cursor, scope, historyPlace)
    const { items, next } = await customerHistory(services.records, params.id, query.limit, place)
    return ok({ items, next: cursorAt(scope, next) })
  }),
  customerDiff: on(routes.customerDiff, async ({ params, query }, { call, services }) => {
    const { from, to = call.now } = query
    interval(from, to)
    return ok({ from, to, items: await customerDiff(services.records, params.id, from, to), next: null })
  }),
  diff: on(routes.diff, async ({ query }, { call, services }) => {
    const scope = ['diff', query.from, query.to ?? null]
    const place = placeIn(query.cursor, scope, diffPlace)
    const { from, to = place?.known ?? call.now } = query
    interval(from, to)
    const { items, next } = await listDiff(services, from, to, query.limit, place ?? null, call.now)
    return ok({ from, to, items, next: cursorAt(scope, next) })
  }),
})
