import type { LocationState, Reachability } from '#contract/schemas/location.ts'
import type { RequestContext } from '../ports.ts'
import { indexLag } from './heartbeat.ts'
import type { LocationStatus } from './location-status.ts'

/** A location counts as down or cut off after this many missed heartbeats. */
const MISSED = 3
/** The default interval between heartbeats, in milliseconds. */
const BEAT_MS = 5000

type Context = Pick<RequestContext, 'location' | 'now'>

/** For how long nothing has been heard of a location, in milliseconds. */
const toSilence = ({ received }: { received: string }, { now }: Context): number =>
  Date.parse(now) - Date.parse(received)

const toTolerance = (every: number): number => MISSED * every

/** Which locations there are, by name, and of which a heartbeat has arrived lately. `every` is the interval between heartbeats, in milliseconds. */
export function reachabilityReport(
  { heartbeats, received }: Pick<LocationStatus, 'heartbeats' | 'received'>,
  context: Context,
  every = BEAT_MS,
): Reachability[] {
  const heard = received.filter(arrival => toSilence(arrival, context) < toTolerance(every))
  const reachable = new Set([context.location, ...heard.map(({ name }) => name)])
  const names = new Set([context.location, ...heartbeats.map(({ name }) => name)])
  return [...names].sort().map(name => ({ name, up: reachable.has(name) }))
}

/** What this location knows about itself and the others, by name. `every` is the interval between heartbeats, in milliseconds. */
export function locationsReport(
  { heartbeats, received, own, conflicts }: LocationStatus,
  context: Context,
  every = BEAT_MS,
): LocationState[] {
  const tolerated = toTolerance(every)
  const arrived = new Map(received.map(arrival => [arrival.name, arrival]))
  const others = heartbeats
    .filter(({ name }) => name !== context.location)
    .map(({ name, sent, ...status }): LocationState => {
      const arrival = arrived.get(name)
      const silent = arrival ? toSilence(arrival, context) : null
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
