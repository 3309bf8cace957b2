import type { RequestContext } from '../ports.ts'
import type { Knowledge } from './location-status.ts'
import type { LocalStatus, LocationStore } from './port.ts'

/**
 * Says to the other locations that this one is there, and what it has heard of them: `seen` tells each of them how far its own rows got.
 * Beside it a probe is put that the projection answers: so is known how far the index is behind.
 *
 * Told every few seconds; a location of which nothing has been heard for some time counts as down.
 */
export async function sendHeartbeat(
  { locations }: { locations: LocationStore },
  call: Pick<RequestContext, 'location' | 'now'>,
  { arrivals, own, conflicts }: Pick<Knowledge, 'arrivals' | 'own' | 'conflicts'>,
): Promise<void> {
  const seen = Object.fromEntries(arrivals.map(({ name, sent }) => [name, sent]))
  await Promise.all([
    locations.putHeartbeat({
      name: call.location,
      sent: call.now,
      seen,
      index_lag_ms: indexLag(own, call.now),
      conflicts,
      drift: own.drift,
    }),
    locations.probe(call.now, unanswered(own) ?? call.now),
  ])
}

type Probes = Pick<LocalStatus, 'probed' | 'answered' | 'lag_ms'>

/** How far the index is behind, in milliseconds; of probes that are on their way how long the first has been so. null: none was ever answered. */
export function indexLag(own: Probes, now: string): number | null {
  if (own.lag_ms === null) return null
  const since = unanswered(own)
  return since === null ? own.lag_ms : Math.max(own.lag_ms, Date.parse(now) - Date.parse(since))
}

/** The first probe that is on its way. A later one that is answered speaks for it. */
function unanswered({ probed, answered }: Probes): string | null {
  return answered !== null && probed !== null && answered >= probed ? null : probed
}
