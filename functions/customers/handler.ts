import * as z from 'zod'
import { customersRoutes as routes } from '#contract/routes/customers.ts'
import type { Customer } from '#contract/schemas/customer.ts'
import { createCustomer } from '#domain/customers/create.ts'
import { parseValidSubset, validateFull, validatePatch } from '#domain/customers/customer-fields.ts'
import type { CustomerResult } from '#domain/customers/customer-result.ts'
import { deleteCustomer, patchCustomer, putCustomer, restoreCustomer } from '#domain/customers/edit.ts'
import { diffPlace, listDiff } from '#domain/customers/list-diff.ts'
import { customerDiff, customerHistory, getCustomer } from '#domain/customers/read.ts'
import { duplicateWarnings } from '#domain/duplicates/warnings.ts'
import { toTypes } from '#domain/fields/definitions.ts'
import { unknownType } from '#domain/fields/types.ts'
import { isProvisional } from '#domain/locations/location-status.ts'
import { countCustomers } from '#domain/search/count-customers.ts'
import { listCustomers, listPlace } from '#domain/search/list-customers.ts'
import { createCursors } from '../http/cursors.ts'
import { assertDateRange } from '../http/date-range.ts'
import { noteAsked, noteShown } from '../http/disclosure.ts'
import { endpoint } from '../http/endpoint.ts'
import { getFieldVisibility } from '../http/field-visibility.ts'
import { type HandlerContext, type HttpResponse, ok, operation } from '../http/operation.ts'
import { publicPath } from '../http/request.ts'
import { getFields } from '../runtime/services.ts'

/** What was done to one customer, as the caller may see them. */
const toCustomerResponse = async ({ customer }: CustomerResult, context: HandlerContext): Promise<HttpResponse> =>
  ok((await getFieldVisibility(context)).one(customer), { ETag: customer.etag })

const historyPosition = z.object({ key: z.string(), valid_from: z.string() })

/** Faults of a statement's meaning, where its form has some too: of a few fields, and of a whole customer. */
const patchErrors = async (body: unknown, { request, services }: HandlerContext) =>
  validatePatch(parseValidSubset(body), await getFields(services), request)
const fullErrors = async (body: unknown, { request, services }: HandlerContext) =>
  validateFull(parseValidSubset(body), await getFields(services), request)

/** Faults of whom a list is asked for, where the query's form has some too. */
const queryErrors = async (_: unknown, { event, services }: HandlerContext) =>
  unknownType(toTypes(await getFields(services)), event.queryStringParameters?.type, '?type')

/** Whether what was known at a moment is all that will be; nothing to ask where none is named. */
const isKnownProvisional = async (known_at: string | undefined, { request, services }: HandlerContext) =>
  known_at !== undefined && isProvisional(services, request, known_at)

export const handler = endpoint<'customers'>({
  createCustomer: operation(
    routes.createCustomer,
    async ({ body, headers }, context) => {
      const { request, services, event } = context
      const fields = await getFields(services)
      const { customer, row } = await createCustomer(services.records, request, fields, body, headers.idempotencyKey)
      const [likelyDuplicates = null] = await duplicateWarnings(services, fields, [row], 'high')
      const visibility = await getFieldVisibility(context)
      return {
        status: 201,
        body: { ...visibility.one(customer), likely_duplicates: visibility.duplicates(likelyDuplicates) },
        headers: { ETag: customer.etag, Location: publicPath(event, `/v1/customers/${customer.id}`) },
      }
    },
    fullErrors,
  ),
  listCustomers: operation(
    routes.listCustomers,
    async ({ query }, context) => {
      const { request, services } = context
      const { cursor, limit, ...filters } = query
      const cursors = createCursors(['list', filters], listPlace)
      const position = cursors.open(cursor) ?? undefined
      const provisional = await isKnownProvisional(query.known_at, context)
      const visibility = await getFieldVisibility(context, {
        past: query.as_of !== undefined || query.known_at !== undefined,
      })
      const redact = (customer: Customer) => visibility.listed(customer, query)
      const { items, next } = await listCustomers(
        services,
        await getFields(services),
        query,
        position,
        request.now,
        redact,
      )
      noteAsked(context, [{ q: query.q }])
      noteShown(
        context,
        items.map(({ id }) => id),
      )
      return ok({ items, next: cursors.seal(next), provisional })
    },
    queryErrors,
  ),
  countCustomers: operation(
    routes.countCustomers,
    async ({ query }, { services }) => ok({ count: await countCustomers(services, await getFields(services), query) }),
    queryErrors,
  ),
  getCustomer: operation(routes.getCustomer, async ({ params, query }, context) => {
    const { request, services } = context
    const consistent = query.consistent === 'true'
    const provisional = await isKnownProvisional(query.known_at, context)
    const { customer, state } = await getCustomer(services.records, params.id, query, consistent, request.now)
    const visibility = await getFieldVisibility(context, { past: customer.etag === null, consistent })
    const hold = visibility.hold(state, query.as_of ?? query.known_at ?? request.now)
    const visibleCustomer = { ...visibility.one(customer, query), ...hold }
    return ok(
      query.known_at === undefined ? visibleCustomer : { ...visibleCustomer, provisional },
      customer.etag === null ? {} : { ETag: customer.etag },
    )
  }),
  patchCustomer: operation(
    routes.patchCustomer,
    async ({ params, body, headers }, context) => {
      const { request, services } = context
      const fields = await getFields(services)
      return toCustomerResponse(
        await patchCustomer(services.records, request, fields, params.id, body, headers),
        context,
      )
    },
    patchErrors,
  ),
  putCustomer: operation(
    routes.putCustomer,
    async ({ params, body, headers }, context) => {
      const { request, services } = context
      const fields = await getFields(services)
      return toCustomerResponse(await putCustomer(services.records, request, fields, params.id, body, headers), context)
    },
    fullErrors,
  ),
  deleteCustomer: operation(routes.deleteCustomer, async ({ params, headers, body }, context) =>
    toCustomerResponse(
      await deleteCustomer(context.services.records, context.request, params.id, headers, body?.note),
      context,
    ),
  ),
  restoreCustomer: operation(routes.restoreCustomer, async ({ params, headers, body }, context) =>
    toCustomerResponse(
      await restoreCustomer(context.services.records, context.request, params.id, headers, body?.note),
      context,
    ),
  ),
  customerHistory: operation(routes.customerHistory, async ({ params, query }, context) => {
    const { services } = context
    const cursors = createCursors(['history', params.id], historyPosition)
    const position = cursors.open(query.cursor) ?? undefined
    const { items, next } = await customerHistory(services.records, params.id, query.limit, position)
    const visibility = await getFieldVisibility(context, { past: true })
    return ok({ items: items.map(item => visibility.version(item)), next: cursors.seal(next) })
  }),
  customerDiff: operation(routes.customerDiff, async ({ params, query }, context) => {
    const { request, services } = context
    const { from, to = request.now } = query
    assertDateRange({ from, to })
    const items = await customerDiff(services.records, params.id, from, to)
    return ok({ from, to, items: (await getFieldVisibility(context)).differences(items, 'one'), next: null })
  }),
  diff: operation(routes.diff, async ({ query }, context) => {
    const { request, services } = context
    const { cursor, limit, ...filters } = query
    const cursors = createCursors(['diff', filters], diffPlace)
    const position = cursors.open(cursor)
    const { from, to = position?.known ?? request.now } = query
    assertDateRange({ from, to })
    const { items, next } = await listDiff(services, from, to, limit, position, request.now, query)
    const visibleItems = (await getFieldVisibility(context)).differences(items, 'many')
    noteShown(
      context,
      visibleItems.map(({ id }) => id),
    )
    return ok({ from, to, items: visibleItems, next: cursors.seal(next) })
  }),
})
