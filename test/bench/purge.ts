/** `npm run -s bench:purge`: request units of a purge of 1,000 customers who are due, of a list of 1,000 and of one of 51,000. */
import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createRequestContext } from '#adapters/clock.ts'
import { CapacityMeter } from '#adapters/dynamodb/capacity-meter.ts'
import { currentRow, versionRow } from '#adapters/dynamodb/items.ts'
import { connect, toDocuments } from '#adapters/dynamodb/sdk-documents.ts'
import { Tables } from '#adapters/dynamodb/tables.ts'
import { prepareWrite } from '#domain/records/prepare-write.ts'
import { runPurge } from '#domain/retention/run.ts'
import { Engine } from '#local/engine.ts'
import { Lock } from '#local/lock.ts'
import { toPorts } from './retention-units.ts'

const DUE = 1000
const OTHERS = 50_000
const DAYS = 365
const DAY = 86_400
const NAMES = { registry: 'registry', views: 'views' }
/** Two rows a customer, 25 rows a request. */
const AT_ONCE = 12
const CONCURRENCY = 8

const call = () => createRequestContext({ location: 'loc1', actor: 'provider', request_id: 'bench' })
const daysAgo = (days: number): string => new Date(Date.now() - days * DAY * 1000).toISOString()

/** The rows of a customer who was created then. */
async function toRows(n: number, now: string) {
  const name = { surname: 'Katzenellenbogen', given_name: `Wilhelmina ${n}`, dob: '1961-03-14' }
  const fields = { type: 'PERSON', state: 'active', ...name, document_number: `AB ${1_000_000 + n}` }
  const record = { kind: 'customer', id: randomUUID() } as const
  const writer = { location: 'loc1', actor: 'agent', request_id: 'bench', now, newId: randomUUID }
  const write = await prepareWrite(null, record, { action: 'create', fields, replaceAll: true }, writer, async () => [])
  if (write === null) throw new Error('that is new')
  return {
    registry: { PutRequest: { Item: versionRow(write.version) } },
    views: { PutRequest: { Item: currentRow(write.row) } },
  }
}

/** Puts customers past the rules, by the dozen. */
async function seed(tables: Tables, count: number, now: string): Promise<void> {
  let next = 0
  const work = async () => {
    while (next < count) {
      const from = next
      next += AT_ONCE
      const rows = await Promise.all(
        Array.from({ length: Math.min(AT_ONCE, count - from) }, (_, n) => toRows(from + n, now)),
      )
      const RequestItems = { registry: rows.map(({ registry }) => registry), views: rows.map(({ views }) => views) }
      const { UnprocessedItems = {} } = await tables.batchWrite({ RequestItems })
      if (Object.keys(UnprocessedItems).length > 0) throw new Error('the engine left rows over')
    }
  }
  await Promise.all(Array.from({ length: CONCURRENCY }, work))
}

/** What a purge of all who are due consumes, in a list with so many others. */
async function purge(others: number) {
  const folder = await mkdtemp(join(tmpdir(), 'registry-purge-'))
  const lock = new Lock(folder)
  const engine = new Engine(folder, NAMES, lock)
  await lock.start()
  await engine.start()
  const client = connect({ endpoint: engine.endpoint })
  try {
    const documents = toDocuments(client)
    await seed(new Tables(documents, NAMES), DUE, daysAgo(DAYS + 1))
    await seed(new Tables(documents, NAMES), others, daysAgo(1))
    const meter = new CapacityMeter()
    const ports = toPorts(documents, NAMES, meter)
    const now = () => new Date().toISOString()
    const going = { day: DAY, wait: 0, now, dry: false, always: true, place: null, hasTime: () => true }
    const startedAt = performance.now()
    const run = await runPurge(ports, call(), {
      ...going,
      policy: { days: DAYS, types: {} },
      types: ['INSTITUTION', 'PERSON'],
    })
    const seconds = Math.round(performance.now() - startedAt) / 1000
    if (run.removed !== DUE) throw new Error(`Expected ${DUE} purged customers, got ${run.removed}`)
    return { customers: DUE + others, ...meter, seconds }
  } finally {
    client.destroy()
    await engine.stop()
    await rm(folder, { recursive: true })
  }
}

const alone = await purge(0)
const among = await purge(OTHERS)
const units = (usage: typeof alone): number => usage.rru + usage.wru_base + usage.wru_index
console.log(JSON.stringify({ due: DUE, alone, among, ratio: units(among) / units(alone) }, null, 1))
