/**
 * `npm run -s bench:data-folder -- [--customers 3500] [--locations 3] [--days 3] [--requests 5000]`: how the data folder of one machine grows.
 * Starts the locations with generated customers, then sends for each day a number of requests to the first location (60 % reads, 20 % lists,
 * 10 % searches, 5 % changes, 5 % new customers) and stops.
 *
 * Prints for each day the MB of the folder before and after the stop, and the bytes that a request left at each location. The last line is JSON.
 */
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import pMap from 'p-map'
import * as z from 'zod'
import { apiAt } from '../e2e/api.ts'
import { apiOperations } from './api-operations.ts'
import { keepAliveClient } from './closed-loop.ts'
import { startRegistry, waitForAll } from './made-up-registry.ts'
import { round } from './quantiles.ts'

const START_MS = 60_000
const CATCH_UP_MS = 600_000
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

const { server, folder, url, end } = await startRegistry(options)

/** The bytes of all files of the data folder. */
async function folderSize(): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter(entry => entry.isFile())
  const sizes = await Promise.all(files.map(async ({ parentPath, name }) => (await stat(join(parentPath, name))).size))
  return sizes.reduce((sum, size) => sum + size, 0)
}

async function sendDay(): Promise<void> {
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

/** Stops the locations. Returns the size of the folder before and after that. */
async function stop(): Promise<{ running: number; stopped: number }> {
  const running = await folderSize()
  await server.end()
  return { running, stopped: await folderSize() }
}

const inMb = (bytes: number) => round(bytes / MB, 1)

try {
  const filled = await stop()
  console.log(`filled  ${inMb(filled.running)} MB, ${inMb(filled.stopped)} MB after the stop`)
  const days: { running_mb: number; stopped_mb: number; bytes_per_request: number }[] = []
  let before = filled.stopped
  for (let day = 1; day <= options.days; day++) {
    await server.start().ready(START_MS)
    await sendDay()
    await waitForAll(url, options.locations, CATCH_UP_MS)
    const { running, stopped } = await stop()
    const perRequest = Math.round((stopped - before) / options.requests / options.locations)
    console.log(
      `day ${day}   ${inMb(running)} MB, ${inMb(stopped)} MB after the stop, ${perRequest} bytes a request and location`,
    )
    days.push({ running_mb: inMb(running), stopped_mb: inMb(stopped), bytes_per_request: perRequest })
    before = stopped
  }
  console.log(JSON.stringify({ ...options, filled_mb: inMb(filled.stopped), days }))
} finally {
  await end()
}
