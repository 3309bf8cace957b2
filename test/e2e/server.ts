import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { information } from '#contract/schemas/service.ts'
import { freePort } from '#local/free-port.ts'
import { type Answer, type Api, apiAt } from './api.ts'
import { GIVEN_URLS, WHY_NOT_OURS } from './target.ts'
import { until } from './until.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

const START_MS = 30_000
const STOP_MS = 20_000

export interface Ended {
  code: number | null
  stdout: string
  stderr: string
}

/** One run of `node local/main.ts`, with one location unless told otherwise, and what it said. */
export class Run {
  stdout = ''
  stderr = ''
  readonly exit: Promise<Ended>
  readonly #child: ChildProcess

  constructor(environment: Record<string, string>) {
    const own = Object.entries(process.env).filter(
      ([name]) => !/^(REGISTRY_|JEST_|NODE_|DYNAMODB_|TOKEN_|VIEWS_|CURSOR_|RECEIPT_)/.test(name),
    )
    const child = spawn(process.execPath, ['local/main.ts'], {
      cwd: ROOT,
      env: { ...Object.fromEntries(own), REGISTRY_LOCATIONS: '1', ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      this.stdout += text
    })
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      this.stderr += text
    })
    this.#child = child
    this.exit = once(child, 'close').then(([code]: unknown[]) => ({
      code: typeof code === 'number' ? code : null,
      stdout: this.stdout,
      stderr: this.stderr,
    }))
  }

  get pid(): number {
    return this.#child.pid ?? 0
  }

  get running(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null
  }

  signal(name: NodeJS.Signals): void {
    this.#child.kill(name)
  }

  /** Until the line `ready`. @throws what it said, when it ends before. */
  async ready(): Promise<void> {
    await until(() => /^ready$/m.test(this.stdout) || !this.running, START_MS, 'the line ready')
    if (!this.running) throw new Error(`it ended instead of being ready:\n${this.stdout}${this.stderr}`)
  }
}

/** Whether a process is there. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

export const freshFolder = (): Promise<string> => mkdtemp(join(tmpdir(), 'registry-e2e-'))

const lock = z.object({ pid: z.number(), engine: z.number().nullable() })
const keys = z.object({ signing: z.looseObject({ kid: z.string() }) })

export interface TestServer extends Api {
  readonly url: string
  /** What the location is called that answers there. */
  readonly location: string
  /** The data folder and what runs on it. Null: the server is not ours. */
  readonly own: Own | null
  /** Ends what was started and empties its folder. */
  stop(): Promise<void>
  /** Ends all its processes as a power cut would. */
  kill9(): Promise<void>
  /** Stops the process, if it still runs, and starts it again on the same data and port. */
  restart(): Promise<void>
}

/** A server of our own: its processes and its folder. */
export class Own {
  readonly port: number
  readonly folder: string
  readonly #environment: Record<string, string>
  run: Run

  constructor(port: number, folder: string, environment: Record<string, string>) {
    this.port = port
    this.folder = folder
    this.#environment = { ...environment, REGISTRY_PORT: String(port), REGISTRY_DATA: folder }
    this.run = new Run(this.#environment)
  }

  start(): Run {
    this.run = new Run(this.#environment)
    return this.run
  }

  /** The process of a location and that of its table engine. */
  async processes(location = 'loc1'): Promise<z.infer<typeof lock>> {
    return lock.parse(JSON.parse(await readFile(join(this.folder, location, 'lock.json'), 'utf8')))
  }

  /** The process of the first location's table engine. */
  async engine(): Promise<number | null> {
    return (await this.processes()).engine
  }

  /** Every process that runs for it. */
  async allProcesses(): Promise<number[]> {
    const locations = (await readdir(this.folder)).filter(name => /^loc\d$/.test(name))
    const found = await Promise.all(locations.map(name => this.processes(name).catch(() => null)))
    const running = [this.run.pid, ...found.flatMap(one => (one ? [one.pid, one.engine ?? 0] : []))]
    return running.filter(pid => pid !== 0 && isAlive(pid))
  }

  /** The private key that its tokens are signed with, as a JWK. */
  async signingKey() {
    return keys.parse(JSON.parse(await readFile(join(this.folder, 'keys.json'), 'utf8'))).signing
  }

  async kill9(): Promise<void> {
    for (const pid of await this.allProcesses()) if (isAlive(pid)) process.kill(pid, 'SIGKILL')
    await this.run.exit
  }

  /** Ends it as Ctrl-C does, and with force when it does not end. */
  async end(): Promise<Ended> {
    const { run } = this
    if (run.running) run.signal('SIGINT')
    const force = setTimeout(() => void this.kill9().catch(() => run.signal('SIGKILL')), STOP_MS)
    const ended = await run.exit
    clearTimeout(force)
    return ended
  }
}

/** What the location is called that answers at a URL. */
export const locationAt = async (url: string): Promise<string> =>
  (await apiAt(url).api('GET', '/')).as(information).location

/** Where an answer's Location leads, for whoever asked at the server. */
export const leadsTo = ({ url }: Pick<TestServer, 'url'>, { headers }: Answer): string =>
  new URL(headers.get('location') ?? '', url).href

/** So long a process goes by the fields and types that it read (functions/runtime/services.ts), and in the cloud there are several. */
const KEPT_MS = 1000

/** An API of several processes: after a change of a field or a type, until all of them know it. */
function knownToAll({ api, token }: Api): Api {
  return {
    token,
    api: async (method, path, request) => {
      const answer = await api(method, path, request)
      if (method !== 'GET' && answer.status < 300 && /^\/v1\/(fields|types)\b/.test(path)) await wait(KEPT_MS)
      return answer
    },
  }
}

const nothingOfOurs = async (): Promise<never> => {
  throw new Error(WHY_NOT_OURS ?? '')
}

/**
 * Starts the product as a user does, on a free port and an empty folder; with `E2E_URL` in the environment the tests aim at that one.
 *
 * @param environment variables beside port and folder, such as REGISTRY_LOOKUP_BUDGET.
 */
export async function startServer(environment: Record<string, string> = {}): Promise<TestServer> {
  const [given] = GIVEN_URLS ?? []
  if (given !== undefined) {
    return {
      url: given,
      location: await locationAt(given),
      own: null,
      ...knownToAll(apiAt(given)),
      stop: async () => {},
      kill9: nothingOfOurs,
      restart: nothingOfOurs,
    }
  }
  const own = new Own(await freePort(), await freshFolder(), environment)
  const url = `http://127.0.0.1:${own.port}`
  const stop = async () => {
    await own.end()
    await rm(own.folder, { recursive: true, force: true })
  }
  await own.run.ready().catch(async (error: unknown) => {
    await stop()
    throw error
  })
  return {
    url,
    location: await locationAt(url),
    own,
    ...apiAt(url),
    stop,
    kill9: () => own.kill9(),
    restart: async () => {
      await own.end()
      await own.start().ready()
    },
  }
}

/** What is ours of a server. @throws Error when nothing is. */
export function toOwn({ own }: TestServer): Own {
  if (own === null) throw new Error(WHY_NOT_OURS ?? '')
  return own
}
