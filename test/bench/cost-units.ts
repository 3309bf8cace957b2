import type { APIGatewayProxyEvent, DynamoDBRecord } from 'aws-lambda'
import { createRequestContext } from '#adapters/clock.ts'
import { functionSpecs } from '#contract/functions.ts'
import { carryEntries } from '#domain/audit/index-entries.ts'
import { sealEntries } from '#domain/audit/seal.ts'
import { sendHeartbeat } from '#domain/locations/heartbeat.ts'
import { readLocationStatus } from '#domain/locations/location-status.ts'
import { invoke } from '#local/invocation.ts'
import {
  type ConsumedUnits,
  OPERATIONS,
  type OperationName,
  type OperationUnits,
  type Units,
} from '../../tools/cost/units.ts'
import { TABLE_NAMES } from '../adapters/dynamodb/engine.ts'
import { LOCATION, sampleEvent, startFunctionEnvironment } from '../functions/function-environment.ts'
import { MemoryAuditIndex } from '../in-memory/audit-index.ts'
import { askFunction } from './ask-function.ts'
import { startElsewhere } from './elsewhere.ts'
import { metered } from './metered.ts'
import { streamOf } from './read-stream.ts'
import { rowBytes, storedBytes } from './row-bytes.ts'

/** Each operation is done so often before it is measured. */
const WARM = 5
/** Rows of one batch. */
const ROWS = 100
/** Entries are sealed, and carried to the index of the audit, once they are older than this: here all of them, two days from now. */
const LATER_MS = 48 * 3_600_000
/** Bytes of one write unit. */
const UNIT = 1024

interface Request {
  function: string
  event: Partial<APIGatewayProxyEvent>
  /** For how many the request counts. */
  of?: number
}

/** A made-up name that no other number has. */
const toName = (n: number): string =>
  [...(n + 7919).toString(16)]
    .map(digit => `${'bcdfghjklmnprstv'[Number.parseInt(digit, 16)]}${'aeiou'[n % 5]}`)
    .join('')

const toPerson = (n: number) => ({
  surname: `S${toName(n)}`,
  given_name: `G${toName(n * 31 + 11)}`,
  dob: new Date(Date.UTC(1940, 0, 1) + (n % 4000) * 7 * 86_400_000).toISOString().slice(0, 10),
  document_number: `AB ${1_000_000 + n * 97}`,
})

const post = (path: string, body: unknown, headers = {}): Partial<APIGatewayProxyEvent> => ({
  httpMethod: 'POST',
  resource: path,
  path,
  headers: { 'Content-Type': 'application/json', ...headers },
  queryStringParameters: null,
  body: typeof body === 'string' ? body : JSON.stringify(body),
})

const ofCustomer = (httpMethod: string, id: string, body: unknown): Partial<APIGatewayProxyEvent> => ({
  ...post('/v1/customers/{id}', body),
  httpMethod,
  path: `/v1/customers/${id}`,
  pathParameters: { id },
  ...(body === null ? { body: null, headers: {} } : {}),
})

/** What is asked the nth time. `ids`: customers that are there. */
const requests: Record<OperationName, (n: number, ids: readonly string[]) => Request> = {
  create: n => ({ function: 'customers', event: post('/v1/customers', toPerson(n)) }),
  update: (n, ids) => ({
    function: 'customers',
    event: ofCustomer('PATCH', ids[n % ids.length] ?? '', { dob: toPerson(n + 1000).dob }),
  }),
  row: n => ({
    function: 'batches',
    of: ROWS,
    event: {
      ...post(
        '/v1/batches',
        Array.from({ length: ROWS }, (_, row) =>
          JSON.stringify({ id: `${n}-${row}`, ...toPerson(10_000 + n * ROWS + row) }),
        ).join('\n'),
        { 'Content-Type': 'application/x-ndjson' },
      ),
      queryStringParameters: { source: 'bench' },
    },
  }),
  get: (n, ids) => ({ function: 'customers', event: ofCustomer('GET', ids[n % ids.length] ?? '', null) }),
  search: n => ({ function: 'search', event: post('/v1/search', { q: toPerson(n).surname }) }),
  lookup: n => {
    const { surname, given_name, dob } = toPerson(n)
    return { function: 'lookup', event: post('/v1/lookup', { surname, given_name, dob }) }
  },
  purchase: n => ({
    function: 'purchases',
    event: post('/buy', {
      username: 'Wilhelmina Katzenellenbogen',
      userid: `u-${n % 7}`,
      price: '19.99',
      timestamp: new Date(Date.UTC(2026, 0, 1) + n * 1000).toISOString(),
    }),
  }),
}

const round = (value: number) => Math.round(value * 1000) / 1000
const share = (consumed: ConsumedUnits, count: number): ConsumedUnits => ({
  rru: round(consumed.rru / count),
  wru: round(consumed.wru / count),
  round_trips: round(consumed.round_trips / count),
  cpu_ms: round(consumed.cpu_ms / count),
  log_bytes: round(consumed.log_bytes / count),
})
const NOTHING: ConsumedUnits = { rru: 0, wru: 0, round_trips: 0, cpu_ms: 0, log_bytes: 0 }
const add = (a: ConsumedUnits, b: ConsumedUnits): ConsumedUnits => ({
  rru: a.rru + b.rru,
  wru: a.wru + b.wru,
  round_trips: a.round_trips + b.round_trips,
  cpu_ms: a.cpu_ms + b.cpu_ms,
  log_bytes: a.log_bytes + b.log_bytes,
})

const growth = (records: readonly DynamoDBRecord[]): number =>
  records.reduce((sum, { dynamodb }) => sum + storedBytes(dynamodb?.NewImage) - storedBytes(dynamodb?.OldImage), 0)

/**
 * What each operation of the bill takes, through the functions themselves and the readers of both streams, here and at another location;
 * and what the schedules take. Units are the table engine's, times this machine's.
 *
 * @param times how often each is done
 * @param names the operations
 */
export async function measureUnits(times: number, names: readonly OperationName[] = OPERATIONS): Promise<Units> {
  const { engine } = await startFunctionEnvironment()
  process.env.POWERTOOLS_LOG_LEVEL = 'INFO'
  process.env.POWERTOOLS_METRICS_DISABLED = 'false'
  const elsewhere = await startElsewhere()
  const streams = {
    registry: streamOf(engine.endpoint, TABLE_NAMES.registry),
    views: streamOf(engine.endpoint, TABLE_NAMES.views),
  }
  const ids: string[] = []

  const ask = ({ function: name, event }: Request) => askFunction(name, event)

  /** What came of the operations since: at this location, and at another. */
  async function followed() {
    const registry = await streams.registry()
    const first = await metered(() => invoke('reconcile', { Records: registry }))
    const views = await streams.views()
    const second = await metered(() => invoke('project', { Records: views }))
    // What the readers wrote is read by them too.
    const more = { registry: await streams.registry(), views: await streams.views() }
    await elsewhere.arrive(registry)
    const there = await metered(() => elsewhere.follow(registry))
    const sizes = registry.map(({ dynamodb }) => rowBytes(dynamodb?.NewImage))
    return {
      following: add(first.usage, second.usage),
      elsewhere: there.usage,
      replicated_wru: sizes.reduce((sum, bytes) => sum + Math.ceil(bytes / UNIT), 0),
      replicated_bytes: sizes.reduce((sum, bytes) => sum + bytes, 0),
      registry_bytes: growth([...registry, ...more.registry]),
      views_bytes: growth([...views, ...more.views]),
    }
  }

  async function measured(name: OperationName, from: number): Promise<OperationUnits> {
    let [here, answer_bytes, count, functionName] = [NOTHING, 0, 0, '']
    for (let n = 0; n < WARM; n++) await ask(requests[name](from + n, ids))
    await followed()
    for (let n = WARM; n < WARM + times; n++) {
      const request = requests[name](from + n, ids)
      const { usage, answer } = await metered(() => ask(request))
      here = add(here, usage)
      answer_bytes += Buffer.byteLength(answer.body)
      count += request.of ?? 1
      functionName = request.function
      if (name === 'create') ids.push(JSON.parse(answer.body).id)
    }
    const after = await followed()
    return {
      function: functionName,
      here: share(here, count),
      following: share(after.following, count),
      elsewhere: share(after.elsewhere, count),
      replicated_wru: round(after.replicated_wru / count),
      replicated_bytes: round(after.replicated_bytes / count),
      registry_bytes: round(after.registry_bytes / count),
      views_bytes: round(after.views_bytes / count),
      answer_bytes: round(answer_bytes / count),
    }
  }

  /** What sealing one entry of the audit takes, and carrying it to its index. */
  async function sealed(): Promise<ConsumedUnits> {
    const { createServices: services } = await import('#functions/runtime/services.ts')
    const own = services()
    const call = createRequestContext({ location: LOCATION, actor: 'schedule', request_id: 'bench' })
    const later = { ...call, now: new Date(Date.parse(call.now) + LATER_MS).toISOString() }
    await sendHeartbeat(own, later, await readLocationStatus(own))
    await own.locations.recordStreamPosition(later.now)
    const { usage, answer } = await metered(async () => {
      const { entries } = await sealEntries(own, later, 1000)
      await carryEntries(own, new MemoryAuditIndex(), later, 1000, () => true)
      return entries
    })
    return share(usage, answer)
  }

  try {
    const operations: [OperationName, OperationUnits][] = []
    for (const name of names) operations.push([name, await measured(name, name === 'search' ? 0 : 100)])
    const schedules: [string, ConsumedUnits][] = []
    for (const [name, { trigger }] of functionSpecs) {
      if (typeof trigger !== 'object' || !('everyMinutes' in trigger)) continue
      const event = await sampleEvent(name)
      for (let n = 0; n < WARM; n++) await metered(() => invoke(name, event))
      let consumed = NOTHING
      for (let n = 0; n < times; n++) consumed = add(consumed, (await metered(() => invoke(name, event))).usage)
      schedules.push([name, share(consumed, times)])
    }
    const entry = await sealed()
    const measuredBy = { on: new Date().toISOString().slice(0, 10), by: 'npm run -s bench:cost', node: process.version }
    return {
      measured: measuredBy,
      operations: Object.fromEntries(operations) as Units['operations'],
      schedules: Object.fromEntries(schedules),
      entry,
    }
  } finally {
    await elsewhere.stop()
    await engine.stop()
  }
}
