import type { LocationState } from '#contract/schemas/location.ts'
import type { Call, Ports } from '../ports.ts'
import { indexLag } from './heartbeat.ts'

/** Heartbeats come every few seconds; a location of which none came for so long is down, or cut off. */
const SILENT_MS = 15_000

/** What this location knows of itself and of the others, by name. */
export async function locationsReport(
  { locations, records }: Pick<Ports, 'locations' | 'records'>,
  call: Pick<Call, 'location' | 'now'>,
): Promise<LocationState[]> {
  const [beats, arrivals, own, conflicts] = await Promise.all([
    locations.beats(),
    locations.arrivals(),
    locations.own(),
    records.countDisputed(),
  ])
  const now = Date.parse(call.now)
  const arrived = new Map(arrivals.map(one => [one.name, one]))
  const others = beats
    .filter(({ name }) => name !== call.location)
    .map(({ name, sent, ...told }): LocationState => {
      const arrival = arrived.get(name)
      const silent = arrival ? now - Date.parse(arrival.received) : null
      return {
        name,
        up: silent !== null && silent < SILENT_MS,
        heard_at: arrival?.received ?? null,
        // Of what has not come yet is known only that it is late.
        replication_lag_ms: arrival && silent !== null ? lagOf(arrival, silent) : null,
        ...told,
      }
    })
  const mine = beats.find(({ name }) => name === call.location)
  const self: LocationState = {
    name: call.location,
    up: true,
    heard_at: call.now,
    replication_lag_ms: 0,
    index_lag_ms: indexLag(own, call.now),
    conflicts,
    drift: own.drift,
    seen: mine?.seen ?? {},
  }
  return [self, ...others].sort((a, b) => (a.name < b.name ? -1 : 1))
}

/** How long the last heartbeat was on its way; where further ones are overdue, how long it has been silent. */
function lagOf({ sent, received }: { sent: string; received: string }, silent: number): number {
  const way = Math.max(0, Date.parse(received) - Date.parse(sent))
  return silent < SILENT_MS ? way : Math.max(way, silent)
}
