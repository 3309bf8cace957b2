/**
 * `npm run -s bench:pipeline -- [--customers 10000] [--seconds 20] [--load 16] [--locations 2] [--data FOLDER]`: how long a new customer takes
 * to reach those who read, between the response to its creation and the first read that has it:
 *
 * - `searchable`: a fuzzy search where it was written;
 * - `visible_elsewhere`: a read by its id at another location;
 * - `searchable_elsewhere`: a fuzzy search there.
 *
 * Measured at rest, and while `--load` connections send the mixed requests of bench:api to the location that is written to. One customer is
 * created at a time. Times are in milliseconds, and up to 10 ms too long, because the readers poll. The last line is JSON.
 */
import { randomInt } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import * as z from 'zod'
import { searchAnswer } from '#contract/schemas/query.ts'
import { apiAt } from '../e2e/api.ts'
import { apiOperations, randomWord } from './api-operations.ts'
import { closedLoop, keepAliveClient, type LoopRequest, type Response } from './closed-loop.ts'
import { startRegistry } from './made-up-registry.ts'
import { summariseTimes } from './quantiles.ts'

const POLL_MS = 10
const TIMEOUT_MS = 60_000
/** Customers are created at varying distances from each other, so that they meet every phase of the periods in which streams are read. */
const MAX_PAUSE_MS = 200
const COLUMNS = ['searchable', 'visible_elsewhere', 'searchable_elsewhere'] as const

const { values } = parseArgs({
  options: {
    customers: { type: 'string', default: '10000' },
    seconds: { type: 'string', default: '20' },
    load: { type: 'string', default: '16' },
    locations: { type: 'string', default: '2' },
    data: { type: 'string' },
  },
})
const count = z.coerce.number().int().min(1)
const { customers, seconds, load, locations } = z
  .object({ customers: count, seconds: count, load: count, locations: count.min(2).max(5) })
  .parse(values)

const { server, urls, end } = await startRegistry({ customers, locations, data: values.data })
type Send = (request: LoopRequest) => Promise<Response>

/** The milliseconds from a moment until a read has the customer. */
async function msUntil(written: number, hasCustomer: () => Promise<boolean>, description: string): Promise<number> {
  while (!(await hasCustomer())) {
    if (performance.now() - written > TIMEOUT_MS) throw new Error(`Not ${description} after ${TIMEOUT_MS} ms`)
    await wait(POLL_MS)
  }
  return performance.now() - written
}

async function isFound(send: Send, id: string, body: object): Promise<boolean> {
  const { status, text } = await send({ method: 'POST', path: '/v1/search', body })
  return status === 200 && searchAnswer.parse(JSON.parse(text)).items.some(({ customer }) => customer.id === id)
}

/** Creates a customer, and waits until every reader has it. Null if the location was too busy to create it. */
async function followWrite(here: Send, elsewhere: Send) {
  const person = { surname: randomWord(), given_name: randomWord() }
  const { status, text } = await here({ method: 'POST', path: '/v1/customers', body: { type: 'PERSON', ...person } })
  if (status === 503) return null
  const { id } = z.object({ id: z.string() }).parse(JSON.parse(text))
  const written = performance.now()
  const read = async () => (await elsewhere({ method: 'GET', path: `/v1/customers/${id}` })).status === 200
  const [searchable, visible_elsewhere, searchable_elsewhere] = await Promise.all([
    msUntil(written, () => isFound(here, id, person), 'searchable'),
    msUntil(written, read, 'visible elsewhere'),
    msUntil(written, () => isFound(elsewhere, id, person), 'searchable elsewhere'),
  ])
  return { searchable, visible_elsewhere, searchable_elsewhere }
}

/** Follows one created customer after the other. */
async function measure(here: Send, elsewhere: Send) {
  const started = performance.now()
  const writes: NonNullable<Awaited<ReturnType<typeof followWrite>>>[] = []
  while (performance.now() - started < seconds * 1000) {
    const times = await followWrite(here, elsewhere)
    if (times !== null) writes.push(times)
    await wait(randomInt(MAX_PAUSE_MS))
  }
  return Object.fromEntries(COLUMNS.map(name => [name, summariseTimes(writes.map(times => times[name]))]))
}

async function measureBoth() {
  const [url = '', other = ''] = urls
  const tokens = await Promise.all([url, other].map(url => apiAt(url).token('provider')))
  const here = keepAliveClient(url, tokens[0], 4)
  const elsewhere = keepAliveClient(other, tokens[1], 4)
  try {
    const at_rest = await measure(here.send, elsewhere.send)
    const { mixed } = await apiOperations(url, tokens[0] ?? '', 1)
    const { pid, engine } = await server.processes()
    const processes = { location: pid, engine: engine ?? 0 }
    const loop = { url, token: tokens[0] ?? '', connections: load, seconds, processes }
    const [{ per_second, p50_ms, p99_ms, cpu_ms }, under_load] = await Promise.all([
      closedLoop(loop, mixed),
      measure(here.send, elsewhere.send),
    ])
    return { at_rest, under_load, load: { connections: load, per_second, p50_ms, p99_ms, cpu_ms } }
  } finally {
    here.close()
    elsewhere.close()
  }
}

try {
  const { at_rest, under_load, load } = await measureBoth()
  console.log(`${''.padEnd(22)}${'writes'.padStart(8)}${'p50 ms'.padStart(10)}${'p99 ms'.padStart(10)}`)
  for (const [phase, times] of Object.entries({ 'at rest': at_rest, 'under load': under_load })) {
    console.log(phase)
    for (const [name, { count, p50_ms, p99_ms }] of Object.entries(times))
      console.log(
        `  ${name.padEnd(20)}${String(count).padStart(8)}${String(p50_ms).padStart(10)}${String(p99_ms).padStart(10)}`,
      )
  }
  console.log(JSON.stringify({ customers, locations, seconds, at_rest, under_load, load }))
} finally {
  await end()
}
