/**
 * `npm run -s bench:start -- [--customers 50000 | --records FILE.csv] [--locations 1] [--data FOLDER]`: starts a list of generated customers,
 * or those of a file, and prints as JSON, for each location, when it answers /healthz, reads a customer and completes a search, in seconds from
 * the start, with the processor time and the most memory by then, and how long /healthz takes meanwhile. `--data` keeps the list for further measurements.
 */
import { readFileSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import * as z from 'zod'
import { apiAt } from '../e2e/api.ts'
import { startRegistry } from './made-up-registry.ts'
import { processorMs } from './processor-time.ts'
import { atQuantile, round } from './quantiles.ts'

const TIMEOUT_MS = 600_000
const POLL_MS = 10

const { values } = parseArgs({
  options: {
    customers: { type: 'string', default: '50000' },
    records: { type: 'string' },
    locations: { type: 'string', default: '1' },
    data: { type: 'string' },
  },
})
const count = z.coerce.number().int().min(1)
const [customers, locations] = [count.parse(values.customers), count.max(5).parse(values.locations)]
const { server, urls, end } = await startRegistry({ customers, locations, records: values.records, data: values.data })

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

async function measureLocation(url: string, name: string, started: number) {
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

async function measure() {
  const started = performance.now()
  server.start()
  return Promise.all(urls.map((url, n) => measureLocation(url, `loc${n + 1}`, started)))
}

try {
  await server.end()
  console.log(JSON.stringify(await measure()))
} finally {
  await end()
}
