import { NotFound, StateConflict } from '../errors.ts'
import type { RequestContext } from '../ports.ts'
import type { RecordStore } from '../records/port.ts'
import { knowledge } from './location-status.ts'
import type { LocationStore } from './port.ts'
import { locationsReport } from './report.ts'

/**
 * Takes a location off that was taken down for good: purges wait for it no more, erasures are not pending there, and what was known is
 * provisional no longer for its sake. Nothing that it sent is touched. Should it come back, its next heartbeat puts it on again.
 *
 * @param every how often heartbeats come, in milliseconds
 * @throws NotFound; StateConflict for this location itself, and for one that is up.
 */
export async function forgetLocation(
  ports: { locations: LocationStore; records: RecordStore },
  call: Pick<RequestContext, 'location' | 'now'>,
  name: string,
  every: number,
): Promise<void> {
  const found = locationsReport(await knowledge(ports), call, every).find(one => one.name === name)
  if (name === call.location) throw new StateConflict('A location cannot remove itself: call another location')
  if (found === undefined) throw new NotFound('Location not found')
  if (found.up) throw new StateConflict(`The location ${name} is up: its last heartbeat was at ${found.heard_at}`)
  await ports.locations.removeHeartbeat(name)
}
