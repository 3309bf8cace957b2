import { logger } from '#functions/runtime/settings.ts'
import { errorName } from './error-name.ts'
import { Loop } from './poller.ts'
import type { Service } from './service.ts'

/** Runs a function at an interval, as EventBridge Scheduler does. After a failure it runs again at the next interval. */
export class Schedule implements Service {
  readonly name: string
  readonly #loop: Loop

  constructor(name: string, every: number, handler: () => Promise<void>) {
    this.name = name
    const failed = (error: unknown, failures: number) =>
      logger.warn('schedule failed', { name, failures, error: errorName(error) })
    const run = async () => {
      await handler()
      return every
    }
    this.#loop = new Loop(run, failed, every)
  }

  async start(): Promise<void> {
    this.#loop.start()
  }

  async stop(): Promise<void> {
    await this.#loop.stop()
  }
}
