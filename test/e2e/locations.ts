import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { type Api, apiAt } from './api.ts'
import { type Ended, freshFolder, locationAt, Own } from './server.ts'
import { GIVEN_URLS, WHY_NOT_OURS } from './target.ts'
import { until } from './until.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

const isFree = async (port: number): Promise<boolean> => {
  const probe = createServer().listen(port, '127.0.0.1')
  const free = await Promise.race([once(probe, 'listening').then(() => true), once(probe, 'error').then(() => false)])
  if (free) {
    probe.close()
    await once(probe, 'close')
  }
  return free
}

/** The first of so many free ports that follow one another; none that the system gives away by itself. */
export async function freePorts(count: number): Promise<number> {
  for (;;) {
    const first = 20_000 + Math.floor(Math.random() * 10_000)
    const free = await Promise.all(Array.from({ length: count }, (_, n) => isFree(first + n)))
    if (free.every(one => one)) return first
  }
}

/** Runs `npm run -s locations -- …` on a data folder. */
export async function say(folder: string, ...words: string[]): Promise<Ended> {
  const child = spawn(process.execPath, ['local/locations.ts', ...words], {
    cwd: ROOT,
    env: { PATH: process.env.PATH, REGISTRY_DATA: folder },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const [stdout, stderr, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')])
  return { code: typeof code === 'number' ? code : null, stdout, stderr }
}

interface Place extends Api {
  name: string
  url: string
}

/** Several locations: of our own, as `npm start` runs them, or those that are given. */
export class Locations {
  readonly #own: Own | null
  readonly all: readonly Place[]

  private constructor(own: Own | null, all: readonly Place[]) {
    this.#own = own
    this.all = all
  }

  /** Their processes and their folder. @throws Error when they are not ours. */
  get own(): Own {
    if (this.#own === null) throw new Error(WHY_NOT_OURS ?? '')
    return this.#own
  }

  static async start(environment: Record<string, string> = {}, count = 3): Promise<Locations> {
    if (GIVEN_URLS !== null) {
      const given = GIVEN_URLS.map(async url => ({ name: await locationAt(url), url, ...apiAt(url) }))
      return new Locations(null, await Promise.all(given))
    }
    const own = new Own(await freePorts(count), await freshFolder(), {
      REGISTRY_LOCATIONS: String(count),
      ...environment,
    })
    const all = Array.from({ length: count }, (_, n) => {
      const url = `http://127.0.0.1:${own.port + n}`
      return { name: `loc${n + 1}`, url, ...apiAt(url) }
    })
    const locations = new Locations(own, all)
    await own.run.ready().catch(async (error: unknown) => {
      await locations.stop()
      throw error
    })
    return locations
  }

  /** The location by its number, from 1. */
  at(number: number): Place {
    const place = this.all[number - 1]
    if (!place) throw new Error(`there is no location ${number}`)
    return place
  }

  /** Says something to the locations. @throws what was answered, where it was not done. */
  async say(...words: string[]): Promise<string> {
    const { code, stdout, stderr } = await say(this.own.folder, ...words)
    if (code !== 0) throw new Error(`${words.join(' ')}: ${stderr}`)
    return stdout
  }

  /** Ends all as Ctrl-C does and starts them again. */
  async restart(): Promise<void> {
    await this.own.end()
    await this.own.start().ready()
  }

  async stop(): Promise<void> {
    if (this.#own === null) return
    await this.own.end()
    await rm(this.own.folder, { recursive: true, force: true })
  }
}

/** Until a question has the same answer at all locations, and one that is right; returns it. */
export async function agreed<T>(
  locations: Locations,
  question: (place: Place) => Promise<T>,
  isRight: (answer: T) => boolean,
  bound: number,
  what: string,
): Promise<T> {
  let answers: T[] = []
  await until(
    async () => {
      answers = await Promise.all(locations.all.map(question))
      return answers.every(answer => JSON.stringify(answer) === JSON.stringify(answers[0]) && isRight(answer))
    },
    bound,
    what,
  ).catch((error: unknown) => {
    throw new Error(`${error}: ${JSON.stringify(answers)}`)
  })
  const [first] = answers
  if (first === undefined) throw new Error('there is no location')
  return first
}
