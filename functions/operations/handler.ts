import * as z from 'zod'
import { operationsRoutes as routes } from '#contract/routes/operations.ts'
import { FIRST } from '#domain/audit/entries.ts'
import { rewind } from '#domain/audit/index-entries.ts'
import { authorisedFields } from '#domain/fields/fields.ts'
import { readLocationStatus } from '#domain/locations/location-status.ts'
import { forgetLocation } from '#domain/locations/remove-location.ts'
import { locationsReport, reachabilityReport } from '#domain/locations/report.ts'
import { countPending } from '#domain/pending/count-pending.ts'
import { drift, driftPlace } from '#domain/search/drift.ts'
import { rebuild, rebuildPlace } from '#domain/search/rebuild.ts'
import { rebuildViews } from '#domain/views/rebuild-views.ts'
import { createCursors } from '../http/cursors.ts'
import { endpoint } from '../http/endpoint.ts'
import { ok, operation } from '../http/operation.ts'
import { timeBudget } from '../runtime/deadline.ts'
import { toRunResponse } from '../runtime/run-response.ts'
import { getSettings } from '../runtime/settings.ts'

/** The cursors of one piece of work: what an index holds is this location's alone. */
const createWorkCursors = <T>(work: unknown, position: z.ZodType<T>) =>
  createCursors(['index', getSettings().REGISTRY_LOCATION, work], position)

/** How often heartbeats come, in milliseconds. */
const getHeartbeatIntervalMs = () => getSettings().HEARTBEAT_SECONDS * 1000

export const handler = endpoint<'operations'>({
  listLocations: operation(routes.listLocations, async (_, { request, services }) =>
    ok({ items: locationsReport(await readLocationStatus(services), request, getHeartbeatIntervalMs()) }),
  ),
  listReachability: operation(routes.listReachability, async (_, { request, services: { locations } }) => {
    const [heartbeats, received] = await Promise.all([locations.heartbeats(), locations.receivedHeartbeats()])
    return ok({ items: reachabilityReport({ heartbeats, received }, request, getHeartbeatIntervalMs()) })
  }),
  removeLocation: operation(routes.removeLocation, async ({ params }, { request, services }) => {
    await forgetLocation(services, request, params.name, getHeartbeatIntervalMs())
    return ok({ items: locationsReport(await readLocationStatus(services), request, getHeartbeatIntervalMs()) })
  }),
  countPending: operation(routes.countPending, async (_, { services }) => {
    const { retention, ...tallies } = await countPending(services)
    const { failed_runs, last_run } = retention
    return ok({
      ...tallies,
      retention: {
        failed_runs,
        last_run: last_run && toRunResponse(last_run),
        interval_seconds: getSettings().REGISTRY_PURGE_EVERY,
      },
    })
  }),
  rebuildViews: operation(routes.rebuildViews, async ({ query }, { request, services }) => {
    const cursors = createWorkCursors('views', z.string())
    const { next, ...progress } = await rebuildViews(services, request, cursors.open(query.cursor), timeBudget())
    await rewind(services.audit, FIRST)
    return ok({ ...progress, next: cursors.seal(next) })
  }),
  rebuildIndex: operation(routes.rebuildIndex, async ({ query }, { services }) => {
    const cursors = createWorkCursors('rebuild', rebuildPlace)
    const position = cursors.open(query.cursor)
    if (position === null) await rewind(services.audit, FIRST)
    const { next, ...progress } = await rebuild(
      services,
      await authorisedFields(services.lists),
      position,
      timeBudget(),
    )
    return ok({ ...progress, next: cursors.seal(next) })
  }),
  indexDrift: operation(routes.indexDrift, async ({ query, body }, { request, services }) => {
    const cursors = createWorkCursors(['drift', body.repair], driftPlace)
    const position = cursors.open(query.cursor)
    const fields = await authorisedFields(services.lists)
    const { next, ...report } = await drift(services, request, fields, position, body.repair, timeBudget())
    return ok({ ...report, next: cursors.seal(next) })
  }),
})
