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
  /** What it says goes to the end of this file. */
  log: string
}

const running = new Set<ChildProcess>()

/** Starts a process in a group of its own, so that what it starts can be ended with it. */
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

/** Runs a process to its end. @throws Error with the end of what it said, where it fails. */
export async function runProcess(options: ProcessOptions): Promise<void> {
  const [code] = await once(startProcess(options), 'close')
  if (code === 0) return
  const lastLines = (await readFile(options.log, 'utf8')).trimEnd().split('\n').slice(-MAX_LOG_LINES)
  throw new Error([`${options.command} ${options.args.join(' ')} ended with ${code}:`, ...lastLines].join('\n'))
}

const KILL_TIMEOUT_MS = 10_000

/** Ends a process and all of its group: kindly, and after a while with force. */
export async function stopProcess(child: ChildProcess): Promise<void> {
  const group = -(child.pid ?? 0)
  if (group === 0) return
  const exited = child.exitCode === null && child.signalCode === null ? once(child, 'exit') : null
  const signal = (name: NodeJS.Signals) => {
    try {
      process.kill(group, name)
    } catch {
      // Nobody of the group is left.
    }
  }
  signal('SIGTERM')
  const force = setTimeout(() => signal('SIGKILL'), KILL_TIMEOUT_MS)
  await exited
  clearTimeout(force)
  // What it started and did not end.
  signal('SIGKILL')
}

/** Ends what still runs of all that was started. */
export async function stopAllProcesses(): Promise<void> {
  await Promise.all([...running].map(stopProcess))
}
