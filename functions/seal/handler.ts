import { callNow } from '#adapters/clock.ts'
import { sealEntries } from '#domain/audit/seal.ts'
import { countDays } from '#domain/audit/summary.ts'
import { services } from '../services.ts'
import { logger, settings } from '../settings.ts'

/** Runs by a schedule, every few seconds on one machine and every few minutes in the cloud: seals this location's entries. */
export async function handler(): Promise<void> {
  const { REGISTRY_LOCATION: location, REGISTRY_SEAL_AFTER: seconds } = settings()
  const own = services()
  const call = callNow({ location, actor: 'schedule', request_id: 'seal' })
  const sealed = await sealEntries(own, call, seconds * 1000)
  await countDays(own, call)
  if (sealed.entries > 0) logger.info('sealed', { ...sealed, ...own.meter })
}
