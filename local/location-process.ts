import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { endEngine } from './lock.ts'
import { message } from './messages.ts'
import { type Service, StartupError } from './service.ts'

const PROGRAM = fileURLToPath(new URL('location.ts', import.meta.url))
/** How long a location may take to finish requests and stop, in milliseconds. */
const STOP_MS = 20_000

/** A location in its own process and process group, so that Ctrl-C does not stop it before what depends on it. */
export class LocationProcess implements Service {
  readonly name: string
  readonly port: number
  readonly #folder: string
  readonly #prefix: string
  readonly #moved: (location: LocationProcess) => void
  #process: ChildProcess | null = null
  #expected = false
  /** The endpoint of its table engine; null while it is not running. */
  endpoint: string | null = null
  /** It ended unexpectedly. */
  diedAlone = false

  /**
   * @param prefix the prefix of its output lines.
   * @param moved called when it is ready and when it has ended.
   */
  constructor(
    { name, port, data, prefix }: { name: string; port: number; data: string; prefix: string },
    moved: (location: LocationProcess) => void,
  ) {
    this.name = name
    this.port = port
    this.#folder = join(data, name)
    this.#prefix = prefix
    this.#moved = moved
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`
  }

  /** The process id; null while it is not running. */
  get pid(): number | null {
    return this.#process?.pid ?? null
  }

  async start(): Promise<void> {
    if (this.#process) return
    const child = spawn(process.execPath, [PROGRAM, this.name], {
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      detached: true,
    })
    this.#process = child
    this.#expected = false
    this.diedAlone = false
    this.#forward(child.stdout, line => console.log(line))
    this.#forward(child.stderr, line => console.error(line))
    const firstMessage = once(child, 'message').then(([content]: unknown[]) => message.parse(content))
    const ended = once(child, 'close').then(() => this.#ended(child))
    const first = await Promise.race([firstMessage, ended.then(() => null)])
    if (first !== null && 'ready' in first) {
      this.endpoint = first.ready
      this.#moved(this)
      return
    }
    this.#expected = true
    await ended
    await endEngine(this.#folder)
    throw new StartupError(first?.cannot ?? `${this.name} ended before it was ready`)
  }

  /** Finishes requests and stops. */
  async stop(): Promise<void> {
    const child = this.#process
    if (child === null) return
    this.#expected = true
    const closed = once(child, 'close')
    child.kill('SIGTERM')
    const late = setTimeout(() => void this.kill(), STOP_MS)
    await closed
    clearTimeout(late)
  }

  /** Ends it and its table engine as a power failure would. */
  async kill(): Promise<void> {
    const child = this.#process
    if (child === null) return
    this.#expected = true
    const closed = once(child, 'close')
    child.kill('SIGKILL')
    await endEngine(this.#folder, 'SIGKILL')
    await closed
  }

  async #ended(child: ChildProcess): Promise<void> {
    const wasReady = this.endpoint !== null
    this.#process = null
    this.endpoint = null
    if (wasReady && !this.#expected) {
      this.diedAlone = true
      const how = child.signalCode ?? `code ${child.exitCode}`
      console.error(`${this.name} ended by itself (${how}): npm run -s locations -- start ${this.name} starts it again`)
      await endEngine(this.#folder)
    }
    if (wasReady) this.#moved(this)
  }

  #forward(stream: Readable | null, tell: (line: string) => void): void {
    if (stream) createInterface({ input: stream }).on('line', line => tell(this.#prefix + line))
  }
}
