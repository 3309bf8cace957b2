import { setImmediate } from 'node:timers/promises'
import * as z from 'zod'
import { searchRoutes as routes } from '#contract/routes/search.ts'
import type { Hit } from '#contract/schemas/query.ts'
import { toTypes } from '#domain/fields/definitions.ts'
import { unknownType } from '#domain/fields/types.ts'
import { matchAll } from '#domain/search/match.ts'
import { search } from '#domain/search/search.ts'
import { searchPosition } from '#domain/search/search-page.ts'
import { createCursors } from '../http/cursors.ts'
import { noteAsked, noteShown } from '../http/disclosure.ts'
import { endpoint } from '../http/endpoint.ts'
import { getFieldVisibility } from '../http/field-visibility.ts'
import { type HandlerContext, ok, operation } from '../http/operation.ts'
import { getFields } from '../runtime/services.ts'
import { getSettings } from '../runtime/settings.ts'

const typeFilter = z.looseObject({ type: z.string().optional() }).catch({})

/** Faults of what is looked for, where a body's form has some too. */
const searchErrors = async (body: unknown, { services }: HandlerContext) =>
  unknownType(toTypes(await getFields(services)), typeFilter.parse(body).type, '#/type')

export const handler = endpoint<'search'>({
  search: operation(
    routes.search,
    async ({ body }, context) => {
      const { services } = context
      const ports = { ...services, fields: await getFields(services) }
      const { cursor, limit, ...criteria } = body
      const cursors = createCursors(['search', criteria], searchPosition, '#/cursor')
      const position = cursors.open(cursor)
      noteAsked(context, [body])
      // The access row is written while the customers are read. They are almost always those whom the index ranks first.
      const onRanked = (ids: readonly string[]) => noteShown(context, ids)
      const defaultLimit = getSettings().REGISTRY_SEARCH_LIMIT
      const { items, next, ...rest } = await search({ ...ports, onRanked }, body, defaultLimit, position)
      noteShown(
        context,
        items.map(({ customer }) => customer.id),
      )
      const visibility = await getFieldVisibility(context)
      const visibleItems = items.map(hit => ({ ...hit, customer: visibility.listed(hit.customer) }))
      return ok({ items: visibleItems, ...rest, next: cursors.seal(next) })
    },
    searchErrors,
  ),
  match: operation(
    routes.match,
    async ({ body }, context) => {
      const { services } = context
      const ports = { ...services, fields: await getFields(services) }
      const { results } = await matchAll(ports, body, getSettings().REGISTRY_SEARCH_LIMIT, setImmediate)
      noteAsked(context, body.queries)
      noteShown(
        context,
        results.flatMap(({ items }) => items.map(({ customer }) => customer.id)),
      )
      const visibility = await getFieldVisibility(context, { past: body.as_of !== undefined })
      const toVisibleHit = (hit: Hit): Hit => ({
        ...hit,
        customer: visibility.listed(hit.customer, { as_of: body.as_of }),
      })
      return ok({ results: results.map(({ query, items }) => ({ query, items: items.map(toVisibleHit) })) })
    },
    searchErrors,
  ),
})
