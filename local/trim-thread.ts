import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import type { Service } from './service.ts'
import type { TablesFolder } from './trim-stream.ts'

/** Trims streams in a thread of its own, because the engine's writes hold it up, and requests must not wait for them. */
export class TrimThread implements Service {
  readonly name = 'stream trimmer'
  readonly #tables: TablesFolder
  #thread: Worker | null = null

  constructor(tables: TablesFolder) {
    this.#tables = tables
  }

  async start(): Promise<void> {
    const thread = new Worker(new URL('run-trimmer.ts', import.meta.url), { workerData: this.#tables })
    thread.on('error', (error: unknown) => {
      console.error(`trimming the stream ended: ${error instanceof Error ? error.message : error}`)
    })
    thread.once('exit', () => {
      this.#thread = null
    })
    this.#thread = thread
  }

  /** Stops after the current step. */
  async stop(): Promise<void> {
    const thread = this.#thread
    if (thread === null) return
    const exit = once(thread, 'exit')
    thread.postMessage('stop')
    await exit
  }
}
