import { routes } from '#contract/routes.ts'
import { matchAll } from '#domain/search/match.ts'
import { search } from '#domain/search/search.ts'
import { endpoint, ok, on } from '../endpoint.ts'
import { fields } from '../services.ts'
import { settings } from '../settings.ts'

export const handler = endpoint<'search'>({
  search: on(routes.search, async ({ body }, { services }) =>
    ok(await search({ ...services, fields: await fields(services) }, body, settings().REGISTRY_SEARCH_LIMIT)),
  ),
  match: on(routes.match, async ({ body }, { services }) =>
    ok(await matchAll({ ...services, fields: await fields(services) }, body, settings().REGISTRY_SEARCH_LIMIT)),
  ),
})
