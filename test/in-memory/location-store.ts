import type { Heartbeat, LocalStatus, LocationStore, ReindexProgress } from '#domain/locations/port.ts'

/** The status of a location and the heartbeats it received, in memory. */
export class MemoryLocationStore implements LocationStore {
  readonly #heartbeats = new Map<string, Heartbeat>()
  readonly #arrivals = new Map<string, { name: string; sent: string; received: string }>()
  #reindexProgress: ReindexProgress | null = null
  #status: LocalStatus = { probed: null, answered: null, lag_ms: null, drift: null, read: null }

  async putHeartbeat(heartbeat: Heartbeat): Promise<void> {
    this.#heartbeats.set(heartbeat.name, heartbeat)
  }

  async removeHeartbeat(name: string): Promise<void> {
    this.#heartbeats.delete(name)
  }

  async heartbeats(): Promise<Heartbeat[]> {
    return [...this.#heartbeats.values()]
  }

  async recordArrival(name: string, sent: string, received: string): Promise<void> {
    this.#arrivals.set(name, { name, sent, received })
  }

  async receivedHeartbeats(): ReturnType<LocationStore['receivedHeartbeats']> {
    return [...this.#arrivals.values()]
  }

  async probe(_sent: string, unanswered: string): Promise<void> {
    this.#status = { ...this.#status, probed: unanswered }
  }

  async answerProbe(sent: string, now: string): Promise<void> {
    this.#status = { ...this.#status, answered: sent, lag_ms: Math.max(0, Date.parse(now) - Date.parse(sent)) }
  }

  async recordStreamPosition(sent: string): Promise<void> {
    this.#status = { ...this.#status, read: sent }
  }

  async recordDrift(drift: number): Promise<void> {
    this.#status = { ...this.#status, drift }
  }

  async localStatus(): Promise<LocalStatus> {
    return this.#status
  }

  async reindexProgress(): Promise<ReindexProgress | null> {
    return this.#reindexProgress
  }

  async putReindexProgress(work: ReindexProgress): Promise<void> {
    this.#reindexProgress = work
  }
}
