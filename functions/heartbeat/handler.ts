import { callNow } from '#adapters/clock.ts'
import { beat } from '#domain/locations/heartbeat.ts'
import { locationsReport } from '#domain/locations/report.ts'
import { services } from '../services.ts'
import { settings } from '../settings.ts'
import { measure } from './metrics.ts'

/** Runs by a schedule, every few seconds on one machine and every minute in the cloud. */
export async function handler(): Promise<void> {
  const { REGISTRY_LOCATION: location, HEARTBEAT_SECONDS: every } = settings()
  const call = callNow({ location, actor: 'schedule', request_id: 'heartbeat' })
  const own = services()
  await beat(own, call)
  measure(location, await locationsReport(own, call, every * 1000))
}
