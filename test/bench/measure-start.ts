/** How soon the processes of `npm start` serve, and what they need until then. */
import { readFileSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import { apiAt } from '../e2e/api.ts'
import type { LocalServer } from '../e2e/server.ts'
import { processorMs } from './processor-time.ts'
import { atQuantile, round } from './quantiles.ts'

const TIMEOUT_MS = 600_000
const POLL_MS = 10

/** The seconds from a start until a request succeeds. */
async function secondsUntil(started: number, succeeds: () => Promise<boolean>): Promise<number> {
  while (!(await succeeds().catch(() => false))) {
    if (performance.now() - started > TIMEOUT_MS) throw new Error('the server does not answer')
    await wait(POLL_MS)
  }
  return Math.round((performance.now() - started) / 10) / 100
}

/** The most memory that a process ever had, in MB. */
const mostMemory = (pid: number): number =>
  Math.round(Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024)

async function measureLocation(server: LocalServer, url: string, name: string, started: number) {
  const { api } = apiAt(url)
  const healthz_s = await secondsUntil(started, async () => (await api('GET', '/healthz')).status === 200)
  let token = ''
  const read_s = await secondsUntil(started, async () => {
    // A new client: one remembers that logging in failed.
    token ||= await apiAt(url).token('agent')
    return (await api('GET', '/v1/customers?limit=1', { token })).status === 200
  })
  const search = { token, body: { q: 'maria' } }
  const times: number[] = []
  const complete_s = await secondsUntil(started, async () => {
    const sent = performance.now()
    await api('GET', '/healthz')
    times.push(performance.now() - sent)
    return (await api('POST', '/v1/search', search)).status === 200
  })
  times.sort((a, b) => a - b)
  const healthz_ms = { p50: round(atQuantile(times, 0.5), 1), max: round(atQuantile(times, 1), 1) }
  const { pid, engine } = await server.processes(name)
  const use = (pid: number) => ({ processor_s: processorMs(pid) / 1000, most_mb: mostMemory(pid) })
  return { healthz_s, read_s, complete_s, healthz_ms, location: use(pid), tables: use(engine ?? 0) }
}

/** Starts a server that has stopped, and measures each location. */
export async function measureStart(server: LocalServer, urls: readonly string[]) {
  const started = performance.now()
  server.start()
  return Promise.all(urls.map((url, n) => measureLocation(server, url, `loc${n + 1}`, started)))
}
