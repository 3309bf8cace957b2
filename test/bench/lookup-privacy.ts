/**
 * `npm run -s bench:lookup-privacy -- --records PEOPLE.csv [--people 50] [--lookups 1000] [--calls 10000] [--listed 50000]`: attacks the public
 * lookup through its function, on a list of people.
 *
 * 1. Dates: the attacker knows the names of some random people and sends `--lookups` lookups about each, every time from another address. It
 *    narrows the date of birth down by year, month and day wherever answers differ, and otherwise guesses whole dates.
 * 2. Time: Welch's t between the response times of five kinds of lookups: listed, similar, unknown, erased and deleted people.
 *
 * Prints JSON. Exit code 1 if a date was recovered, or if |t| reaches 4.5.
 */
import { randomInt, randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import type { APIGatewayProxyEvent } from 'aws-lambda'
import pMap from 'p-map'
import { createRequestContext } from '#adapters/clock.ts'
import { currentRow, versionRow } from '#adapters/dynamodb/items.ts'
import { type LookupAnswer, type LookupQuery, lookupAnswer } from '#contract/schemas/query.ts'
import { prepareWrite } from '#domain/records/prepare-write.ts'
import { eraseCustomer } from '#domain/retention/erase.ts'
import { toEntry } from '#domain/search/entry.ts'
import { context, sampleEvent, startFunctionEnvironment } from '../functions/function-environment.ts'
import { startFileEngine } from './file-engine.ts'
import { readRows } from './rows.ts'

const T_LIMIT = 4.5
const TIMED_CONCURRENCY = 20
const MAX_PAUSE_MS = 250
const PROGRESS_CALLS = 5_000
/** Two rows per customer, of the 25 that a request takes. */
const BATCH = 12
const KINDS = ['listed', 'similar', 'unknown', 'erased', 'deleted'] as const
type Kind = (typeof KINDS)[number]

const { values } = parseArgs({
  options: {
    records: { type: 'string' },
    people: { type: 'string', default: '50' },
    lookups: { type: 'string', default: '1000' },
    calls: { type: 'string', default: '10000' },
    listed: { type: 'string', default: '50000' },
  },
})
if (values.records === undefined) {
  console.error('Pass the people: --records PEOPLE.csv')
  process.exit(2)
}

const environment = await startFunctionEnvironment(startFileEngine())
process.env.DYNAMODB_CLIENT = 'grouped'
process.env.REGISTRY_LOOKUP_BUDGET = '1000000'
const { handler } = await import('#functions/lookup/handler.ts')
const { createServices } = await import('#functions/runtime/services.ts')
const services = createServices()
const sample = await sampleEvent<APIGatewayProxyEvent>('lookup')

interface Person {
  surname: string
  given_name: string
  dob: string
}

async function addCustomer(person: Person, state: string) {
  const record = { kind: 'customer', id: randomUUID() } as const
  const writer = {
    location: 'loc1',
    actor: 'bench',
    request_id: 'bench',
    now: new Date().toISOString(),
    newId: randomUUID,
  }
  const fields = { type: 'PERSON', state, ...person }
  const write = await prepareWrite(null, record, { action: 'create', fields, replaceAll: true }, writer, async () => [])
  if (write === null) throw new Error('A creation writes a version')
  return write
}

/** Puts customers into tables and index, without the rules of a request. */
async function seed(people: readonly Person[], state: string): Promise<string[]> {
  const chunks = Array.from({ length: Math.ceil(people.length / BATCH) }, (_, n) =>
    people.slice(n * BATCH, (n + 1) * BATCH),
  )
  const ids = await pMap(
    chunks,
    async chunk => {
      const writes = await Promise.all(chunk.map(person => addCustomer(person, state)))
      const RequestItems = {
        registry: writes.map(({ version }) => ({ PutRequest: { Item: versionRow(version) } })),
        views: writes.map(({ row }) => ({ PutRequest: { Item: currentRow(row) } })),
      }
      await services.tables.batchWrite({ RequestItems })
      await services.index.put(writes.map(({ row }) => toEntry(row, new Map())))
      return writes.map(({ row }) => row.id)
    },
    { concurrency: 8 },
  )
  return ids.flat()
}

/** Sends a lookup from a random address. */
async function ask(query: LookupQuery): Promise<LookupAnswer> {
  const sourceIp = `10.${randomInt(256)}.${randomInt(256)}.${randomInt(256)}`
  const requestContext = {
    ...sample.requestContext,
    requestId: randomUUID(),
    identity: { ...sample.requestContext.identity, sourceIp },
  }
  const { statusCode, body } = await handler({ ...sample, requestContext, body: JSON.stringify(query) }, context)
  if (statusCode !== 200) throw new Error(`Status ${statusCode}: ${body}`)
  return lookupAnswer.parse(JSON.parse(body))
}

/** What an attacker can compare: everything except the receipt. */
const toVisible = ({ receipt: _, ...rest }: LookupAnswer): string => JSON.stringify(rest)

const pad = (value: number): string => String(value).padStart(2, '0')
const range = (first: number, last: number): number[] => Array.from({ length: last - first + 1 }, (_, n) => first + n)
const randomDate = (): string => `${randomInt(1925, 2008)}-${pad(randomInt(1, 13))}-${pad(randomInt(1, 29))}`

/** Attacks one person. Returns whether the full date of birth was recovered. */
async function attack({ surname, given_name }: Person, lookups: number): Promise<boolean> {
  const baseline = toVisible(await ask({ surname, given_name }))
  let left = lookups - 1
  const findDiffering = async (guesses: readonly string[]): Promise<string | null> => {
    for (const dob of guesses) {
      if (left-- <= 0) return null
      const answer = await ask({ surname, given_name, dob })
      if (answer.answer === 'listed' || toVisible(answer) !== baseline) return dob
    }
    return null
  }
  const year = await findDiffering(range(1925, 2007).map(String))
  const month = year && (await findDiffering(range(1, 12).map(value => `${year}-${pad(value)}`)))
  const day = month && (await findDiffering(range(1, 31).map(value => `${month}-${pad(value)}`)))
  if (day) return true
  while (left > 0) {
    left -= 1
    if ((await ask({ surname, given_name, dob: randomDate() })).answer === 'listed') return true
  }
  return false
}

const mean = (sample: readonly number[]): number => sample.reduce((sum, value) => sum + value, 0) / sample.length
const variance = (sample: readonly number[]): number => {
  const average = mean(sample)
  return sample.reduce((sum, value) => sum + (value - average) ** 2, 0) / (sample.length - 1)
}
/** Welch's t of two samples. */
const welch = (a: readonly number[], b: readonly number[]): number =>
  (mean(a) - mean(b)) / Math.sqrt(variance(a) / a.length + variance(b) / b.length)

/** Measures both, and returns whether the lookup leaks. */
async function measure(file: string): Promise<boolean> {
  const rows: Person[] = (await readRows(file))
    .map(({ surname = '', given_name = '', dob = '' }) => ({ surname, given_name, dob }))
    .filter(({ surname, given_name, dob }) => surname && given_name && /^\d{4}-\d{2}-\d{2}$/.test(dob))
  const people = rows.slice(0, Number(values.listed))
  const deleted = rows
    .slice(-400, -200)
    .map(({ surname, dob }) => ({ surname: `${surname}qxz`, given_name: 'Xq', dob }))
  const erased = rows.slice(-200).map(({ surname, dob }) => ({ surname: `${surname}zxq`, given_name: 'Qx', dob }))
  await seed(people, 'active')
  await seed(deleted, 'deleted')
  const provider = createRequestContext({ location: 'loc1', actor: 'provider', request_id: 'bench' })
  for (const id of await seed(erased, 'active')) await eraseCustomer(services, [], provider, id, 'r'.repeat(32))
  console.error(`${people.length} people are listed`)

  const victims = Array.from({ length: Number(values.people) }, () => people[randomInt(people.length)] as Person)
  const results = await pMap(victims, person => attack(person, Number(values.lookups)), { concurrency: victims.length })
  const recovered = results.filter(Boolean).length
  console.error(`${recovered} of ${victims.length} dates recovered`)

  const pool = people.slice(0, 200)
  const queries: Record<Kind, readonly LookupQuery[]> = {
    listed: pool,
    similar: pool.map(person => ({ ...person, dob: '1899-01-01' })),
    unknown: pool.map(({ dob }) => ({ surname: 'Xqzjwvkp', given_name: 'Qqzx', dob })),
    erased,
    deleted,
  }
  const times: Record<Kind, number[]> = { listed: [], similar: [], unknown: [], erased: [], deleted: [] }
  const calls = range(0, Number(values.calls) * KINDS.length - 1)
  await pMap(
    calls,
    async call => {
      const kind = KINDS[call % KINDS.length] ?? 'unknown'
      const query = queries[kind][randomInt(queries[kind].length)]
      if (query === undefined) throw new Error('There are queries of each kind')
      // Calls that start together would wait for one another.
      await wait(randomInt(MAX_PAUSE_MS))
      const start = performance.now()
      await ask(query)
      times[kind].push(performance.now() - start)
      if ((call + 1) % PROGRESS_CALLS === 0) console.error(`${call + 1} of ${calls.length} calls timed`)
    },
    { concurrency: TIMED_CONCURRENCY },
  )
  const pairs = KINDS.flatMap((a, n) => KINDS.slice(n + 1).map(b => [`${a}-${b}`, welch(times[a], times[b])] as const))
  const worst = Math.max(...pairs.map(([, t]) => Math.abs(t)))
  console.log(
    JSON.stringify({
      listed: people.length,
      people: victims.length,
      lookups_each: Number(values.lookups),
      dates_recovered: recovered,
      calls_each: Number(values.calls),
      mean_ms: Object.fromEntries(KINDS.map(kind => [kind, Number(mean(times[kind]).toFixed(3))])),
      t: Object.fromEntries(pairs.map(([pair, t]) => [pair, Number(t.toFixed(2))])),
      worst_t: Number(worst.toFixed(2)),
    }),
  )
  return recovered > 0 || worst >= T_LIMIT
}

let leaks = true
try {
  leaks = await measure(values.records)
} finally {
  await environment.engine.stop()
}
process.exit(leaks ? 1 : 0)
