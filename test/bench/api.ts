/**
 * `npm run -s bench:api -- [--customers 10000] [--seconds 5] [--ops get,list] [--connections 16] [--versions 300] [--data FOLDER] [--client direct]
 * [--compare docs/performance.md [--factor 1.5]] [--profile]`: the speed of one location's API. Each connection sends its next request when the previous
 * one was answered.
 *
 * Prints for each operation the requests per second, the median and the 99th percentile of their time, how many were shed (503), the longest
 * time of a concurrent /healthz, and the processor time per request of the location, its table engine and the generator; and in the same run
 * the limits of this machine: a bare HTTP server that answers with the same bytes (`bare`), after one GetItem through the SDK (`sdk`), and
 * after one through a plain HTTP client (`http`). `share` is the part of the rate of `http` that an operation reaches. Each round of
 * `--rounds` measures all of them once more. The last line is JSON.
 * `cpu share` is the same of processor time: that of the location for a request of `http`, divided by that for a request of the operation. It
 * depends less on other load of the machine.
 *
 * `--compare` compares the median of these shares with the ones that a document states, and exits with 1 if one of them differs by more than
 * `--factor`. `--profile` prints where the location spends its time in each operation, without measuring it otherwise. `--data FOLDER` keeps the list for the next measurement.
 * `--client` sets the location's DYNAMODB_CLIENT.
 */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import * as z from 'zod'
import { currentPartition } from '#adapters/dynamodb/items.ts'
import { customerList } from '#contract/schemas/customer.ts'
import { apiAt } from '../e2e/api.ts'
import { runLocationsCommand } from '../e2e/locations.ts'
import { apiOperations } from './api-operations.ts'
import { closedLoop } from './closed-loop.ts'
import { startRegistry } from './made-up-registry.ts'
import { listEntries, startProfile, toLargest } from './process-profile.ts'
import { median, round } from './quantiles.ts'
import { findDifferences, readStatedShares } from './stated-shares.ts'

const LIMITS = ['bare', 'sdk', 'http'] as const
const PROFILE_ENTRIES = 10
const RAW_SERVER = fileURLToPath(new URL('raw-server.ts', import.meta.url))

const { values } = parseArgs({
  options: {
    customers: { type: 'string', default: '10000' },
    seconds: { type: 'string', default: '5' },
    rounds: { type: 'string', default: '1' },
    connections: { type: 'string', default: '16' },
    versions: { type: 'string', default: '300' },
    ops: { type: 'string' },
    data: { type: 'string' },
    compare: { type: 'string' },
    profile: { type: 'boolean', default: false },
    factor: { type: 'string', default: '1.5' },
    client: { type: 'string' },
  },
})
const count = z.coerce.number().int().min(1)
const { customers, seconds, rounds, connections, versions, factor } = z
  .object({
    customers: count,
    seconds: count,
    rounds: count,
    connections: count,
    versions: count,
    factor: z.coerce.number().gt(1),
  })
  .parse(values)

const { server, folder, url, end } = await startRegistry({
  customers,
  data: values.data,
  environment: {
    REGISTRY_LOOKUP_BUDGET: '100000000',
    ...(values.client === undefined ? {} : { DYNAMODB_CLIENT: values.client }),
  },
})

/** The address of the location's table engine. */
async function engineEndpoint(): Promise<string> {
  const { stdout } = await runLocationsCommand(folder, 'status', '--json')
  const status = z.object({ items: z.array(z.object({ tables: z.string() })) })
  return status.parse(JSON.parse(stdout)).items[0]?.tables ?? ''
}

/** Measures a bare server that answers as the API answers a read of a customer. */
async function measureLimit(mode: (typeof LIMITS)[number], endpoint: string, engine: number, body: string, id: string) {
  const key = JSON.stringify({ pk: currentPartition('customer', id), sk: id })
  const child = fork(RAW_SERVER, [mode, endpoint, key, body])
  try {
    const [message]: unknown[] = await once(child, 'message')
    const { port } = z.object({ port: z.number() }).parse(message)
    const processes = { location: child.pid ?? 0, engine }
    const loop = { url: `http://127.0.0.1:${port}`, connections, seconds, processes }
    return await closedLoop(loop, () => ({ method: 'GET', path: `/v1/customers/${id}` }))
  } finally {
    child.disconnect()
  }
}

type Measurement = Awaited<ReturnType<typeof closedLoop>>
interface Shares {
  share: number
  cpu_share: number
}

function printRow(
  name: string,
  { per_second, p50_ms, p99_ms, shed, health_ms, cpu_ms }: Measurement,
  { share, cpu_share }: Shares,
): void {
  const cells = [
    per_second,
    p50_ms,
    p99_ms,
    shed,
    health_ms,
    cpu_ms.location,
    cpu_ms.engine,
    cpu_ms.generator,
    share,
    cpu_share,
  ]
  console.log(name.padEnd(14) + cells.map(cell => String(cell).padStart(10)).join(''))
}

/** The operations to measure. */
const toNames = (operations: object): string[] =>
  z
    .array(z.enum(Object.keys(operations)))
    .parse(values.ops?.split(',') ?? Object.keys(operations).filter(name => name !== 'mixed'))

type Results = Record<string, (Measurement & Shares)[]>

async function measure() {
  const token = await apiAt(url).token('provider')
  const operations = await apiOperations(url, token, versions)
  const names = toNames(operations)
  const { pid, engine } = await server.processes()
  const processes = { location: pid, engine: engine ?? 0 }
  const endpoint = await engineEndpoint()
  const list = await apiAt(url).api('GET', '/v1/customers?limit=1', { token })
  const [customer] = list.as(customerList).items
  if (customer === undefined) throw new Error('The list is empty')

  const columns = [
    'per second',
    'p50 ms',
    'p99 ms',
    'shed',
    'health ms',
    'location',
    'engine',
    'generator',
    'share',
    'cpu share',
  ]
  console.log(' '.repeat(14) + columns.map(name => name.padStart(10)).join(''))
  const results: Results = {}
  const add = (name: string, measurement: Measurement, limit: Measurement | undefined) => {
    const share = round(measurement.per_second / (limit?.per_second ?? 0), 3)
    const cpu_share = round((limit?.cpu_ms.location ?? 0) / (measurement.cpu_ms.location ?? 0), 3)
    printRow(name, measurement, { share, cpu_share })
    results[name] = [...(results[name] ?? []), { ...measurement, share, cpu_share }]
  }
  for (let n = 0; n < rounds; n++) {
    const limits: [string, Measurement][] = []
    for (const mode of LIMITS)
      limits.push([mode, await measureLimit(mode, endpoint, processes.engine, JSON.stringify(customer), customer.id)])
    const limit = limits.at(-1)?.[1]
    for (const [mode, measurement] of limits) add(mode, measurement, limit)
    for (const name of names)
      add(name, await closedLoop({ url, token, connections, seconds, processes }, operations[name as 'get']), limit)
  }
  return { customers, connections, seconds, results }
}

/** Says which shares differ from those of a document. */
async function compare(results: Results, file: string): Promise<void> {
  const shares = Object.entries(results).map(([name, all]): [string, number] => [
    name,
    median(all.map(({ cpu_share }) => cpu_share)),
  ])
  const differences = findDifferences(readStatedShares(await readFile(file, 'utf8')), new Map(shares), factor)
  for (const { name, stated, measured, factor } of differences)
    console.log(
      stated === null
        ? `${name}: ${file} states no share; measured ${measured}`
        : `${name}: ${file} states ${stated}, measured ${measured}: a factor of ${factor?.toFixed(1)}`,
    )
  if (differences.length > 0) process.exitCode = 1
  else console.log(`All shares are within a factor of ${factor} of those in ${file}`)
}

/** Prints the ten biggest entries of the location's profile in each operation. */
async function printProfiles(): Promise<void> {
  const token = await apiAt(url).token('provider')
  const operations = await apiOperations(url, token, versions)
  const { pid } = await server.processes()
  for (const name of toNames(operations)) {
    const end = await startProfile(pid)
    await closedLoop({ url, token, connections, seconds, processes: {} }, operations[name as 'get'])
    const entries = toLargest(await end(), PROFILE_ENTRIES)
    console.log(`${name}: ${listEntries(entries)}`)
  }
}

try {
  if (values.profile) await printProfiles()
  const measured = values.profile ? null : await measure()
  if (measured !== null && values.compare !== undefined) await compare(measured.results, values.compare)
  if (measured !== null) console.log(JSON.stringify(measured))
} finally {
  await end()
}
