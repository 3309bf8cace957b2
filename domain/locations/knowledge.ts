import type { Heartbeat, LocationStore, OwnState, Ports } from '../ports.ts'

/** What is here of this location and of the others. */
export interface Knowledge {
  beats: Heartbeat[]
  arrivals: Awaited<ReturnType<LocationStore['arrivals']>>
  own: OwnState
  conflicts: number
}

/** Reads what is known here of all locations, at once. */
export async function knowledge({ locations, records }: Pick<Ports, 'locations' | 'records'>): Promise<Knowledge> {
  const [beats, arrivals, own, conflicts] = await Promise.all([
    locations.beats(),
    locations.arrivals(),
    locations.own(),
    records.countDisputed(),
  ])
  return { beats, arrivals, own, conflicts }
}
