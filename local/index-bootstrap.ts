import { setTimeout as wait } from 'node:timers/promises'
import { describeStartup, startup } from '#functions/runtime/startup.ts'
import type { Service } from './service.ts'

const RETRY_MS = 3000
/** The interval of progress lines. A short preparation prints none. */
const PROGRESS_MS = 2000

type Progress = (indexed: number, part: number) => void

/** Records the progress and prints it at intervals. */
function toProgressLines(): Progress {
  let printedAt = performance.now()
  return (indexed, part) => {
    Object.assign(startup, { indexed, part })
    if (performance.now() - printedAt < PROGRESS_MS) return
    printedAt = performance.now()
    console.log(describeStartup())
  }
}

/** Prepares the search index. While OpenSearch is unreachable, everything else works without it, and the preparation is retried. */
export class IndexMaker implements Service {
  readonly name = 'index'
  readonly #prepare: (progress: Progress) => Promise<boolean>
  #stopping = new AbortController()
  #trying: Promise<void> = Promise.resolve()

  /** @param prepare returns false if the index is unreachable. */
  constructor(prepare: (progress: Progress) => Promise<boolean>) {
    this.#prepare = prepare
  }

  async start(): Promise<void> {
    this.#stopping = new AbortController()
    startup.phase = 'index'
    if (await this.#prepare(toProgressLines())) return
    console.warn('OPENSEARCH_ENDPOINT does not respond: similarity search is unavailable until it does')
    this.#trying = this.#keepTrying().catch((error: unknown) => console.error(error))
  }

  async stop(): Promise<void> {
    this.#stopping.abort()
    await this.#trying
  }

  async #keepTrying(): Promise<void> {
    const { signal } = this.#stopping
    while (!signal.aborted) {
      await wait(RETRY_MS, undefined, { signal }).catch(() => undefined)
      if (!signal.aborted && (await this.#prepare(() => undefined))) return
    }
  }
}
