/**
 * `npm run -s bench:data-folder -- [--customers 3500] [--locations 3] [--days 3] [--requests 5000]`: how the data folder of one machine grows.
 * Starts the locations with generated customers, then sends for each day a number of requests to the first location (60 % reads, 20 % lists,
 * 10 % searches, 5 % changes, 5 % new customers) and stops.
 *
 * Prints for each day the MB of the folder before and after the stop, and the bytes that a request left at each location. The last line is JSON.
 */
import { readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import pMap from 'p-map'
import * as z from 'zod'
import { apiAt } from '../e2e/api.ts'
import { freePorts } from '../e2e/locations.ts'
import { freshFolder, LocalServer } from '../e2e/server.ts'
import { apiOperations } from './api-operations.ts'
import { round } from './candidate-indexes.ts'
import { keepAliveClient } from './closed-loop.ts'
import { waitUntilReplicated } from './replicated.ts'
import { addCustomers } from './run-program.ts'

const START_MS = 60_000
const CONNECTIONS = 8
const MB = 1e6

const { values } = parseArgs({
  options: {
    customers: { type: 'string', default: '3500' },
    locations: { type: 'string', default: '3' },
    days: { type: 'string', default: '3' },
    requests: { type: 'string', default: '5000' },
  },
})
const count = z.coerce.number().int().min(1)
const options = z.object({ customers: count, locations: count.max(5), days: count, requests: count }).parse(values)

const folder = await freshFolder()
const server = new LocalServer(await freePorts(options.locations), folder, {
  REGISTRY_SAMPLE: '0',
  REGISTRY_LOCATIONS: String(options.locations),
})
const urls = Array.from({ length: options.locations }, (_, n) => `http://127.0.0.1:${server.port + n}`)
const [url = ''] = urls

/** The bytes of all files of the data folder. */
async function folderSize(): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter(entry => entry.isFile())
  const sizes = await Promise.all(files.map(async ({ parentPath, name }) => (await stat(join(parentPath, name))).size))
  return sizes.reduce((sum, size) => sum + size, 0)
}

async function useForADay(): Promise<void> {
  const token = await apiAt(url).token('agent')
  const { mixed } = await apiOperations(url, token, 1)
  const { send, close } = keepAliveClient(url, token, CONNECTIONS)
  const sendOne = async () => {
    const { status, text } = await send(mixed())
    if (status >= 300) throw new Error(`Status ${status}: ${text.slice(0, 500)}`)
  }
  await pMap(Array.from({ length: options.requests }), sendOne, { concurrency: CONNECTIONS })
  close()
}

/** Uses the running locations and stops them. Returns the size of the folder before and after the stop. */
async function sizesAfter(use: () => Promise<void>): Promise<{ running: number; stopped: number }> {
  await server.run.ready(START_MS)
  await use()
  await waitUntilReplicated(urls)
  const running = await folderSize()
  await server.end()
  return { running, stopped: await folderSize() }
}

const inMb = (bytes: number) => round(bytes / MB, 1)

try {
  const filled = await sizesAfter(() => addCustomers(url, options.customers))
  console.log(`filled  ${inMb(filled.running)} MB, ${inMb(filled.stopped)} MB after the stop`)
  const days: { running_mb: number; stopped_mb: number; bytes_per_request: number }[] = []
  let before = filled.stopped
  for (let day = 1; day <= options.days; day++) {
    server.start()
    const { running, stopped } = await sizesAfter(useForADay)
    const perRequest = Math.round((stopped - before) / options.requests / options.locations)
    console.log(
      `day ${day}   ${inMb(running)} MB, ${inMb(stopped)} MB after the stop, ${perRequest} bytes a request and location`,
    )
    days.push({ running_mb: inMb(running), stopped_mb: inMb(stopped), bytes_per_request: perRequest })
    before = stopped
  }
  console.log(JSON.stringify({ ...options, filled_mb: inMb(filled.stopped), days }))
} finally {
  await server.end()
  await rm(folder, { recursive: true })
}
