import type { PagePosition } from '../records/port.ts'

/** A sign of life with a location's own status, written by the location and read by all. */
export interface Heartbeat {
  name: string
  /** By the location's own clock. */
  sent: string
  /** For each other location, the `sent` of its last heartbeat that has arrived. */
  seen: Readonly<Record<string, string>>
  index_lag_ms: number | null
  conflicts: number
  drift: number | null
}

/** A location's own status: how its projection answers probes, and the drift. */
export interface LocalStatus {
  /** The first probe after the last answered one, as of the latest probe. */
  probed: string | null
  /** The last answered probe, and how long the answer took. */
  answered: string | null
  lag_ms: number | null
  drift: number | null
  /** The last own heartbeat that the reader of the registry's stream has reached. */
  read: string | null
}

/** How far the index of a location has been updated to the searchable fields, which a digest identifies. */
export interface ReindexProgress {
  searched: string
  /** The position in the list; null when done. */
  place: PagePosition | null
  customers: number
  changed: number
}

export interface LocationStore {
  putHeartbeat(heartbeat: Heartbeat): Promise<void>
  /** Removes a location's heartbeat, at all locations. */
  removeHeartbeat(name: string): Promise<void>
  /** The last heartbeat of each location that has arrived here. */
  heartbeats(): Promise<Heartbeat[]>
  /** Records when a heartbeat of another location arrived, by this location's clock. */
  recordArrival(name: string, sent: string, received: string): Promise<void>
  receivedHeartbeats(): Promise<{ name: string; sent: string; received: string }[]>
  /** Sends a probe. `unanswered` is the first probe without an answer: this one if there is no earlier. */
  probe(sent: string, unanswered: string): Promise<void>
  answerProbe(sent: string, now: string): Promise<void>
  /** Records that the registry's stream was read up to an own heartbeat. */
  recordStreamPosition(sent: string): Promise<void>
  /** Records how many differences a check of the index left. */
  recordDrift(count: number): Promise<void>
  localStatus(): Promise<LocalStatus>
  reindexProgress(): Promise<ReindexProgress | null>
  putReindexProgress(work: ReindexProgress): Promise<void>
}
