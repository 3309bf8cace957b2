import * as z from 'zod'
import { fieldsRoutes } from '#contract/routes/fields.ts'
import { typesRoutes } from '#contract/routes/types.ts'
import { type fieldAnswer, requestFieldBody } from '#contract/schemas/field.ts'
import { listDefinitions } from '#domain/fields/catalogue.ts'
import { definitionFaults, listedField } from '#domain/fields/definition.ts'
import { authorisedFields, authoriseField, patchField, requestField } from '#domain/fields/fields.ts'
import { assertFound, transition } from '#domain/fields/lifecycle.ts'
import { listTypes } from '#domain/fields/list-types.ts'
import { builtInTypes, decideOnType, patchType, removeType, requestType, toTypeResponse } from '#domain/fields/types.ts'
import type { CurrentRecord } from '#domain/records/current.ts'
import { followed } from '#domain/search/follow-fields.ts'
import { createCursors } from '../http/cursors.ts'
import { endpoint } from '../http/endpoint.ts'
import { type HttpResponse, ok, operation } from '../http/operation.ts'
import { publicPath } from '../http/request.ts'
import { invalidateFields, type Services } from '../runtime/services.ts'

const positionSchema = z.string()

/** A field, and how far the index follows it. */
async function toFieldResponse(services: Services, row: CurrentRecord): Promise<z.output<typeof fieldAnswer>> {
  return { ...listedField(row), index: await followed(services, await authorisedFields(services.lists)) }
}

/** What a change of a field or a type leaves: from now on this process goes by it. */
async function respondToChange<T>(row: CurrentRecord, toResponse: (row: CurrentRecord) => T): Promise<T> {
  invalidateFields()
  return toResponse(row)
}

const respondWithField = async (services: Services, row: Promise<CurrentRecord>): Promise<HttpResponse> =>
  ok(await respondToChange(await row, changedRow => toFieldResponse(services, changedRow)))

const respondWithType = async (row: Promise<CurrentRecord>): Promise<HttpResponse> =>
  ok(await respondToChange(await row, toTypeResponse))

/** As much of a request as is of the right form: what its members mean together. */
const definitionErrors = async (body: unknown) => {
  const members = z.record(z.string(), z.unknown()).catch({}).parse(body)
  const validMembers = Object.entries(requestFieldBody.shape).flatMap(([name, schema]) => {
    const parsed = schema.safeParse(members[name])
    return name in members && parsed.success ? [[name, parsed.data]] : []
  })
  return definitionFaults(Object.fromEntries(validMembers))
}

/** A page of what a list gives, from a cursor on. */
async function listPage<T extends { next: string | null }>(
  kind: 'field' | 'type',
  { cursor, state }: z.output<typeof fieldsRoutes.listFields.query>,
  list: (after: string | null) => Promise<T>,
): Promise<T> {
  const cursors = createCursors([kind, state ?? null], positionSchema)
  const result = await list(cursors.open(cursor))
  return { ...result, next: cursors.seal(result.next) }
}

export const handler = endpoint<'fields'>({
  requestField: operation(
    fieldsRoutes.requestField,
    async ({ body }, { request, services, event }) => ({
      status: 201,
      body: await respondToChange(await requestField(services, request, body), row => toFieldResponse(services, row)),
      headers: { Location: publicPath(event, `/v1/fields/${body.name}`) },
    }),
    definitionErrors,
  ),
  listFields: operation(fieldsRoutes.listFields, async ({ query }, { services }) => {
    const { state, limit } = query
    const { rows, next } = await listPage('field', query, after =>
      listDefinitions(services.lists, 'field', state, limit, after),
    )
    return ok({ items: rows.map(listedField), next })
  }),
  getField: operation(fieldsRoutes.getField, async ({ params }, { services }) =>
    ok(
      await toFieldResponse(services, assertFound('field', await services.records.current('field', params.name, true))),
    ),
  ),
  patchField: operation(
    fieldsRoutes.patchField,
    ({ params, body }, { request, services }) =>
      respondWithField(services, patchField(services.records, request, params.name, body)),
    definitionErrors,
  ),
  removeField: operation(fieldsRoutes.removeField, ({ params }, { request, services }) =>
    respondWithField(services, transition(services.records, request, 'field', params.name, 'remove')),
  ),
  authoriseField: operation(fieldsRoutes.authoriseField, ({ params }, { request, services }) =>
    respondWithField(services, authoriseField(services.records, request, params.name)),
  ),
  rejectField: operation(fieldsRoutes.rejectField, ({ params }, { request, services }) =>
    respondWithField(services, transition(services.records, request, 'field', params.name, 'reject')),
  ),
  requestType: operation(typesRoutes.requestType, async ({ body }, { request, services, event }) => ({
    status: 201,
    body: await respondToChange(await requestType(services, request, body), toTypeResponse),
    headers: { Location: publicPath(event, `/v1/types/${body.name}`) },
  })),
  listTypes: operation(typesRoutes.listTypes, async ({ query }, { services }) =>
    ok(await listPage('type', query, after => listTypes(services.lists, query.state, query.limit, after))),
  ),
  getType: operation(typesRoutes.getType, async ({ params }, { services }) => {
    const builtIn = builtInTypes.find(({ name }) => name === params.name)
    return ok(builtIn ?? toTypeResponse(assertFound('type', await services.records.current('type', params.name, true))))
  }),
  patchType: operation(typesRoutes.patchType, ({ params, body }, { request, services }) =>
    respondWithType(patchType(services, request, params.name, body)),
  ),
  removeType: operation(typesRoutes.removeType, ({ params }, { request, services }) =>
    respondWithType(removeType(services, request, params.name)),
  ),
  authoriseType: operation(typesRoutes.authoriseType, ({ params }, { request, services }) =>
    respondWithType(decideOnType(services, request, params.name, 'authorise')),
  ),
  rejectType: operation(typesRoutes.rejectType, ({ params }, { request, services }) =>
    respondWithType(decideOnType(services, request, params.name, 'reject')),
  ),
})
