import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { openSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'

export const ROOT = fileURLToPath(new URL('../..', import.meta.url))

export interface Started {
  command: string
  args: readonly string[]
  environment?: Record<string, string | undefined>
  /** What it says goes to the end of this file. */
  log: string
}

const running = new Set<ChildProcess>()

/** Starts a process in a group of its own, so that what it starts can be ended with it. */
export function begin({ command, args, environment = {}, log }: Started): ChildProcess {
  const said = openSync(log, 'a')
  const child = spawn(command, args, {
    cwd: ROOT,
    env: { ...process.env, ...environment },
    stdio: ['ignore', said, said],
    detached: true,
  })
  running.add(child)
  child.once('close', () => running.delete(child))
  return child
}

const LAST_LINES = 25

/** Runs a process to its end. @throws Error with the end of what it said, where it fails. */
export async function run(started: Started): Promise<void> {
  const [code] = await once(begin(started), 'close')
  if (code === 0) return
  const said = (await readFile(started.log, 'utf8')).trimEnd().split('\n').slice(-LAST_LINES)
  throw new Error([`${started.command} ${started.args.join(' ')} ended with ${code}:`, ...said].join('\n'))
}

const PATIENCE_MS = 10_000

/** Ends a process and all of its group: kindly, and after a while with force. */
export async function end(child: ChildProcess): Promise<void> {
  const group = -(child.pid ?? 0)
  if (group === 0) return
  const gone = child.exitCode === null && child.signalCode === null ? once(child, 'exit') : null
  const signal = (name: NodeJS.Signals) => {
    try {
      process.kill(group, name)
    } catch {
      // Nobody of the group is left.
    }
  }
  signal('SIGTERM')
  const force = setTimeout(() => signal('SIGKILL'), PATIENCE_MS)
  await gone
  clearTimeout(force)
  // What it started and did not end.
  signal('SIGKILL')
}

/** Ends what still runs of all that was started. */
export async function endAll(): Promise<void> {
  await Promise.all([...running].map(end))
}
