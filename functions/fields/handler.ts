import * as z from 'zod'
import { routes } from '#contract/routes.ts'
import { type fieldAnswer, requestFieldBody } from '#contract/schemas/field.ts'
import { listDefinitions } from '#domain/fields/catalogue.ts'
import { definitionFaults, listedField } from '#domain/fields/definition.ts'
import { authorisedFields, authoriseField, patchField, requestField } from '#domain/fields/fields.ts'
import { decideOn, there } from '#domain/fields/life.ts'
import type { Current } from '#domain/records/current.ts'
import { followed } from '#domain/search/follow-fields.ts'
import { listTypes } from '#domain/types/list.ts'
import { builtInTypes, decideOnType, patchType, removeType, requestType, typeAnswerOf } from '#domain/types/types.ts'
import { cursorsOf } from '../cursors.ts'
import { endpoint, ok, on, type Reply } from '../endpoint.ts'
import { asked } from '../request.ts'
import { forgetFields, type Services } from '../services.ts'

const place = z.string()

/** A field, and how far the index follows it. */
async function told(services: Services, row: Current): Promise<z.output<typeof fieldAnswer>> {
  return { ...listedField(row), index: await followed(services, await authorisedFields(services.lists)) }
}

/** What a change of a field or a type leaves: from now on this process goes by it. */
async function changed<T>(row: Current, answer: (row: Current) => T): Promise<T> {
  forgetFields()
  return answer(row)
}

const fieldChanged = async (services: Services, row: Promise<Current>): Promise<Reply> =>
  ok(await changed(await row, known => told(services, known)))

const typeChanged = async (row: Promise<Current>): Promise<Reply> => ok(await changed(await row, typeAnswerOf))

/** As much of a request as is of the right form: what its members mean together. */
const meaning = async (body: unknown) => {
  const members = z.record(z.string(), z.unknown()).catch({}).parse(body)
  const sound = Object.entries(requestFieldBody.shape).flatMap(([name, schema]) => {
    const read = schema.safeParse(members[name])
    return name in members && read.success ? [[name, read.data]] : []
  })
  return definitionFaults(Object.fromEntries(sound))
}

/** A page of what a list gives, from a cursor on. */
async function page<T extends { next: string | null }>(
  kind: 'field' | 'type',
  { cursor, state }: z.output<typeof routes.listFields.query>,
  list: (after: string | null) => Promise<T>,
): Promise<T> {
  const cursors = cursorsOf([kind, state ?? null], place)
  const found = await list(cursors.open(cursor))
  return { ...found, next: cursors.seal(found.next) }
}

export const handler = endpoint<'fields'>({
  requestField: on(
    routes.requestField,
    async ({ body }, { call, services, event }) => ({
      status: 201,
      body: await changed(await requestField(services, call, body), row => told(services, row)),
      headers: { Location: asked(event, `/v1/fields/${body.name}`) },
    }),
    meaning,
  ),
  listFields: on(routes.listFields, async ({ query }, { services }) => {
    const { state, limit } = query
    const { rows, next } = await page('field', query, after =>
      listDefinitions(services.lists, 'field', state, limit, after),
    )
    return ok({ items: rows.map(listedField), next })
  }),
  getField: on(routes.getField, async ({ params }, { services }) =>
    ok(await told(services, there('field', await services.records.current('field', params.name, true)))),
  ),
  patchField: on(
    routes.patchField,
    ({ params, body }, { call, services }) =>
      fieldChanged(services, patchField(services.records, call, params.name, body)),
    meaning,
  ),
  removeField: on(routes.removeField, ({ params }, { call, services }) =>
    fieldChanged(services, decideOn(services.records, call, 'field', params.name, 'remove')),
  ),
  authoriseField: on(routes.authoriseField, ({ params }, { call, services }) =>
    fieldChanged(services, authoriseField(services.records, call, params.name)),
  ),
  rejectField: on(routes.rejectField, ({ params }, { call, services }) =>
    fieldChanged(services, decideOn(services.records, call, 'field', params.name, 'reject')),
  ),
  requestType: on(routes.requestType, async ({ body }, { call, services, event }) => ({
    status: 201,
    body: await changed(await requestType(services, call, body), typeAnswerOf),
    headers: { Location: asked(event, `/v1/types/${body.name}`) },
  })),
  listTypes: on(routes.listTypes, async ({ query }, { services }) =>
    ok(await page('type', query, after => listTypes(services.lists, query.state, query.limit, after))),
  ),
  getType: on(routes.getType, async ({ params }, { services }) => {
    const builtIn = builtInTypes.find(({ name }) => name === params.name)
    return ok(builtIn ?? typeAnswerOf(there('type', await services.records.current('type', params.name, true))))
  }),
  patchType: on(routes.patchType, ({ params, body }, { call, services }) =>
    typeChanged(patchType(services, call, params.name, body)),
  ),
  removeType: on(routes.removeType, ({ params }, { call, services }) =>
    typeChanged(removeType(services, call, params.name)),
  ),
  authoriseType: on(routes.authoriseType, ({ params }, { call, services }) =>
    typeChanged(decideOnType(services, call, params.name, 'authorise')),
  ),
  rejectType: on(routes.rejectType, ({ params }, { call, services }) =>
    typeChanged(decideOnType(services, call, params.name, 'reject')),
  ),
})
