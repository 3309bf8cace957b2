import { createRequestContext } from '#adapters/clock.ts'
import { authorisedFields } from '#domain/fields/fields.ts'
import { checkClock } from '#domain/locations/check-clock.ts'
import { sendHeartbeat } from '#domain/locations/heartbeat.ts'
import { readLocationStatus } from '#domain/locations/location-status.ts'
import { locationsReport } from '#domain/locations/report.ts'
import { followFields } from '#domain/search/follow-fields.ts'
import { createServices } from '../runtime/services.ts'
import { getSettings, logger } from '../runtime/settings.ts'
import { publishMetrics } from './metrics.ts'

/** How long the index is brought to the fields that are searched, where these changed: less than the time between two heartbeats. */
const REINDEX_BUDGET_MS = 2000

/** Runs by a schedule, every few seconds on one machine and every minute in the cloud. */
export async function handler(): Promise<void> {
  const { REGISTRY_LOCATION: location, HEARTBEAT_SECONDS: intervalSeconds } = getSettings()
  const request = createRequestContext({ location, actor: 'schedule', request_id: 'heartbeat' })
  const services = createServices()
  const status = await readLocationStatus(services)
  const ownHeartbeats = status.heartbeats.filter(({ name }) => name === location)
  const recordedTimes = ownHeartbeats.map(({ sent }) => ({ what: 'the last heartbeat', at: sent }))
  const warning = checkClock(request.now, recordedTimes)
  if (warning !== null) logger.warn(warning)
  await sendHeartbeat(services, request, status)
  publishMetrics(location, locationsReport(status, request, intervalSeconds * 1000))
  const deadline = performance.now() + REINDEX_BUDGET_MS
  await followFields(services, await authorisedFields(services.lists), request.now, () => performance.now() < deadline)
}
