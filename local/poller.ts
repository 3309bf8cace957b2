import { setTimeout as wait } from 'node:timers/promises'

/**
 * Repeats a step until it is stopped. The step returns how many milliseconds to wait before the next one; `nudge` ends the wait, but not before
 * a minimum time since the last step began. After failures the wait grows.
 */
export class Loop {
  readonly #step: (signal: AbortSignal) => Promise<number>
  readonly #failed: (error: unknown, failures: number) => void
  readonly #mostRest: number
  readonly #nudgeInterval: number
  #stopping = new AbortController()
  #running: Promise<void> | null = null
  #inHand: Promise<unknown> = Promise.resolve()
  #nudged = false
  #steppedAt = Number.NEGATIVE_INFINITY
  #wake: () => void = () => undefined

  /**
   * @param mostRest the maximum wait after failures, in milliseconds.
   * @param nudgeInterval the minimum time between the beginnings of two steps if a nudge ends the wait, in milliseconds.
   */
  constructor(
    step: (signal: AbortSignal) => Promise<number>,
    failed: (error: unknown, failures: number) => void,
    mostRest: number,
    nudgeInterval = 0,
  ) {
    this.#step = step
    this.#failed = failed
    this.#mostRest = mostRest
    this.#nudgeInterval = nudgeInterval
  }

  start(): void {
    this.#stopping = new AbortController()
    this.#running = this.#run(this.#stopping.signal)
  }

  /** Stops after the current step. */
  async stop(): Promise<void> {
    this.#stopping.abort()
    this.nudge()
    await this.#running
  }

  /** Ends the wait, because there may be something to do. */
  nudge(): void {
    this.#nudged = true
    this.#wake()
  }

  /** Resolves when the current step has ended. */
  async settled(): Promise<void> {
    await this.#inHand.catch(() => undefined)
  }

  async #run(signal: AbortSignal): Promise<void> {
    for (let failures = 0; !signal.aborted; ) {
      this.#nudged = false
      this.#steppedAt = performance.now()
      try {
        const step = this.#step(signal)
        this.#inHand = step
        const rest = await step
        failures = 0
        if (rest > 0) await this.#rest(rest)
      } catch (error) {
        failures += 1
        if (!signal.aborted) this.#failed(error, failures)
        await this.#rest(Math.min(this.#mostRest, 50 * 2 ** failures))
      }
    }
  }

  async #rest(ms: number): Promise<void> {
    const earliest = Math.max(0, Math.min(ms, this.#steppedAt + this.#nudgeInterval - performance.now()))
    if (earliest > 0) await wait(earliest, undefined, { signal: this.#stopping.signal }).catch(() => undefined)
    if (this.#nudged) return
    await new Promise<void>(resolve => {
      const timer = setTimeout(resolve, ms - earliest)
      this.#wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }
}
