import * as z from 'zod'
import { routes } from '#contract/routes.ts'
import { setBack } from '#domain/audit/carry.ts'
import { FIRST } from '#domain/audit/entries.ts'
import { authorisedFields } from '#domain/fields/fields.ts'
import { forgetLocation } from '#domain/locations/forget.ts'
import { knowledge } from '#domain/locations/knowledge.ts'
import { locationsReport } from '#domain/locations/report.ts'
import { rebuildViews } from '#domain/records/rebuild.ts'
import { drift, driftPlace } from '#domain/search/drift.ts'
import { rebuild, rebuildPlace } from '#domain/search/rebuild.ts'
import { cursorsOf } from '../cursors.ts'
import { endpoint, ok, on } from '../endpoint.ts'
import { forAWhile } from '../piece.ts'
import { settings } from '../settings.ts'

/** The cursors of one piece of work: what an index holds is this location's alone. */
const workCursors = <T>(work: unknown, place: z.ZodType<T>) =>
  cursorsOf(['index', settings().REGISTRY_LOCATION, work], place)

/** How often heartbeats come, in milliseconds. */
const beatMs = () => settings().HEARTBEAT_SECONDS * 1000

export const handler = endpoint<'operations'>({
  listLocations: on(routes.listLocations, async (_, { call, services }) =>
    ok({ items: locationsReport(await knowledge(services), call, beatMs()) }),
  ),
  removeLocation: on(routes.removeLocation, async ({ params }, { call, services }) => {
    await forgetLocation(services, call, params.name, beatMs())
    return ok({ items: locationsReport(await knowledge(services), call, beatMs()) })
  }),
  rebuildViews: on(routes.rebuildViews, async ({ query }, { call, services }) => {
    const cursors = workCursors('views', z.string())
    const { next, ...done } = await rebuildViews(services, call, cursors.open(query.cursor), forAWhile())
    await setBack(services.audit, FIRST)
    return ok({ ...done, next: cursors.seal(next) })
  }),
  rebuildIndex: on(routes.rebuildIndex, async ({ query }, { services }) => {
    const cursors = workCursors('rebuild', rebuildPlace)
    const place = cursors.open(query.cursor)
    if (place === null) await setBack(services.audit, FIRST)
    const { next, ...done } = await rebuild(services, await authorisedFields(services.lists), place, forAWhile())
    return ok({ ...done, next: cursors.seal(next) })
  }),
  indexDrift: on(routes.indexDrift, async ({ query, body }, { call, services }) => {
    const cursors = workCursors(['drift', body.repair], driftPlace)
    const place = cursors.open(query.cursor)
    const fields = await authorisedFields(services.lists)
    const { next, ...found } = await drift(services, call, fields, place, body.repair, forAWhile())
    return ok({ ...found, next: cursors.seal(next) })
  }),
})
