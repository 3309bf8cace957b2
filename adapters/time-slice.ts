import { setImmediate } from 'node:timers/promises'

/**
 * Divides long work into slices, so that other work of the process runs in between. Several pieces of work may share one: then one of them
 * continues at a time.
 */
export class TimeSlice {
  readonly #maxMs: number
  readonly #giveWay: () => Promise<void>
  #began = 0

  /**
   * @param maxMs the length of a slice in milliseconds
   * @param giveWay lets other work of the process run
   */
  constructor(maxMs: number, giveWay: () => Promise<void> = () => setImmediate()) {
    this.#maxMs = maxMs
    this.#giveWay = giveWay
  }

  /** Returns at once during a slice, and lets other work run at the end of one. */
  async pauseAtEnd(): Promise<void> {
    while (performance.now() - this.#began >= this.#maxMs) {
      const ended = this.#began
      await this.#giveWay()
      // Whoever waited longest begins the next slice.
      if (this.#began !== ended) continue
      this.#began = performance.now()
      return
    }
  }
}

/** Work that takes no turn of the event loop, for a caller that must know when all of it waits for something else. */
export const UNDIVIDED = new TimeSlice(Number.POSITIVE_INFINITY)
