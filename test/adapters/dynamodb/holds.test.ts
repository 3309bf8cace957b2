import { randomUUID } from 'node:crypto'
import { CreateTableCommand, DescribeTableCommand } from '@aws-sdk/client-dynamodb'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { DynamoListStore } from '#adapters/dynamodb/list-store.ts'
import { DynamoRecordStore } from '#adapters/dynamodb/record-store.ts'
import { createTables } from '#adapters/dynamodb/schema.ts'
import { connect } from '#adapters/dynamodb/sdk-documents.ts'
import type { Tables } from '#adapters/dynamodb/tables.ts'
import { createCustomer } from '#domain/customers/create.ts'
import type { ListStore, RecordStore } from '#domain/records/port.ts'
import { holdCustomer, releaseCustomer } from '#domain/retention/hold.ts'
import { listHolds } from '#domain/retention/list-holds.ts'
import { contextAt, timeAt } from '#test/in-memory/context.ts'
import { MemoryListStore } from '#test/in-memory/list-store.ts'
import { MemoryRecordStore } from '#test/in-memory/record-store.ts'
import { startEngine, TABLE_NAMES, type TestEngine } from './engine.ts'

let engine: TestEngine
beforeAll(async () => {
  engine = await startEngine()
})
afterAll(() => engine.stop())

interface Stores {
  records: RecordStore
  lists: ListStore
}
const overTables = (tables: Tables): Stores => ({
  records: new DynamoRecordStore(tables),
  lists: new DynamoListStore(tables),
})
function inMemory(): Stores {
  const records = new MemoryRecordStore()
  return { records, lists: new MemoryListStore(records) }
}

async function createHeld({ records }: Stores, until: string | null): Promise<string> {
  const { customer } = await createCustomer(records, contextAt(0), new Map(), { surname: randomUUID() }, undefined)
  await holdCustomer(records, contextAt(1), customer.id, { reason: `until ${until}`, until })
  return customer.id
}

/** Returns the ids of all customers held at a second, page by page. */
async function listHeld(stores: Stores, second: number, limit = 2): Promise<string[]> {
  const ids: string[] = []
  for (let next: string | null | undefined; next !== null; ) {
    const page = await listHolds(stores, contextAt(second), next ?? null, limit)
    expect(page.items.length).toBeLessThanOrEqual(limit)
    ids.push(...page.items.map(({ customer }) => customer.id))
    next = page.next
  }
  return ids
}

describe.each([
  ['DynamoDB', () => overTables(engine.tables())],
  ['memory', inMemory],
])('the holds in %s', (_, connectStores) => {
  test('are listed by their end, without those that ended or were released, and page by page', async () => {
    const stores = connectStores()
    const open = await createHeld(stores, null)
    const late = await createHeld(stores, timeAt(200))
    const soon = await createHeld(stores, timeAt(100))
    const released = await createHeld(stores, timeAt(150))
    expect(await listHeld(stores, 10)).toEqual([soon, released, late, open])
    await releaseCustomer(stores.records, contextAt(11), released)
    expect(await listHeld(stores, 12)).toEqual([soon, late, open])
    expect(await listHeld(stores, 12, 1)).toEqual([soon, late, open])
    // At its end, a hold has ended.
    expect(await listHeld(stores, 100)).toEqual([late, open])
    expect((await listHolds(stores, contextAt(12), null, 1)).items).toMatchObject([
      { reason: `until ${timeAt(100)}`, until: timeAt(100), customer: { id: soon } },
    ])
    for (const id of [open, late, soon]) await releaseCustomer(stores.records, contextAt(300), id)
    expect(await listHeld(stores, 12)).toEqual([])
  })
})

test('a page of holds costs the same with more holds, ended ones and customers', async () => {
  const cost = async () => {
    const tables = engine.tables()
    await listHolds(overTables(tables), contextAt(50), null, 5)
    return { rru: tables.meter.rru, trips: tables.meter.round_trips }
  }
  const stores = overTables(engine.tables())
  for (let n = 0; n < 6; n++) await createHeld(stores, timeAt(1000 + n))
  const before = await cost()
  for (let n = 0; n < 30; n++) await createHeld(stores, n % 2 === 0 ? timeAt(40) : null)
  expect(await cost()).toEqual(before)
})

test('a table of an earlier version gets the indexes that it lacks', async () => {
  const client = connect({ endpoint: engine.endpoint })
  const names = { registry: 'earlier-registry', views: 'earlier-views' }
  const { Table } = await client.send(new DescribeTableCommand({ TableName: TABLE_NAMES.views }))
  const key = (name: string) => ({ AttributeName: name, AttributeType: 'S' as const })
  await client.send(
    new CreateTableCommand({
      TableName: names.views,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [key('pk'), key('sk')],
      KeySchema: Table?.KeySchema,
      StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' },
    }),
  )
  await createTables(client, names)
  await createTables(client, names)
  const stores = overTables(engine.tables(names))
  const id = await createHeld(stores, null)
  expect(await listHeld(stores, 10)).toEqual([id])
  client.destroy()
})
