import { NotFound, StateConflict } from '../errors.ts'
import type { RequestContext } from '../ports.ts'
import type { RecordStore } from '../records/port.ts'
import { readLocationStatus } from './location-status.ts'
import type { LocationStore } from './port.ts'
import { locationsReport } from './report.ts'

/**
 * Removes a location that was taken down permanently: purges no longer wait for it, erasures no longer are pending there, and past states
 * are no longer provisional because of it. What it sent stays. If it comes back, its next heartbeat adds it again.
 *
 * @param every the interval between heartbeats, in milliseconds.
 * @throws NotFound; StateConflict for this location itself, and for one that is up.
 */
export async function forgetLocation(
  ports: { locations: LocationStore; records: RecordStore },
  context: Pick<RequestContext, 'location' | 'now'>,
  name: string,
  every: number,
): Promise<void> {
  const state = locationsReport(await readLocationStatus(ports), context, every).find(
    location => location.name === name,
  )
  if (name === context.location) throw new StateConflict('A location cannot remove itself: call another location')
  if (state === undefined) throw new NotFound('Location not found')
  if (state.up) throw new StateConflict(`The location ${name} is up: its last heartbeat was at ${state.heard_at}`)
  await ports.locations.removeHeartbeat(name)
}
