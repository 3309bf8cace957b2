import type { Heartbeat, LocalStatus, LocationStore, ReindexProgress } from '#domain/locations/port.ts'

/** What one location knows of itself and the others, in memory. */
export class MemoryLocationStore implements LocationStore {
  readonly #beats = new Map<string, Heartbeat>()
  readonly #arrivals = new Map<string, { name: string; sent: string; received: string }>()
  #following: ReindexProgress | null = null
  #own: LocalStatus = { probed: null, answered: null, lag_ms: null, drift: null, read: null }

  async putHeartbeat(heartbeat: Heartbeat): Promise<void> {
    this.#beats.set(heartbeat.name, heartbeat)
  }

  async removeHeartbeat(name: string): Promise<void> {
    this.#beats.delete(name)
  }

  async heartbeats(): Promise<Heartbeat[]> {
    return [...this.#beats.values()]
  }

  async recordArrival(name: string, sent: string, received: string): Promise<void> {
    this.#arrivals.set(name, { name, sent, received })
  }

  async receivedHeartbeats(): ReturnType<LocationStore['receivedHeartbeats']> {
    return [...this.#arrivals.values()]
  }

  async probe(_sent: string, unanswered: string): Promise<void> {
    this.#own = { ...this.#own, probed: unanswered }
  }

  async answerProbe(sent: string, now: string): Promise<void> {
    this.#own = { ...this.#own, answered: sent, lag_ms: Math.max(0, Date.parse(now) - Date.parse(sent)) }
  }

  async recordStreamPosition(sent: string): Promise<void> {
    this.#own = { ...this.#own, read: sent }
  }

  async recordDrift(drift: number): Promise<void> {
    this.#own = { ...this.#own, drift }
  }

  async localStatus(): Promise<LocalStatus> {
    return this.#own
  }

  async reindexProgress(): Promise<ReindexProgress | null> {
    return this.#following
  }

  async putReindexProgress(work: ReindexProgress): Promise<void> {
    this.#following = work
  }
}
