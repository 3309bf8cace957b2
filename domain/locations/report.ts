import type { LocationState } from '#contract/schemas/location.ts'
import type { RequestContext } from '../ports.ts'
import { indexLag } from './heartbeat.ts'
import type { LocationStatus } from './location-status.ts'

/** A location counts as down or cut off after this many missed heartbeats. */
const MISSED = 3
/** The default interval between heartbeats, in milliseconds. */
const BEAT_MS = 5000

/** What this location knows about itself and the others, by name. `every` is the interval between heartbeats, in milliseconds. */
export function locationsReport(
  { heartbeats, received, own, conflicts }: LocationStatus,
  context: Pick<RequestContext, 'location' | 'now'>,
  every = BEAT_MS,
): LocationState[] {
  const tolerated = MISSED * every
  const now = Date.parse(context.now)
  const arrived = new Map(received.map(arrival => [arrival.name, arrival]))
  const others = heartbeats
    .filter(({ name }) => name !== context.location)
    .map(({ name, sent, ...status }): LocationState => {
      const arrival = arrived.get(name)
      const silent = arrival ? now - Date.parse(arrival.received) : null
      return {
        name,
        up: silent !== null && silent < tolerated,
        heard_at: arrival?.received ?? null,
        // A heartbeat that has not arrived is only known to be late.
        replication_lag_ms: arrival && silent !== null ? toLag(arrival, silent, tolerated) : null,
        ...status,
      }
    })
  const ownHeartbeat = heartbeats.find(({ name }) => name === context.location)
  const self: LocationState = {
    name: context.location,
    up: true,
    heard_at: context.now,
    replication_lag_ms: 0,
    index_lag_ms: indexLag(own, context.now),
    conflicts,
    drift: own.drift,
    seen: ownHeartbeat?.seen ?? {},
  }
  return [self, ...others].sort((a, b) => (a.name < b.name ? -1 : 1))
}

/** How long the last heartbeat took to arrive, or how long the location has been silent if further heartbeats are overdue. */
function toLag({ sent, received }: { sent: string; received: string }, silent: number, tolerated: number): number {
  const way = Math.max(0, Date.parse(received) - Date.parse(sent))
  return silent < tolerated ? way : Math.max(way, silent)
}
