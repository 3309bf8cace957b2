import type { Call, Ports } from '../ports.ts'

type HeartbeatPorts = Pick<Ports, 'locations' | 'records'>

/**
 * Says to the other locations that this one is there, and what it has heard of them: `seen` tells each of them how far its own rows got.
 * Beside it a probe is put that the projection answers: so is known how far the index is behind.
 *
 * Told every few seconds; a location of which nothing has been heard for some time counts as down.
 */
export async function beat(
  { locations, records }: HeartbeatPorts,
  call: Pick<Call, 'location' | 'now'>,
): Promise<void> {
  const [arrivals, own, conflicts] = await Promise.all([locations.arrivals(), locations.own(), records.countDisputed()])
  const seen = Object.fromEntries(arrivals.map(({ name, sent }) => [name, sent]))
  await Promise.all([
    locations.beat({
      name: call.location,
      sent: call.now,
      seen,
      index_lag_ms: indexLag(own, call.now),
      conflicts,
      drift: own.drift,
    }),
    locations.probe(call.now),
  ])
}

/** How far the index is behind, in milliseconds; of a probe that is on its way how long that has been so. null: none was ever answered. */
export function indexLag(own: { probed: string | null; answered: string | null; lag_ms: number | null }, now: string) {
  if (own.probed === null || own.lag_ms === null) return null
  const waiting = own.answered !== null && own.answered >= own.probed ? 0 : Date.parse(now) - Date.parse(own.probed)
  return Math.max(own.lag_ms, waiting)
}
