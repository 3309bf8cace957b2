import { callNow } from '#adapters/clock.ts'
import { beat } from '#domain/locations/heartbeat.ts'
import { services } from '../services.ts'
import { settings } from '../settings.ts'

/** Runs by a schedule, every few seconds on one machine and every minute in the cloud. */
export async function handler(): Promise<void> {
  const { REGISTRY_LOCATION: location } = settings()
  await beat(services(), callNow({ location, actor: 'schedule', request_id: 'heartbeat' }))
}
