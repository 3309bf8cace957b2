/**
 * `npm run -s bench:grow -- [--sizes 1000,10000,100000] [--seconds 3] [--connections 4] [--data FOLDER]`: how the time of operations depends on
 * the size of the list. Sizes up to 1,000,000 made-up customers, in increasing order; the list grows from one to the next.
 *
 * For each size it prints
 * - for each operation the processor time per request of the location and its table engine, and the median and 99th percentile of its time;
 * - the same for a purge of 20 customers who are due, per customer;
 * - the seconds from a restart until /healthz, a read and a search are answered, and the most memory of the location until then;
 * - the bytes per customer of the index in memory, measured alone in a process.
 *
 * At the end, it says which operations grow more from the first to the last size than they may (`growth.ts`), and exits with 1 if there are any.
 * The last line is JSON.
 */
import { execFile } from 'node:child_process'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { parseArgs, promisify } from 'node:util'
import * as z from 'zod'
import { runAnswer } from '#contract/schemas/retention.ts'
import { apiAt } from '../e2e/api.ts'
import { until } from '../e2e/until.ts'
import { apiOperations } from './api-operations.ts'
import { closedLoop } from './closed-loop.ts'
import { toGrowth } from './growth.ts'
import { startRegistry } from './made-up-registry.ts'
import { measureStart } from './measure-start.ts'
import { processorMs } from './processor-time.ts'
import { round } from './quantiles.ts'
import { addCustomers } from './run-program.ts'

const OPERATIONS = ['lookup', 'get', 'list', 'fuzzy', 'prefix', 'audit'] as const
/** Of lookups, which take a fixed time. With fewer, what else the location does in that time would count for more than they do. */
const LOOKUP_CONNECTIONS = 16
const DUE = 20
const MAX_CUSTOMERS = 1_000_000
const MAX_BYTES_PER_CUSTOMER = 1200
/** How long the readers of the streams may take after a list has grown, and when they are at rest. */
const CATCH_UP_MS = 3_600_000
const REST_MS = 2000
const MAX_SHARE_AT_REST = 0.2
/** When an entry of the audit is old enough to be indexed, in seconds, and within how many milliseconds a schedule has done so. */
const SEAL_AFTER_SECONDS = 5
const INDEXED_MS = 20_000
const PURGE_MS = 120_000
const INDEX_MEMORY = fileURLToPath(new URL('index-memory.ts', import.meta.url))

const { values } = parseArgs({
  options: {
    sizes: { type: 'string', default: '1000,10000,100000' },
    seconds: { type: 'string', default: '3' },
    connections: { type: 'string', default: '4' },
    data: { type: 'string' },
  },
})
const count = z.coerce.number().int().min(1)
const { sizes, seconds, connections } = z
  .object({
    sizes: z
      .string()
      .transform(text => text.split(',').map(Number))
      .pipe(z.array(z.number().int().min(1).max(MAX_CUSTOMERS)).min(1))
      .refine(list => list.every((size, n) => n === 0 || size > (list[n - 1] ?? 0)), 'must increase'),
    seconds: count,
    connections: count,
  })
  .parse(values)

const { server, url, urls, end } = await startRegistry({
  customers: sizes[0] ?? 0,
  data: values.data,
  environment: {
    REGISTRY_LOOKUP_BUDGET: '100000000',
    REGISTRY_DAY_SECONDS: '1',
    REGISTRY_PURGE_WAIT: '0',
    REGISTRY_SEAL_AFTER: String(SEAL_AFTER_SECONDS),
  },
})

async function getProcesses() {
  const { pid, engine } = await server.processes()
  return { location: pid, engine: engine ?? 0 }
}

async function measureOperations(token: string) {
  const operations = await apiOperations(url, token, 1)
  const processes = await getProcesses()
  const results = []
  for (const name of OPERATIONS) {
    // The readers follow the entries of what was measured before. If there are many, the audit reads them one by one until they are indexed.
    if (name === 'audit') await wait(INDEXED_MS)
    await waitForRest()
    const load = { connections: name === 'lookup' ? LOOKUP_CONNECTIONS : connections, seconds }
    const loop = await closedLoop({ url, token, processes, ...load }, operations[name])
    const { p50_ms, p99_ms, cpu_ms } = loop
    results.push({ name, p50_ms, p99_ms, cpu_ms: round((cpu_ms.location ?? 0) + (cpu_ms.engine ?? 0), 2) })
  }
  return results
}

/** Waits until the location is at rest, as its readers follow the rows that were added. */
async function waitForRest(): Promise<void> {
  const { location } = await getProcesses()
  const isAtRest = async () => {
    const before = processorMs(location)
    await wait(REST_MS)
    return processorMs(location) - before < REST_MS * MAX_SHARE_AT_REST
  }
  await until(isAtRest, CATCH_UP_MS, 'the location to be at rest')
}

/** Purges institutions that are due, of which the list has no others. */
async function measurePurge(token: string) {
  const { api } = apiAt(url)
  for (let n = 0; n < DUE; n++)
    await api('POST', '/v1/customers', { token, body: { type: 'INSTITUTION', surname: `Institution ${n}` } })
  await api('PUT', '/v1/retention', { token, body: { days: null, types: { INSTITUTION: 1 } } })
  const pids = Object.values(await getProcesses())
  const processorTime = () => pids.reduce((sum, pid) => sum + processorMs(pid), 0)
  const [started, cpu] = [performance.now(), processorTime()]
  for (let removed = 0; removed < DUE; ) {
    const response = await api('POST', '/v1/retention/runs', { token, body: {} })
    removed += response.as(runAnswer).removed
    if (performance.now() - started > PURGE_MS) throw new Error(`The purge removed ${removed} of ${DUE}`)
  }
  return {
    name: 'purge',
    p50_ms: round((performance.now() - started) / DUE, 1),
    p99_ms: null,
    cpu_ms: round((processorTime() - cpu) / DUE, 2),
  }
}

const indexMemory = z.object({ bytes_per_customer: z.number(), put_cpu_ms: z.number() })

async function measureIndex(customers: number) {
  const { stdout } = await promisify(execFile)(process.execPath, ['--expose-gc', INDEX_MEMORY, String(customers)])
  return indexMemory.parse(JSON.parse(stdout))
}

async function measureSize(customers: number) {
  const token = await apiAt(url).token('provider')
  const operations = [...(await measureOperations(token)), await measurePurge(token)]
  await server.end()
  const [restart] = await measureStart(server, urls)
  const index = await measureIndex(customers)
  console.log(`${customers} customers${''.padEnd(4)}cpu ms  p50 ms  p99 ms`)
  for (const { name, cpu_ms, p50_ms, p99_ms } of operations)
    console.log(`  ${name.padEnd(16)}${[cpu_ms, p50_ms, p99_ms ?? ''].map(cell => String(cell).padStart(8)).join('')}`)
  console.log(
    `  restart: ${restart?.healthz_s} s to /healthz, ${restart?.read_s} s to a read, ${restart?.complete_s} s to a search, ${restart?.location.most_mb} MB; index: ${index.bytes_per_customer} bytes per customer`,
  )
  return { customers, operations, restart, index }
}

async function measureAll() {
  const results: Awaited<ReturnType<typeof measureSize>>[] = []
  for (const [n, size] of sizes.entries()) {
    const previous = sizes[n - 1]
    if (previous !== undefined) {
      await addCustomers(url, size - previous, previous)
    }
    results.push(await measureSize(size))
  }
  return results
}

function report(results: Awaited<ReturnType<typeof measureAll>>) {
  const figures = results.map(({ customers, operations }) => ({
    customers,
    ms: Object.fromEntries(operations.map(({ name, cpu_ms }) => [name, cpu_ms])),
  }))
  const growth = toGrowth(figures)
  const excesses = growth.filter(({ factor, limit }) => factor > limit)
  for (const { name, from, to, factor, limit } of excesses)
    console.log(`${name} takes ${factor} times the processor time at ${to} customers as at ${from}: at most ${limit}`)
  const bytes = results.at(-1)?.index.bytes_per_customer ?? 0
  const isLarge = bytes > MAX_BYTES_PER_CUSTOMER
  if (isLarge) console.log(`The index needs ${bytes} bytes per customer: at most ${MAX_BYTES_PER_CUSTOMER}`)
  if (isLarge || excesses.length > 0) process.exitCode = 1
  console.log(JSON.stringify({ seconds, connections, results, growth }))
}

try {
  report(await measureAll())
} finally {
  await end()
}
