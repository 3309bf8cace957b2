import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { endEngine } from './lock.ts'
import { type Message, message } from './messages.ts'
import { type Service, StartupError } from './service.ts'

const PROGRAM = fileURLToPath(new URL('location.ts', import.meta.url))
/** Loading its modules takes most of its start; the compile cache halves that. It is in the project's own folder. */
const COMPILE_CACHE = fileURLToPath(new URL('../node_modules/.cache/registry-location', import.meta.url))
/** How long a location may take to finish requests and stop, in milliseconds. */
const STOP_MS = 20_000

/** A location in its own process and process group, so that Ctrl-C does not stop it before what depends on it. */
export class LocationProcess implements Service {
  readonly name: string
  readonly url: string
  readonly #folder: string
  readonly #prefix: string
  readonly #restart: string
  readonly #moved: (location: LocationProcess) => void
  #process: ChildProcess | null = null
  #expected = false
  #ready = false
  /** The reason it gave for being unable to start or continue. */
  #reason: string | null = null
  /** The endpoint of its table engine; null while its API does not run. */
  endpoint: string | null = null
  /** A warning about its clock at its start. */
  clock: string | null = null
  /** It ended unexpectedly. */
  diedAlone = false

  /**
   * @param prefix the prefix of its output lines.
   * @param restart the command that starts it again.
   * @param moved called when its API answers and when it has ended.
   */
  constructor(
    { name, url, data, prefix, restart }: Record<'name' | 'url' | 'data' | 'prefix' | 'restart', string>,
    moved: (location: LocationProcess) => void,
  ) {
    this.name = name
    this.url = url
    this.#folder = join(data, name)
    this.#prefix = prefix
    this.#restart = restart
    this.#moved = moved
  }

  /** The process id; null while it is not running. */
  get pid(): number | null {
    return this.#process?.pid ?? null
  }

  /** Resolves when it is ready. @throws StartupError */
  async start(): Promise<void> {
    if (this.#process) return
    const child = spawn(process.execPath, [PROGRAM, this.name], {
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      detached: true,
      env: { NODE_COMPILE_CACHE: COMPILE_CACHE, ...process.env },
    })
    this.#process = child
    this.#expected = false
    this.#reason = null
    this.diedAlone = false
    this.#forward(child.stdout, line => console.log(line))
    this.#forward(child.stderr, line => console.error(line))
    const ready = new Promise<true>(resolve =>
      child.on('message', content => {
        if (this.#receive(message.parse(content))) resolve(true)
      }),
    )
    const ended = once(child, 'close').then(() => this.#ended(child))
    if (await Promise.race([ready, ended.then(() => false)])) return
    throw new StartupError(this.#reason ?? `${this.name} ended before it was ready`)
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

  /** Returns whether it is ready. */
  #receive(content: Message): boolean {
    if ('failed' in content) this.#reason = content.failed
    else if ('ready' in content) {
      this.#ready = true
      this.clock = content.clock
    } else {
      this.endpoint = content.serving
      this.#moved(this)
    }
    return this.#ready
  }

  async #ended(child: ChildProcess): Promise<void> {
    const wasServing = this.endpoint !== null
    this.diedAlone = this.#ready && !this.#expected
    this.#ready = false
    this.#process = null
    this.endpoint = null
    if (this.diedAlone) {
      const how = this.#reason ?? child.signalCode ?? `code ${child.exitCode}`
      console.error(`${this.name} ended unexpectedly (${how}): ${this.#restart} restarts it`)
    }
    if (!this.#expected) await endEngine(this.#folder)
    if (wasServing) this.#moved(this)
  }

  #forward(stream: Readable | null, tell: (line: string) => void): void {
    if (stream) createInterface({ input: stream }).on('line', line => tell(this.#prefix + line))
  }
}
