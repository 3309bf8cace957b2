import type { PagePosition } from '../records/port.ts'

/** That a location was there, and what it knew: written by itself, read by all. */
export interface Heartbeat {
  name: string
  /** When, by its own clock. */
  sent: string
  /** For each other location the `sent` of the last heartbeat that had come from there. */
  seen: Readonly<Record<string, string>>
  index_lag_ms: number | null
  conflicts: number
  drift: number | null
}

/** What a location knows of itself: how its projection answers probes, and the drift. */
export interface LocalStatus {
  /** The first probe after the last that was answered, as it was when the latest was sent. */
  probed: string | null
  /** The last probe that was answered, and how long that took. */
  answered: string | null
  lag_ms: number | null
  drift: number | null
  /** The last of its own heartbeats that whoever reads the registry's stream has come to. */
  read: string | null
}

/** How far a location's index was brought to the fields that are searched: by a digest of these. */
export interface ReindexProgress {
  searched: string
  /** Where in the list it goes on; null: it is done. */
  place: PagePosition | null
  customers: number
  changed: number
}

export interface LocationStore {
  putHeartbeat(heartbeat: Heartbeat): Promise<void>
  /** Removes a location's heartbeat, everywhere. */
  removeHeartbeat(name: string): Promise<void>
  /** The last heartbeat of each location that is here. */
  heartbeats(): Promise<Heartbeat[]>
  /** Notes when a heartbeat came from elsewhere, by this location's clock. */
  recordArrival(name: string, sent: string, received: string): Promise<void>
  receivedHeartbeats(): Promise<{ name: string; sent: string; received: string }[]>
  /** Sends a probe; `unanswered`: the first that is still on its way, this one where there is none before. */
  probe(sent: string, unanswered: string): Promise<void>
  answerProbe(sent: string, now: string): Promise<void>
  /** Notes that the registry's stream was read up to an own heartbeat. */
  recordStreamPosition(sent: string): Promise<void>
  /** Notes how many differences a check of the index left. */
  recordDrift(count: number): Promise<void>
  localStatus(): Promise<LocalStatus>
  reindexProgress(): Promise<ReindexProgress | null>
  putReindexProgress(work: ReindexProgress): Promise<void>
}
