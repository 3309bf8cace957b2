import { BulkheadRejectedError, bulkhead } from 'cockatiel'
import { Unavailable } from '#domain/errors.ts'
import { logger } from '#functions/runtime/settings.ts'

const RETRY_AFTER_SECONDS = 2
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

  /**
   * Processes a request when its turn has come.
   *
   * @throws Unavailable, with the time to wait, when too many requests are before it or its turn came too late.
   */
  async admit<T>(process: () => Promise<T>): Promise<T> {
    const arrivedAt = this.#now()
    const isLate = () => this.#now() - arrivedAt > this.#waitMs
    const admitted = await this.#bulkhead
      .execute(async () => (isLate() ? null : { answer: await process() }))
      .catch((error: unknown) => {
        if (error instanceof BulkheadRejectedError) return null
        throw error
      })
    if (admitted) return admitted.answer
    this.#logShed()
    throw new Unavailable('Too many requests are waiting: try again', RETRY_AFTER_SECONDS)
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
