import type { Following, Heartbeat, LocationStore, OwnState } from '#domain/ports.ts'

/** What one location knows of itself and the others, in memory. */
export class MemoryLocationStore implements LocationStore {
  readonly #beats = new Map<string, Heartbeat>()
  readonly #arrivals = new Map<string, { name: string; sent: string; received: string }>()
  #following: Following | null = null
  #own: OwnState = { probed: null, answered: null, lag_ms: null, drift: null, read: null }

  async beat(heartbeat: Heartbeat): Promise<void> {
    this.#beats.set(heartbeat.name, heartbeat)
  }

  async forget(name: string): Promise<void> {
    this.#beats.delete(name)
  }

  async beats(): Promise<Heartbeat[]> {
    return [...this.#beats.values()]
  }

  async arrived(name: string, sent: string, received: string): Promise<void> {
    this.#arrivals.set(name, { name, sent, received })
  }

  async arrivals(): ReturnType<LocationStore['arrivals']> {
    return [...this.#arrivals.values()]
  }

  async probe(_sent: string, unanswered: string): Promise<void> {
    this.#own = { ...this.#own, probed: unanswered }
  }

  async answerProbe(sent: string, now: string): Promise<void> {
    this.#own = { ...this.#own, answered: sent, lag_ms: Math.max(0, Date.parse(now) - Date.parse(sent)) }
  }

  async readUpTo(sent: string): Promise<void> {
    this.#own = { ...this.#own, read: sent }
  }

  async drifted(drift: number): Promise<void> {
    this.#own = { ...this.#own, drift }
  }

  async own(): Promise<OwnState> {
    return this.#own
  }

  async following(): Promise<Following | null> {
    return this.#following
  }

  async follow(work: Following): Promise<void> {
    this.#following = work
  }
}
