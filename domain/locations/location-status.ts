import type { RecordStore } from '../records/port.ts'
import type { Heartbeat, LocalStatus, LocationStore } from './port.ts'

/** What this location has stored about itself and the others. */
export interface Knowledge {
  beats: Heartbeat[]
  arrivals: Awaited<ReturnType<LocationStore['receivedHeartbeats']>>
  own: LocalStatus
  conflicts: number
}

/** Reads what is known here about all locations, in parallel. */
export async function knowledge({
  locations,
  records,
}: {
  locations: LocationStore
  records: RecordStore
}): Promise<Knowledge> {
  const [beats, arrivals, own, conflicts] = await Promise.all([
    locations.heartbeats(),
    locations.receivedHeartbeats(),
    locations.localStatus(),
    records.countConflicted(),
  ])
  return { beats, arrivals, own, conflicts }
}
