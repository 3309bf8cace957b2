import type { RequestContext } from '../ports.ts'
import type { LocationStatus } from './location-status.ts'
import type { LocalStatus, LocationStore } from './port.ts'

/**
 * Sends a heartbeat to the other locations, with the last heartbeats received from them: `seen` tells each of them how far its rows have
 * arrived. It also sends a probe, which the projection answers, to measure the lag of the index.
 *
 * Heartbeats are sent every few seconds. A location counts as down after missing several.
 */
export async function sendHeartbeat(
  { locations }: { locations: LocationStore },
  context: Pick<RequestContext, 'location' | 'now'>,
  { received, own, conflicts }: Pick<LocationStatus, 'received' | 'own' | 'conflicts'>,
): Promise<void> {
  const seen = Object.fromEntries(received.map(({ name, sent }) => [name, sent]))
  await Promise.all([
    locations.putHeartbeat({
      name: context.location,
      sent: context.now,
      seen,
      index_lag_ms: indexLag(own, context.now),
      conflicts,
      drift: own.drift,
    }),
    locations.probe(context.now, unanswered(own) ?? context.now),
  ])
}

type Probes = Pick<LocalStatus, 'probed' | 'answered' | 'lag_ms'>

/** The lag of the index, in milliseconds; while probes are unanswered, the age of the first of these. Null if none was ever answered. */
export function indexLag(probes: Probes, now: string): number | null {
  if (probes.lag_ms === null) return null
  const since = unanswered(probes)
  return since === null ? probes.lag_ms : Math.max(probes.lag_ms, Date.parse(now) - Date.parse(since))
}

/** The first unanswered probe. The answer to a later probe counts for it. */
function unanswered({ probed, answered }: Probes): string | null {
  return answered !== null && probed !== null && answered >= probed ? null : probed
}
