import { BulkheadRejectedError, bulkhead } from 'cockatiel'
import { logger } from '#functions/runtime/settings.ts'

const LOG_INTERVAL_MS = 1000

/** How many requests a server processes and lets wait. */
export interface AdmissionLimits {
  /** Requests that are processed concurrently; further ones wait. */
  readonly concurrent: number
  readonly waiting: number
  /** How long a request may wait for its turn, in milliseconds. */
  readonly waitMs: number
}

/** Admits requests up to the limits and sheds the rest, so that an overloaded server still answers in time those that it admits. */
export class Admission {
  readonly #bulkhead
  readonly #waitMs: number
  readonly #now: () => number
  #shed = 0
  #loggedAt = Number.NEGATIVE_INFINITY

  /** @param now a monotonic clock, in milliseconds. */
  constructor({ concurrent, waiting, waitMs }: AdmissionLimits, now = () => performance.now()) {
    this.#bulkhead = bulkhead(concurrent, waiting)
    this.#waitMs = waitMs
    this.#now = now
  }

  /** Processes a request when its turn has come; null if too many requests are before it or its turn came too late. */
  async admit<T extends object>(process: () => Promise<T>): Promise<T | null> {
    const arrivedAt = this.#now()
    const isLate = () => this.#now() - arrivedAt > this.#waitMs
    try {
      const answer = await this.#bulkhead.execute(async () => (isLate() ? null : process()))
      if (answer === null) this.#logShed()
      return answer
    } catch (error) {
      if (!(error instanceof BulkheadRejectedError)) throw error
      this.#logShed()
      return null
    }
  }

  /** Logs at most once a second how many requests were shed since the last time. */
  #logShed(): void {
    this.#shed += 1
    if (this.#now() - this.#loggedAt < LOG_INTERVAL_MS) return
    this.#loggedAt = this.#now()
    logger.warn('shed', { requests: this.#shed })
    this.#shed = 0
  }
}
