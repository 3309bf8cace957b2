/** A processor profile of a running Node process, through its inspector. */
import { setTimeout as wait } from 'node:timers/promises'
import * as z from 'zod'

const INSPECTOR = 'http://127.0.0.1:9229/json/list'
const OPEN_MS = 5000
const POLL_MS = 50

const targets = z.array(z.object({ webSocketDebuggerUrl: z.string() })).min(1)
const callFrame = z.object({ functionName: z.string(), url: z.string() })
export const profile = z.object({
  nodes: z.array(z.object({ id: z.number(), callFrame })),
  samples: z.array(z.number()),
  timeDeltas: z.array(z.number()),
})
export type Profile = z.infer<typeof profile>

export interface ProfileEntry {
  name: string
  /** The part of the time in which the process worked. */
  share: number
}

const IDLE = new Set(['(idle)', '(program)', '(root)'])

/** What a function belongs to: a package, a folder of the project with its subfolder, or a module of Node. */
export function toOwner({ functionName, url }: z.infer<typeof callFrame>): string {
  const packageName = /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url)?.[1]
  if (packageName !== undefined) return packageName
  const file = /\/((?:contract|domain|adapters|functions|local)\/[^/]+)/.exec(url)?.[1]
  return file ?? (url.startsWith('node:') ? url.replace(/^node:internal\/([^/]+).*/, 'node:$1') : functionName)
}

/** The owners with the most time of their own, the biggest first. */
export function toLargest({ nodes, samples, timeDeltas }: Profile, count: number, ownerOf = toOwner): ProfileEntry[] {
  const owners = new Map(nodes.map(({ id, callFrame }) => [id, ownerOf(callFrame)]))
  const times = new Map<string, number>()
  for (const [n, id] of samples.entries()) {
    const owner = owners.get(id) ?? ''
    if (!IDLE.has(owner)) times.set(owner, (times.get(owner) ?? 0) + (timeDeltas[n] ?? 0))
  }
  const total = [...times.values()].reduce((sum, time) => sum + time, 0)
  return [...times]
    .map(([name, time]) => ({ name, share: time / total }))
    .sort((a, b) => b.share - a.share)
    .slice(0, count)
}

/** The entries in one line, with their shares in percent. */
export const listEntries = (entries: readonly ProfileEntry[]): string =>
  entries.map(({ name, share }) => `${name} ${Math.round(share * 100)} %`).join(', ')

async function openInspector(pid: number): Promise<string> {
  process.kill(pid, 'SIGUSR1')
  for (const until = performance.now() + OPEN_MS; performance.now() < until; await wait(POLL_MS)) {
    const response = await fetch(INSPECTOR).catch(() => null)
    const parsed = targets.safeParse(await response?.json())
    if (parsed.success) return parsed.data[0]?.webSocketDebuggerUrl ?? ''
  }
  throw new Error(`The inspector of process ${pid} does not answer: is port 9229 in use?`)
}

/** Starts a profile of the process. Returns a function that ends it. */
export async function startProfile(pid: number): Promise<() => Promise<Profile>> {
  const socket = new WebSocket(await openInspector(pid))
  await new Promise((resolve, reject) => {
    socket.onopen = resolve
    socket.onerror = reject
  })
  let lastId = 0
  const send = (method: string): Promise<unknown> =>
    new Promise(resolve => {
      const id = ++lastId
      const receive = ({ data }: MessageEvent) => {
        const message = z.object({ id: z.number().optional(), result: z.unknown() }).parse(JSON.parse(String(data)))
        if (message.id !== id) return
        socket.removeEventListener('message', receive)
        resolve(message.result)
      }
      socket.addEventListener('message', receive)
      socket.send(JSON.stringify({ id, method }))
    })
  await send('Profiler.enable')
  await send('Profiler.start')
  return async () => {
    const result = z.object({ profile }).parse(await send('Profiler.stop'))
    socket.close()
    return result.profile
  }
}
