import * as z from 'zod'
import { routes } from '#contract/routes.ts'
import type { Hit } from '#contract/schemas/query.ts'
import { typesOf } from '#domain/fields/definitions.ts'
import { matchAll } from '#domain/search/match.ts'
import { search } from '#domain/search/search.ts'
import { unknownType } from '#domain/types/types.ts'
import { endpoint, ok, on, type Surroundings } from '../endpoint.ts'
import { fields } from '../services.ts'
import { settings } from '../settings.ts'
import { sight } from '../sight.ts'

const picked = z.looseObject({ type: z.string().optional() }).catch({})

/** Faults of what is looked for, where a body's form has some too. */
const meaning = async (body: unknown, { services }: Surroundings) =>
  unknownType(typesOf(await fields(services)), picked.parse(body).type, '#/type')

export const handler = endpoint<'search'>({
  search: on(
    routes.search,
    async ({ body }, surroundings) => {
      const { services } = surroundings
      const ports = { ...services, fields: await fields(services) }
      const { items, ...rest } = await search(ports, body, settings().REGISTRY_SEARCH_LIMIT)
      const see = await sight(surroundings)
      return ok({ items: items.map(hit => ({ ...hit, customer: see.listed(hit.customer) })), ...rest })
    },
    meaning,
  ),
  match: on(
    routes.match,
    async ({ body }, surroundings) => {
      const { services } = surroundings
      const ports = { ...services, fields: await fields(services) }
      const { results } = await matchAll(ports, body, settings().REGISTRY_SEARCH_LIMIT)
      const see = await sight(surroundings, { past: body.as_of !== undefined })
      const seen = (hit: Hit): Hit => ({ ...hit, customer: see.listed(hit.customer, { as_of: body.as_of }) })
      return ok({ results: results.map(({ query, items }) => ({ query, items: items.map(seen) })) })
    },
    meaning,
  ),
})
