import { entriesBetween, FIRST, LAST, toTime } from '#domain/audit/entries.ts'
import { checkClock, type RecordedTime } from '#domain/locations/check-clock.ts'
import { createServices } from '../runtime/services.ts'
import { getSettings, logger } from '../runtime/settings.ts'

/**
 * Compares the clock with the newest audit entry (so also the newest version), heartbeat and seal, before a location that was stopped writes
 * anything. Logs and returns a warning if it is behind, or more than a day ahead.
 */
export async function checkClockAtStart(): Promise<string | null> {
  const { REGISTRY_LOCATION: location } = getSettings()
  const { audit, locations } = createServices()
  const [newest, heartbeats, seal] = await Promise.all([
    entriesBetween(audit, { above: FIRST, below: LAST }, true, 1).next(),
    locations.heartbeats(),
    audit.lastSeal(location),
  ])
  const recordedTimes: RecordedTime[] = [
    ...heartbeats.map(({ name, sent }) => ({ what: `the last heartbeat of ${name}`, at: sent })),
    ...(seal === null ? [] : [{ what: 'the last seal', at: seal.at }]),
    ...(newest.done ? [] : [{ what: 'the newest entry of the audit', at: toTime(newest.value) }]),
  ]
  const warning = checkClock(new Date().toISOString(), recordedTimes)
  if (warning !== null) logger.warn(warning)
  return warning
}
