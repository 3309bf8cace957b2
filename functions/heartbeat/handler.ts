import { callNow } from '#adapters/clock.ts'
import { authorisedFields } from '#domain/fields/fields.ts'
import { beat } from '#domain/locations/heartbeat.ts'
import { knowledge } from '#domain/locations/knowledge.ts'
import { locationsReport } from '#domain/locations/report.ts'
import { followFields } from '#domain/search/follow-fields.ts'
import { services } from '../services.ts'
import { settings } from '../settings.ts'
import { measure } from './metrics.ts'

/** How long the index is brought to the fields that are searched, where these changed: less than the time between two heartbeats. */
const FOLLOWING_MS = 2000

/** Runs by a schedule, every few seconds on one machine and every minute in the cloud. */
export async function handler(): Promise<void> {
  const { REGISTRY_LOCATION: location, HEARTBEAT_SECONDS: every } = settings()
  const call = callNow({ location, actor: 'schedule', request_id: 'heartbeat' })
  const own = services()
  const known = await knowledge(own)
  await beat(own, call, known)
  measure(location, locationsReport(known, call, every * 1000))
  const until = performance.now() + FOLLOWING_MS
  await followFields(own, await authorisedFields(own.lists), call.now, () => performance.now() < until)
}
