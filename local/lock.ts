import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import * as z from 'zod'
import { CannotStart, type Service } from './service.ts'

const owner = z.object({ pid: z.number(), engine: z.number().nullable() })
type Owner = z.infer<typeof owner>

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // Another user's process may not be asked, but it is there.
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

/** Whether the process is one of ours: ids are used again, after a restart of the machine the more. Where nobody tells, it may be. */
async function isOurs(pid: number): Promise<boolean> {
  if (!isAlive(pid)) return false
  const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => null)
  return command === null || command.includes('node')
}

/** Whether the process is a table engine on this folder: ids of processes are used again. */
async function isEngineOf(folder: string, pid: number): Promise<boolean> {
  const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')
  return command.includes('dynoxide') && command.includes(folder)
}

async function ownerOf(file: string): Promise<Owner | null> {
  try {
    return owner.parse(JSON.parse(await readFile(file, 'utf8')))
  } catch {
    return null
  }
}

/** The data folder in the hands of this process alone. An engine that outlived a killed process is ended first. */
export class Lock implements Service {
  readonly name = 'lock'
  readonly #folder: string
  readonly #file: string

  constructor(folder: string) {
    this.#folder = folder
    this.#file = join(folder, 'lock.json')
  }

  async start(): Promise<void> {
    await mkdir(this.#folder, { recursive: true, mode: 0o700 }).catch((error: unknown) => {
      throw new CannotStart(
        `The data folder ${this.#folder} cannot be used: ${error instanceof Error ? error.message : error}`,
      )
    })
    const before = await ownerOf(this.#file)
    if (before && before.pid !== process.pid && (await isOurs(before.pid)))
      throw new CannotStart(
        `The data folder ${this.#folder} is in use by process ${before.pid}: stop that one, or set REGISTRY_DATA to another folder`,
      )
    if (before?.engine && (await isEngineOf(this.#folder, before.engine))) await end(before.engine)
    await this.engineIs(null)
  }

  /** Notes the engine's process, so that the next start knows whose it was. */
  async engineIs(engine: number | null): Promise<void> {
    const note: Owner = { pid: process.pid, engine }
    await writeFile(this.#file, JSON.stringify(note))
  }

  async stop(): Promise<void> {
    await rm(this.#file, { force: true })
  }
}

async function end(pid: number): Promise<void> {
  process.kill(pid, 'SIGTERM')
  for (let tries = 0; tries < 100 && isAlive(pid); tries++) await wait(50)
  if (isAlive(pid)) process.kill(pid, 'SIGKILL')
}
