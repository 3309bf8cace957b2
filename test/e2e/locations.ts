import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { rm } from 'node:fs/promises'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { type Api, apiAt } from './api.ts'
import { freePorts } from './free-ports.ts'
import { type ExitResult, freshFolder, LocalServer, locationAt } from './server.ts'
import { NOT_LOCAL_REASON, TARGET_URLS } from './target.ts'
import { until } from './until.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

/** Runs `npm run -s locations -- …` on a data folder. */
export async function runLocationsCommand(folder: string, ...args: string[]): Promise<ExitResult> {
  const child = spawn(process.execPath, ['local/locations.ts', ...args], {
    cwd: ROOT,
    env: { PATH: process.env.PATH, REGISTRY_DATA: folder },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const [stdout, stderr, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')])
  return { code: typeof code === 'number' ? code : null, stdout, stderr }
}

interface LocationClient extends Api {
  name: string
  url: string
}

/** Several locations: started like `npm start`, or those of a deployment. */
export class Locations {
  readonly #local: LocalServer | null
  readonly all: readonly LocationClient[]

  private constructor(local: LocalServer | null, all: readonly LocationClient[]) {
    this.#local = local
    this.all = all
  }

  /** The processes and the folder. @throws Error against a deployment. */
  get local(): LocalServer {
    if (this.#local === null) throw new Error(NOT_LOCAL_REASON ?? '')
    return this.#local
  }

  static async start(environment: Record<string, string> = {}, count = 3): Promise<Locations> {
    if (TARGET_URLS !== null) {
      const clients = TARGET_URLS.map(async url => ({ name: await locationAt(url), url, ...apiAt(url) }))
      return new Locations(null, await Promise.all(clients))
    }
    const local = new LocalServer(await freePorts(count), await freshFolder(), {
      REGISTRY_LOCATIONS: String(count),
      ...environment,
    })
    const all = Array.from({ length: count }, (_, n) => {
      const url = `http://127.0.0.1:${local.port + n}`
      return { name: `loc${n + 1}`, url, ...apiAt(url) }
    })
    const locations = new Locations(local, all)
    await local.run.ready().catch(async (error: unknown) => {
      await locations.stop()
      throw error
    })
    return locations
  }

  /** Returns the location by its number, from 1. */
  at(number: number): LocationClient {
    const location = this.all[number - 1]
    if (!location) throw new Error(`there is no location ${number}`)
    return location
  }

  /** Runs a command of the supervisor. @throws Error with its output when it fails. */
  async runCommand(...args: string[]): Promise<string> {
    const { code, stdout, stderr } = await runLocationsCommand(this.local.folder, ...args)
    if (code !== 0) throw new Error(`${args.join(' ')}: ${stderr}`)
    return stdout
  }

  /** Stops all locations like Ctrl-C and starts them again. */
  async restart(): Promise<void> {
    await this.local.end()
    await this.local.start().ready()
  }

  async stop(): Promise<void> {
    if (this.#local === null) return
    await this.local.end()
    await rm(this.local.folder, { recursive: true, force: true })
  }
}

/** Waits until a read returns the same value at all locations and it meets a condition. Returns the value. */
export async function waitForAgreement<T>(
  locations: Locations,
  read: (location: LocationClient) => Promise<T>,
  isRight: (value: T) => boolean,
  timeoutMs: number,
  description: string,
): Promise<T> {
  let values: T[] = []
  await until(
    async () => {
      values = await Promise.all(locations.all.map(read))
      return values.every(answer => JSON.stringify(answer) === JSON.stringify(values[0]) && isRight(answer))
    },
    timeoutMs,
    description,
  ).catch((error: unknown) => {
    throw new Error(`${error}: ${JSON.stringify(values)}`)
  })
  const [first] = values
  if (first === undefined) throw new Error('there is no location')
  return first
}
