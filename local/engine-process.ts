import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { StartupError } from './service.ts'

/** How long the engine may take to answer after it was started, in milliseconds. */
const START_MS = 15_000
/** How long the engine may take to end before it is killed, in milliseconds. */
const STOP_MS = 10_000
const PROBE_MS = 1000
/** How much of the end of its output is kept to explain a failure. */
const OUTPUT_LENGTH = 300

/** The engine's binary: from its package for this platform, otherwise from the path. */
function binary(): string {
  try {
    const about = import.meta.resolve(`@dynoxide/${process.platform}-${process.arch}/package.json`)
    const packaged = join(fileURLToPath(about), '..', 'dynoxide')
    if (existsSync(packaged)) return packaged
  } catch {
    // There is no package for this platform: use the path.
  }
  const onPath = (process.env.PATH ?? '')
    .split(delimiter)
    .map(folder => join(folder, 'dynoxide'))
    .find(existsSync)
  if (onPath) return onPath
  throw new StartupError(
    `There is no table engine for ${process.platform}-${process.arch}: put a dynoxide binary on the path, or name a DynamoDB in DYNAMODB_ENDPOINT (DynamoDB Local will do)`,
  )
}

/** One run of the table engine, in its own process group, so that Ctrl-C does not stop it before its writers. */
export class EngineProcess {
  readonly #child: ChildProcess
  readonly #url: string
  #output = ''
  /** Resolves to how it ended: a signal or an exit code, and what it wrote last. */
  readonly ended: Promise<string>

  constructor({ host, port }: { host: string; port: number }, file: string) {
    this.#url = `http://${host}:${port}`
    this.#child = spawn(binary(), ['serve', '--host', host, '--port', String(port), '--db-path', file], {
      stdio: ['ignore', 'ignore', 'pipe'],
      detached: true,
    })
    this.#child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#output = (this.#output + text).slice(-OUTPUT_LENGTH)
    })
    this.ended = new Promise(resolve => {
      this.#child.once('error', error => resolve(error.message))
      this.#child.once('close', (code, signal) => resolve(this.#describeEnd(code, signal)))
    })
  }

  /** The process id; null if it could not be started. */
  get pid(): number | null {
    return this.#child.pid ?? null
  }

  /** Resolves when it answers. Ends it if it does not. @throws StartupError */
  async answers(): Promise<void> {
    let how: string | null = null
    void this.ended.then(end => {
      how = end
    })
    for (const until = performance.now() + START_MS; performance.now() < until; await wait(10)) {
      if (how !== null) throw new StartupError(`The table engine ended at start (${how}): its file may be damaged`)
      const response = await fetch(this.#url, { signal: AbortSignal.timeout(PROBE_MS) }).catch(() => null)
      if (response === null) continue
      await response.body?.cancel()
      return
    }
    this.#child.kill('SIGKILL')
    throw new StartupError(`The table engine did not answer within ${START_MS / 1000} s`)
  }

  async end(): Promise<void> {
    const { exitCode, signalCode, pid } = this.#child
    if (pid === undefined || exitCode !== null || signalCode !== null) return
    const exit = once(this.#child, 'exit')
    this.#child.kill('SIGTERM')
    // A frozen process takes no other signal.
    const late = setTimeout(() => this.#child.kill('SIGKILL'), STOP_MS)
    await exit
    clearTimeout(late)
  }

  #describeEnd(code: number | null, signal: NodeJS.Signals | null): string {
    const last = this.#output
      .split('\n')
      .map(line => line.trim())
      .findLast(line => line !== '' && !line.startsWith('Dynoxide listening'))
    return [signal ?? `code ${code}`, ...(last ? [last] : [])].join(', ')
  }
}
