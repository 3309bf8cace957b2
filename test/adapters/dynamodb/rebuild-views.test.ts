import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { DynamoAccessStore } from '#adapters/dynamodb/access-store.ts'
import { DynamoChangeLogStore } from '#adapters/dynamodb/change-log-store.ts'
import { versionRow } from '#adapters/dynamodb/items.ts'
import { DynamoPurchaseStore } from '#adapters/dynamodb/purchase-store.ts'
import { DynamoRecordStore } from '#adapters/dynamodb/record-store.ts'
import type { Tables } from '#adapters/dynamodb/tables.ts'
import { createCustomer } from '#domain/customers/create.ts'
import { patchCustomer } from '#domain/customers/edit.ts'
import { buy } from '#domain/purchases/buy.ts'
import { reconcile } from '#domain/records/reconcile.ts'
import { expire, markPurged } from '#domain/retention/purge.ts'
import { rebuildViews } from '#domain/views/rebuild-views.ts'
import { contextAt } from '#test/in-memory/context.ts'
import { startEngine, TABLE_NAMES, type TestEngine } from './engine.ts'

let engine: TestEngine
beforeAll(async () => {
  engine = await startEngine()
})
afterAll(() => engine.stop())

const ALWAYS = { ifMatch: undefined, idempotencyKey: undefined }
const NO_FIELDS = new Map()
const pause = async () => {}

const toPorts = (tables: Tables) => ({
  records: new DynamoRecordStore(tables),
  lines: new DynamoChangeLogStore(tables, new Set()),
  purchases: new DynamoPurchaseStore(tables),
  accesses: new DynamoAccessStore(tables),
})

async function readItems(tables: Tables, TableName: string) {
  const { Items = [] } = await tables.scan({ TableName })
  return Items.sort((a, b) => (`${a.pk} ${a.sk}` < `${b.pk} ${b.sk}` ? -1 : 1))
}

async function deleteAllViews(tables: Tables): Promise<void> {
  for (const { pk, sk } of await readItems(tables, TABLE_NAMES.views))
    await tables.remove({ TableName: TABLE_NAMES.views, Key: { pk, sk } })
}

/** Rebuilds all views, one page at a time. */
async function rebuild(tables: Tables): Promise<void> {
  for (let next: string | null | undefined; next !== null; )
    ({ next } = await rebuildViews(toPorts(tables), { pause }, next ?? null, () => false))
}

test('deleted views are rebuilt as they were: rows, change log, conflicts and purchase totals', async () => {
  const tables = engine.tables()
  const { records } = toPorts(tables)
  const ids: string[] = []
  for (let n = 0; n < 30; n++) {
    const context = contextAt(n)
    const { customer } = await createCustomer(records, context, NO_FIELDS, { surname: `Name${n}` }, undefined)
    await patchCustomer(records, contextAt(n + 100), NO_FIELDS, customer.id, { dob: '1990' }, ALWAYS)
    ids.push(customer.id)
  }
  const [conflicted = '', purged = ''] = ids
  // Another location changes the first customer at the same time.
  const [created] = await records.versions('customer', conflicted, true)({ limit: 1 })
  if (!created) throw new Error('the customer exists')
  const recorded_at = contextAt(101).now
  const remoteVersion = {
    ...created,
    action: 'update' as const,
    valid_from: recorded_at,
    recorded_at,
    location: 'loc2',
    sets: ['dob'],
    snapshot: { ...created.snapshot, dob: '1991' },
    clock: { ...created.clock, loc2: recorded_at },
  }
  await tables.put({ TableName: TABLE_NAMES.registry, Item: versionRow(remoteVersion) })
  await reconcile(
    records,
    { pause },
    { kind: 'customer', id: conflicted, row: await records.current('customer', conflicted, true) },
    [remoteVersion],
  )
  const { rows } = await records.conflicted(null, 10)
  expect(rows.map(({ id, disputes }) => [id, disputes.length])).toEqual([[conflicted, 1]])
  await expire(records, contextAt(200), purged)
  await markPurged(records, purged)
  const { purchases } = toPorts(tables)
  for (let n = 0; n < 30; n++)
    await buy(purchases, contextAt(n), { username: 'Ada', userid: `u${n % 2}`, price: `${n}.1` }, `key ${n}`, 'EUR')
  // The change log and the purchase totals are made from the stream; the rebuild makes them too.
  await rebuild(tables)

  const before = await readItems(tables, TABLE_NAMES.views)
  const registry = await readItems(tables, TABLE_NAMES.registry)
  expect(before.filter(({ pk }) => String(pk).startsWith('customers#'))).toHaveLength(30)
  expect(await purchases.totals('u1', true)).toEqual([{ currency: 'EUR', count: 15, sum: '226.5' }])
  await deleteAllViews(tables)
  await rebuild(tables)
  expect(await readItems(tables, TABLE_NAMES.views)).toEqual(before)
  expect(await readItems(tables, TABLE_NAMES.registry)).toEqual(registry)
})
