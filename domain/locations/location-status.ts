import type { RequestContext } from '../ports.ts'
import type { RecordStore } from '../records/port.ts'
import type { Heartbeat, LocalStatus, LocationStore } from './port.ts'

/** What this location has stored about itself and the others. */
export interface LocationStatus {
  heartbeats: Heartbeat[]
  received: Awaited<ReturnType<LocationStore['receivedHeartbeats']>>
  own: LocalStatus
  conflicts: number
}

/** Reads what is known here about all locations, in parallel. */
export async function readLocationStatus({
  locations,
  records,
}: {
  locations: LocationStore
  records: RecordStore
}): Promise<LocationStatus> {
  const [heartbeats, received, own, conflicts] = await Promise.all([
    locations.heartbeats(),
    locations.receivedHeartbeats(),
    locations.localStatus(),
    records.countConflicted(),
  ])
  return { heartbeats, received, own, conflicts }
}

/**
 * Whether more may become known about what was known at a moment: the moment is in the future, or some other location has sent no heartbeat
 * since that has passed through to this location's rows, so that what it wrote by then may still arrive. Call it before reading the rows.
 */
export async function isProvisional(
  { locations }: { locations: LocationStore },
  context: Pick<RequestContext, 'location' | 'now'>,
  known_at: string,
): Promise<boolean> {
  if (known_at >= context.now) return true
  const [heartbeats, received] = await Promise.all([locations.heartbeats(), locations.receivedHeartbeats()])
  const lastSent = new Map(received.map(({ name, sent }) => [name, sent]))
  return heartbeats.some(({ name }) => name !== context.location && (lastSent.get(name) ?? '') < known_at)
}
