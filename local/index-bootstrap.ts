import { setTimeout as wait } from 'node:timers/promises'
import type { Service } from './service.ts'

const AGAIN_MS = 3000

/** Prepares the search index. While OpenSearch is unreachable, everything else works without it, and the preparation is retried. */
export class IndexMaker implements Service {
  readonly name = 'index'
  readonly #prepare: () => Promise<boolean>
  #stopping = new AbortController()
  #trying: Promise<void> = Promise.resolve()

  /** @param prepare returns false if the index is unreachable. */
  constructor(prepare: () => Promise<boolean>) {
    this.#prepare = prepare
  }

  async start(): Promise<void> {
    this.#stopping = new AbortController()
    if (await this.#prepare()) return
    console.warn('OPENSEARCH_ENDPOINT does not answer: nobody is found by resemblance until it does')
    this.#trying = this.#keepTrying().catch((error: unknown) => console.error(error))
  }

  async stop(): Promise<void> {
    this.#stopping.abort()
    await this.#trying
  }

  async #keepTrying(): Promise<void> {
    const { signal } = this.#stopping
    while (!signal.aborted) {
      await wait(AGAIN_MS, undefined, { signal }).catch(() => undefined)
      if (!signal.aborted && (await this.#prepare())) return
    }
  }
}
