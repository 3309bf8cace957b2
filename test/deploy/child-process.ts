import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { openSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'

export const ROOT = fileURLToPath(new URL('../..', import.meta.url))

export interface ProcessOptions {
  command: string
  args: readonly string[]
  environment?: Record<string, string | undefined>
  /** Output is appended to this file. */
  log: string
}

const running = new Set<ChildProcess>()

/** Starts a process in its own process group, so that it can be stopped together with its children. */
export function startProcess({ command, args, environment = {}, log }: ProcessOptions): ChildProcess {
  const output = openSync(log, 'a')
  const child = spawn(command, args, {
    cwd: ROOT,
    env: { ...process.env, ...environment },
    stdio: ['ignore', output, output],
    detached: true,
  })
  running.add(child)
  child.once('close', () => running.delete(child))
  return child
}

const MAX_LOG_LINES = 25

/** Runs a process to its end. @throws Error with the last lines of its output when it fails. */
export async function runProcess(options: ProcessOptions): Promise<void> {
  const [code] = await once(startProcess(options), 'close')
  if (code === 0) return
  const lastLines = (await readFile(options.log, 'utf8')).trimEnd().split('\n').slice(-MAX_LOG_LINES)
  throw new Error([`${options.command} ${options.args.join(' ')} ended with ${code}:`, ...lastLines].join('\n'))
}

const KILL_TIMEOUT_MS = 10_000

/** Stops a process group, and kills it when it does not exit in time. */
export async function stopProcess(child: ChildProcess): Promise<void> {
  const group = -(child.pid ?? 0)
  if (group === 0) return
  const exited = child.exitCode === null && child.signalCode === null ? once(child, 'exit') : null
  const signal = (name: NodeJS.Signals) => {
    try {
      process.kill(group, name)
    } catch {
      // The group has exited already.
    }
  }
  signal('SIGTERM')
  const force = setTimeout(() => signal('SIGKILL'), KILL_TIMEOUT_MS)
  await exited
  clearTimeout(force)
  // Kills children that outlived the process.
  signal('SIGKILL')
}

/** Stops every process that is still running. */
export async function stopAllProcesses(): Promise<void> {
  await Promise.all([...running].map(stopProcess))
}
