import type { LocationState } from '#contract/schemas/location.ts'
import type { RequestContext } from '../ports.ts'
import { indexLag } from './heartbeat.ts'
import type { Knowledge } from './location-status.ts'

/** A location of which no heartbeat came in the time of so many is down, or cut off. */
const MISSED = 3
/** How often heartbeats come where nothing else is said, in milliseconds. */
const BEAT_MS = 5000

/** What this location knows of itself and of the others, by name. `every`: how often heartbeats come, in milliseconds. */
export function locationsReport(
  { beats, arrivals, own, conflicts }: Knowledge,
  call: Pick<RequestContext, 'location' | 'now'>,
  every = BEAT_MS,
): LocationState[] {
  const tolerated = MISSED * every
  const now = Date.parse(call.now)
  const arrived = new Map(arrivals.map(one => [one.name, one]))
  const others = beats
    .filter(({ name }) => name !== call.location)
    .map(({ name, sent, ...told }): LocationState => {
      const arrival = arrived.get(name)
      const silent = arrival ? now - Date.parse(arrival.received) : null
      return {
        name,
        up: silent !== null && silent < tolerated,
        heard_at: arrival?.received ?? null,
        // Of what has not come yet is known only that it is late.
        replication_lag_ms: arrival && silent !== null ? toLag(arrival, silent, tolerated) : null,
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
function toLag({ sent, received }: { sent: string; received: string }, silent: number, tolerated: number): number {
  const way = Math.max(0, Date.parse(received) - Date.parse(sent))
  return silent < tolerated ? way : Math.max(way, silent)
}
