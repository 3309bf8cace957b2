import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import pMap from 'p-map'
import * as z from 'zod'
import { TABLES, TABLES_FILE } from '#local/names.ts'
import { startFileEngine } from './file-engine.ts'
import { createPlainClient } from './plain-client.ts'

/** New customers per transaction: three items each, of at most a hundred. */
const CHUNK = 33
/** Transactions that are sent at a time, so that the engine never waits for the next one. */
const CONCURRENCY = 2
const ABSENT = { ConditionExpression: 'attribute_not_exists(pk)' }

/** What each new customer is written as, with the keys as the engine stores them. */
const WRITTEN = [
  { table: TABLES.registry, pk: 'S:customer#*', sk: 'S:v#*', condition: ABSENT },
  { table: TABLES.views, pk: 'S:customers#*', sk: '*', condition: ABSENT },
  { table: TABLES.views, pk: 'S:audit#*', sk: '*', condition: {} },
]

const stored = z.array(z.object({ item: z.string().transform((text): unknown => JSON.parse(text)) }))

/** The bodies of transactions with the rows of customers from the file of a stopped engine. */
function toTransactions(folder: string, customers: number): string[] {
  const database = new DatabaseSync(join(folder, TABLES_FILE), { readOnly: true })
  try {
    const puts = WRITTEN.map(({ table, pk, sk, condition }) => {
      const query = `SELECT item_json AS item FROM "${table}" WHERE pk GLOB ? AND sk GLOB ? LIMIT ?`
      const rows = stored.parse(database.prepare(query).all(pk, sk, customers))
      if (rows.length < customers) throw new Error(`${folder} has ${rows.length} of ${customers} rows of ${pk}`)
      return rows.map(({ item }) => ({ Put: { TableName: table, Item: item, ...condition } }))
    })
    return Array.from({ length: Math.ceil(customers / CHUNK) }, (_, n) =>
      JSON.stringify({ TransactItems: puts.flatMap(rows => rows.slice(n * CHUNK, (n + 1) * CHUNK)) }),
    )
  } finally {
    database.close()
  }
}

/**
 * How many new customers per second the table engine alone takes: the rows of customers from the folder of a stopped location, as a plain HTTP
 * client writes them to new engines, to each of them all at the same time.
 */
export async function measureEngineLimit(folder: string, customers: number, engines: number): Promise<number> {
  const transactions = toTransactions(folder, customers)
  const started = await Promise.all(Array.from({ length: engines }, startFileEngine))
  try {
    const before = performance.now()
    const writeAll = (endpoint: string) => {
      const call = createPlainClient(endpoint)
      return pMap(transactions, content => call('TransactWriteItems', content), { concurrency: CONCURRENCY })
    }
    await Promise.all(started.map(({ endpoint }) => writeAll(endpoint)))
    return (customers / (performance.now() - before)) * 1000
  } finally {
    await Promise.all(started.map(({ stop }) => stop()))
  }
}
