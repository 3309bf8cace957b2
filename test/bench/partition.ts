/**
 * `npm run -s bench:partition -- --changes N`: cuts one of three locations off, makes N changes on each side, half of
 * them to the same customers, and heals the partition. Measures the time to convergence and the memory, and prints JSON.
 */
import { readFile } from 'node:fs/promises'
import { setTimeout as wait } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { BatchGetItemCommand, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb'
import { paginateQuery } from '@aws-sdk/lib-dynamodb'
import { unmarshall } from '@aws-sdk/util-dynamodb'
import * as z from 'zod'
import { currentPartition, SHARDS, toCurrent } from '#adapters/dynamodb/items.ts'
import { connect, toDocumentClient } from '#adapters/dynamodb/sdk-documents.ts'
import { batch, MAX_BATCH_ROWS } from '#contract/schemas/batch.ts'
import { digest } from '#domain/records/digest.ts'
import { outcome } from '#local/command.ts'
import { toControl } from '#local/control.ts'
import { Agent } from '../e2e/agent.ts'
import { Locations } from '../e2e/locations.ts'
import { until } from '../e2e/until.ts'

const TIMEOUT_MS = 1_800_000
const POLL_MS = 300
const PROBES = 50
/** How many of the last written customers are polled: they arrive last. */
const LAST = 20

const status = z.object({
  items: z.array(z.object({ name: z.string(), tables: z.string(), pid: z.number() })),
  waiting: z.array(z.object({ changes: z.number().nullable() })),
})

const changes = z.coerce
  .number()
  .int()
  .min(100)
  .parse(parseArgs({ options: { changes: { type: 'string', default: '10000' } } }).values.changes)
const half = Math.floor(changes / 2)

const startedAt = performance.now()
const locations = await Locations.start({ REGISTRY_SAMPLE: '0' })
const startMs = performance.now() - startedAt
const control = await toControl(locations.local.folder)

/** Requests the status like the command, but without starting a process. */
async function statusNow() {
  const headers = { Authorization: `Bearer ${control?.token}` }
  const body = JSON.stringify({ command: 'status', json: true })
  const answer = await fetch(`http://127.0.0.1:${control?.port}/`, { method: 'POST', headers, body })
  return status.parse(JSON.parse(outcome.parse(await answer.json()).text))
}

/** Polls a condition at long intervals, since polling slows down the measured work. */
async function eventually(condition: () => Promise<boolean>): Promise<void> {
  const end = performance.now() + TIMEOUT_MS
  while (!(await condition())) {
    if (performance.now() > end) throw new Error(`The condition does not hold after ${TIMEOUT_MS / 1000} s`)
    await wait(POLL_MS)
  }
}

const sites = await Promise.all(
  (await statusNow()).items.map(async ({ name, tables }, n) => ({
    name,
    client: connect({ endpoint: tables }),
    agent: await Agent.logIn(locations.at(n + 1)),
  })),
)

/** Returns the current and the peak memory of each process, in MB. */
async function memory(): Promise<Record<string, { now: number; most: number }>> {
  const pids: [string, number][] = [['supervisor', locations.local.run.pid]]
  for (const { name } of sites) {
    const { pid, engine } = await locations.local.processes(name)
    pids.push([name, pid], [`${name} tables`, engine ?? 0])
  }
  const read = async ([name, pid]: [string, number]) => {
    const text = await readFile(`/proc/${pid}/status`, 'utf8')
    const of = (line: string) => Math.round(Number(new RegExp(`${line}:\\s+(\\d+)`).exec(text)?.[1] ?? 0) / 1024)
    return [name, { now: of('VmRSS'), most: of('VmHWM') }] as const
  }
  return Object.fromEntries(await Promise.all(pids.map(read)))
}

const [first, second, third] = sites
if (!first || !second || !third) throw new Error('Three locations are needed')

/** How long a row takes from one location's table to another's, in milliseconds. */
async function lag(): Promise<{ p50: number; p95: number }> {
  const times: number[] = []
  for (let n = 0; n < PROBES; n++) {
    const key = { pk: { S: 'probe' }, sk: { S: String(n) } }
    await first?.client.send(new PutItemCommand({ TableName: 'registry', Item: key }))
    const from = performance.now()
    const isThere = async () =>
      (await second?.client.send(new GetItemCommand({ TableName: 'registry', Key: key })))?.Item !== undefined
    await until(isThere, 10_000, 'the probe')
    times.push(performance.now() - from)
  }
  const sorted = times.sort((a, b) => a - b)
  return { p50: Math.round(sorted[PROBES / 2] ?? 0), p95: Math.round(sorted[Math.floor(PROBES * 0.95)] ?? 0) }
}

/** Sends rows of a source in batches, and returns the customers' ids in the order of the rows. */
async function send({ agent }: { agent: Agent }, source: string, rows: readonly object[]): Promise<string[]> {
  const ids: string[] = []
  for (let from = 0; from < rows.length; from += MAX_BATCH_ROWS) {
    const part = rows.slice(from, from + MAX_BATCH_ROWS).map(row => JSON.stringify(row))
    const headers = { 'Content-Type': 'application/x-ndjson' }
    const answer = await agent.send('POST', `/v1/batches?source=${source}`, part.join('\n'), headers)
    ids.push(...answer.as(batch).results.map(({ id }) => id ?? ''))
  }
  return ids
}

async function readCurrent({ client }: (typeof sites)[number], ids: readonly string[]) {
  const Keys = ids.map(id => ({ pk: { S: currentPartition('customer', id) }, sk: { S: id } }))
  const { Responses } = await client.send(new BatchGetItemCommand({ RequestItems: { views: { Keys } } }))
  return (Responses?.views ?? []).map(item => toCurrent(unmarshall(item)))
}

/** Returns the number of customers at a location, and a digest of their states and clocks. */
async function summarise({ client }: (typeof sites)[number]): Promise<{ customers: number; digest: string }> {
  const documents = toDocumentClient(client)
  const rows: unknown[] = []
  for (let shard = 0; shard < SHARDS; shard++) {
    const pages = paginateQuery(
      { client: documents },
      {
        TableName: 'views',
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': `customers#${shard}` },
      },
    )
    for await (const { Items = [] } of pages)
      for (const { id, snapshot, clock } of Items.map(toCurrent))
        rows.push([id, snapshot, Object.entries(clock).sort()])
  }
  return { customers: rows.length, digest: digest(rows) }
}

try {
  const between = await lag()
  const person = (n: number) => ({ id: String(n), surname: `Before${n}`, given_name: 'Ada' })
  const shared = await send(
    first,
    'shared',
    Array.from({ length: half }, (_, n) => person(n)),
  )
  const isEverywhere = async (ids: readonly string[], isRight: (row: ReturnType<typeof toCurrent>) => boolean) => {
    const rows = await Promise.all(sites.map(place => readCurrent(place, ids)))
    return rows.every(customers => customers.length === ids.length && customers.every(isRight))
  }
  await eventually(() => isEverywhere(shared.slice(-LAST), () => true))

  await locations.runCommand('cut', 'loc2')
  const before = await memory()
  const writingFrom = performance.now()
  const rows = Array.from({ length: half }, (_, n) => n)
  const side = async (place: (typeof sites)[number], change: (n: number) => object) => {
    await send(
      place,
      'shared',
      rows.map(n => ({ ...person(n), ...change(n) })),
    )
    return send(place, place.name, rows.map(person))
  }
  const [firstIds, secondIds] = await Promise.all([
    side(first, n => ({ surname: `Changed${n}` })),
    side(second, n => ({ document_number: `D ${n}` })),
  ])
  const writingMs = performance.now() - writingFrom
  const [last] = shared.slice(-1)
  if (last === undefined) throw new Error('No shared customer was created')
  await eventually(async () => (await readCurrent(third, firstIds.slice(-LAST))).length === LAST)

  const healedAt = performance.now()
  await locations.runCommand('heal', 'loc2')
  await eventually(async () => (await statusNow()).waiting.every(one => one.changes === 0))
  const replicatedMs = performance.now() - healedAt
  const isChanged = ({ snapshot }: ReturnType<typeof toCurrent>) =>
    String(snapshot.surname).startsWith('Changed') && String(snapshot.document_number).startsWith('D ')
  await eventually(
    async () =>
      (await isEverywhere([...firstIds.slice(-LAST), ...secondIds.slice(-LAST)], () => true)) &&
      (await isEverywhere(shared.slice(-LAST), isChanged)),
  )
  const convergedMs = performance.now() - healedAt
  const after = await memory()
  const all = await Promise.all(sites.map(summarise))
  console.log(
    JSON.stringify(
      {
        start_ms: Math.round(startMs),
        replication_lag_ms: between,
        changes_each_side: 2 * half,
        writing_s: Math.round(writingMs / 100) / 10,
        replicated_s: Math.round(replicatedMs / 100) / 10,
        converged_s: Math.round(convergedMs / 100) / 10,
        customers: all.map(({ customers }) => customers),
        same: new Set(all.map(one => one.digest)).size === 1,
        memory_mb: { before, after },
      },
      null,
      2,
    ),
  )
} finally {
  for (const { client } of sites) client.destroy()
  await locations.stop()
}
