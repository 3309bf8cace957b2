import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { information } from '#contract/schemas/service.ts'
import { type Api, type ApiResponse, apiAt } from './api.ts'
import { freePorts } from './free-ports.ts'
import { NOT_LOCAL_REASON, TARGET_URLS } from './target.ts'
import { until } from './until.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

const START_MS = 30_000
const STOP_MS = 20_000

export interface ExitResult {
  code: number | null
  stdout: string
  stderr: string
}

const COMMAND = [process.execPath, 'local/main.ts'] as const

/** A process of `node local/main.ts`, by default with one location, and its output. */
export class ServerProcess {
  stdout = ''
  stderr = ''
  readonly exit: Promise<ExitResult>
  readonly #child: ChildProcess

  /** @param command starts it in another way, for example in a mount namespace of its own. */
  constructor(environment: Record<string, string>, [program, ...args]: readonly [string, ...string[]] = COMMAND) {
    const inherited = Object.entries(process.env).filter(
      ([name]) => !/^(REGISTRY_|JEST_|NODE_|DYNAMODB_|TOKEN_|VIEWS_|CURSOR_|RECEIPT_)/.test(name),
    )
    const child = spawn(program, args, {
      cwd: ROOT,
      env: { ...Object.fromEntries(inherited), REGISTRY_LOCATIONS: '1', ...environment },
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

  get isRunning(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null
  }

  signal(name: NodeJS.Signals): void {
    this.#child.kill(name)
  }

  /** Waits for the line `ready`. @throws Error with the output when the process exits before. */
  async ready(timeoutMs = START_MS): Promise<void> {
    await until(() => /^ready$/m.test(this.stdout) || !this.isRunning, timeoutMs, 'the line ready')
    if (!this.isRunning) throw new Error(`the server exited before it was ready:\n${this.stdout}${this.stderr}`)
  }
}

/** Returns whether a process runs. One that has ended but was not yet collected by its parent (a zombie) does not. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
  } catch {
    return false
  }
  try {
    return !/\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
  } catch {
    // It ended meanwhile, or the platform has no /proc.
    return process.platform !== 'linux'
  }
}

export const freshFolder = (): Promise<string> => mkdtemp(join(tmpdir(), 'registry-e2e-'))

const lock = z.object({ pid: z.number(), engine: z.number().nullable() })
const keys = z.object({ signing: z.looseObject({ kid: z.string() }) })

export interface TestServer extends Api {
  readonly url: string
  /** The name of the location at this URL. */
  readonly location: string
  /** The processes and the data folder, or null for a deployment. */
  readonly local: LocalServer | null
  /** Stops the server and deletes its folder. */
  stop(): Promise<void>
  /** Kills all its processes, like a power cut. */
  kill9(): Promise<void>
  /** Stops the process if it runs, and starts it again with the same data and port. */
  restart(): Promise<void>
}

/** A server started by the tests, with its processes and its folder. */
export class LocalServer {
  readonly port: number
  readonly folder: string
  readonly #environment: Record<string, string>
  run: ServerProcess

  constructor(port: number, folder: string, environment: Record<string, string>) {
    this.port = port
    this.folder = folder
    this.#environment = { ...environment, REGISTRY_PORT: String(port), REGISTRY_DATA: folder }
    this.run = new ServerProcess(this.#environment)
  }

  start(): ServerProcess {
    this.run = new ServerProcess(this.#environment)
    return this.run
  }

  /** Returns the process ids of a location and its table engine. */
  async processes(location = 'loc1'): Promise<z.infer<typeof lock>> {
    return lock.parse(JSON.parse(await readFile(join(this.folder, location, 'lock.json'), 'utf8')))
  }

  /** Returns the process id of the first location's table engine. */
  async engine(): Promise<number | null> {
    return (await this.processes()).engine
  }

  /** Returns the ids of all running processes. */
  async allProcesses(): Promise<number[]> {
    const locations = (await readdir(this.folder)).filter(name => /^loc\d$/.test(name))
    const locks = await Promise.all(locations.map(name => this.processes(name).catch(() => null)))
    const running = [this.run.pid, ...locks.flatMap(lock => (lock ? [lock.pid, lock.engine ?? 0] : []))]
    return running.filter(pid => pid !== 0 && isAlive(pid))
  }

  /** Returns the private key that signs its tokens, as a JWK. */
  async signingKey() {
    return keys.parse(JSON.parse(await readFile(join(this.folder, 'keys.json'), 'utf8'))).signing
  }

  async kill9(): Promise<void> {
    for (const pid of await this.allProcesses()) if (isAlive(pid)) process.kill(pid, 'SIGKILL')
    await this.run.exit
  }

  /** Stops it like Ctrl-C, and kills it when it does not exit in time. */
  async end(): Promise<ExitResult> {
    const { run } = this
    if (run.isRunning) run.signal('SIGINT')
    const force = setTimeout(() => void this.kill9().catch(() => run.signal('SIGKILL')), STOP_MS)
    const ended = await run.exit
    clearTimeout(force)
    return ended
  }
}

/** Returns the name of the location at a URL. */
export const locationAt = async (url: string): Promise<string> =>
  (await apiAt(url).api('GET', '/')).as(information).location

/** Returns the absolute URL of a Location header. */
export const resolveLocation = ({ url }: Pick<TestServer, 'url'>, { headers }: ApiResponse): string =>
  new URL(headers.get('location') ?? '', url).href

/** A process caches fields and types this long (functions/runtime/services.ts), and a deployment has several processes. */
const DEFINITIONS_CACHE_MS = 1000

/** Wraps the API of a deployment so that a change of a field or type returns when every process knows it. */
function withDefinitionDelay({ api, token }: Api): Api {
  return {
    token,
    api: async (method, path, request) => {
      const response = await api(method, path, request)
      if (method !== 'GET' && response.status < 300 && /^\/v1\/(fields|types)\b/.test(path))
        await wait(DEFINITIONS_CACHE_MS)
      return response
    },
  }
}

const throwNotLocal = async (): Promise<never> => {
  throw new Error(NOT_LOCAL_REASON ?? '')
}

/**
 * Starts the product on a free port with an empty folder. When `E2E_URL` is set, returns a client of that deployment instead.
 *
 * @param environment additional variables, such as REGISTRY_LOOKUP_BUDGET.
 */
export async function startServer(environment: Record<string, string> = {}): Promise<TestServer> {
  const [target] = TARGET_URLS ?? []
  if (target !== undefined) {
    return {
      url: target,
      location: await locationAt(target),
      local: null,
      ...withDefinitionDelay(apiAt(target)),
      stop: async () => {},
      kill9: throwNotLocal,
      restart: throwNotLocal,
    }
  }
  const local = new LocalServer(await freePorts(), await freshFolder(), environment)
  const url = `http://127.0.0.1:${local.port}`
  const stop = async () => {
    await local.end()
    await rm(local.folder, { recursive: true, force: true })
  }
  await local.run.ready().catch(async (error: unknown) => {
    await stop()
    throw error
  })
  return {
    url,
    location: await locationAt(url),
    local,
    ...apiAt(url),
    stop,
    kill9: () => local.kill9(),
    restart: async () => {
      await local.end()
      await local.start().ready()
    },
  }
}

/** Returns the local server. @throws Error when the tests run against a deployment. */
export function getLocalServer({ local }: TestServer): LocalServer {
  if (local === null) throw new Error(NOT_LOCAL_REASON ?? '')
  return local
}
