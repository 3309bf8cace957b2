import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import * as z from 'zod'
import { type Service, StartupError } from './service.ts'

const owner = z.object({ pid: z.number(), engine: z.number().nullable(), parent: z.number().nullish() })
type Owner = z.infer<typeof owner>

/** How long a process may take to end after its parent, in milliseconds. */
const ENDING_MS = 15_000

const fileIn = (folder: string) => join(folder, 'lock.json')

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // The process exists but belongs to another user.
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

/** Whether the process is a location: process ids are reused, in particular after a reboot. True if unknown. */
async function isOurs(pid: number): Promise<boolean> {
  if (!isAlive(pid)) return false
  const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => null)
  return command === null || command.includes('node')
}

/** Whether the process is a table engine on this folder: process ids are reused. False once it has ended. */
async function isEngineOf(folder: string, pid: number): Promise<boolean> {
  const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')
  return command.includes('dynoxide') && command.includes(folder)
}

async function toOwner(file: string): Promise<Owner | null> {
  try {
    return owner.parse(JSON.parse(await readFile(file, 'utf8')))
  } catch {
    return null
  }
}

/** Reserves a folder for this process. Processes left over from a killed one are awaited or ended first. */
export class Lock implements Service {
  readonly name = 'lock'
  readonly #folder: string
  readonly #file: string
  readonly #parent: number | null

  /** @param parent the process without which this one ends. */
  constructor(folder: string, parent: number | null = null) {
    this.#folder = folder
    this.#file = fileIn(folder)
    this.#parent = parent
  }

  async start(): Promise<void> {
    await mkdir(this.#folder, { recursive: true, mode: 0o700 }).catch((error: unknown) => {
      throw new StartupError(
        `The data folder ${this.#folder} cannot be used: ${error instanceof Error ? error.message : error}`,
      )
    })
    const before = await toOwner(this.#file)
    if (before && before.pid !== process.pid && !(await this.#isLeaving(before)))
      throw new StartupError(
        `The data folder ${this.#folder} is in use by process ${before.pid}: stop that one, or set REGISTRY_DATA to another folder`,
      )
    await endEngine(this.#folder)
    await this.engineIs(null)
  }

  /** Records the engine's process id for the next start. */
  async engineIs(engine: number | null): Promise<void> {
    const note: Owner = { pid: process.pid, engine, parent: this.#parent }
    // Replaced atomically: on a full disk the old file stays.
    await writeFile(`${this.#file}.new`, JSON.stringify(note))
    await rename(`${this.#file}.new`, this.#file)
  }

  async stop(): Promise<void> {
    await rm(this.#file, { force: true })
  }

  /** Whether an owner has ended, or is about to because its parent has. */
  async #isLeaving({ pid, parent }: Owner): Promise<boolean> {
    const until = performance.now() + (parent && !(await isOurs(parent)) ? ENDING_MS : 0)
    while (await isOurs(pid)) {
      if (performance.now() >= until) return false
      await wait(50)
    }
    return true
  }
}

/** Ends a table engine on a folder that outlived its process. */
export async function endEngine(folder: string, signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<void> {
  const { engine = null } = (await toOwner(fileIn(folder))) ?? {}
  if (engine === null || !(await isEngineOf(folder, engine))) return
  process.kill(engine, signal)
  for (let tries = 0; tries < 100 && (await isEngineOf(folder, engine)); tries++) await wait(50)
  if (await isEngineOf(folder, engine)) process.kill(engine, 'SIGKILL')
}
