import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { DynamoAccessStore } from '#adapters/dynamodb/access-store.ts'
import { DynamoChangeLogStore } from '#adapters/dynamodb/change-log-store.ts'
import { unpackCurrent, versionRow } from '#adapters/dynamodb/items.ts'
import { DynamoPurchaseStore } from '#adapters/dynamodb/purchase-store.ts'
import { DynamoRecordStore } from '#adapters/dynamodb/record-store.ts'
import type { Tables } from '#adapters/dynamodb/tables.ts'
import { createCustomer } from '#domain/customers/create.ts'
import { patchCustomer } from '#domain/customers/edit.ts'
import { buy } from '#domain/purchases/buy.ts'
import { rebuildCurrent } from '#domain/records/apply-tombstone.ts'
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

/** The rows of a table, by key, with their members unpacked: the order of members in a packed text says nothing. */
async function readItems(tables: Tables, TableName: string) {
  const { Items = [] } = await tables.scan({ TableName })
  const rows = Items.map(item => ({ ...item, ...Object(unpackCurrent(item)) }))
  return rows.sort((a, b) => (`${a.pk} ${a.sk}` < `${b.pk} ${b.sk}` ? -1 : 1))
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

test('correct views are only read, and what is wrong or missing is put again', async () => {
  const tables = engine.tables()
  const { records } = toPorts(tables)
  const { customer } = await createCustomer(records, contextAt(300), NO_FIELDS, { surname: 'Ada' }, undefined)
  await rebuild(tables)
  const correct = await readItems(tables, TABLE_NAMES.views)
  const rowKey = ({ pk, sk }: Record<string, unknown>) => ({ pk, sk })
  const isLine = ({ pk, sk }: Record<string, unknown>) =>
    String(pk).startsWith('audit#') && String(sk).endsWith(customer.id)
  const line = correct.find(isLine)
  const row = correct.find(({ sk }) => sk === customer.id)
  const day = correct.find(
    ({ pk, sk }) => pk === 'days#valid' && String(sk).startsWith(customer.valid_from.slice(0, 10)),
  )
  if (!line || !row || !day) throw new Error('the views have the customer, its change-log entry and its day')

  const written = tables.meter.wru_base
  await rebuild(tables)
  expect(tables.meter.wru_base - written).toBe(0)

  const { views } = TABLE_NAMES
  // An earlier version of the program had no index of names.
  const { name_key: _, name_sk: __, ...earlierRow } = row
  await tables.put({ TableName: views, Item: earlierRow })
  await rebuild(tables)
  expect(await readItems(tables, views)).toEqual(correct)
  await tables.put({ TableName: views, Item: { ...line, actor: 'eve' } })
  await tables.put({ TableName: views, Item: { ...row, snapshot: { surname: 'Eve' } } })
  await tables.remove({ TableName: views, Key: rowKey(day) })
  await rebuild(tables)
  expect(await readItems(tables, views)).toEqual(correct)
  await tables.remove({ TableName: views, Key: rowKey(line) })
  await tables.remove({ TableName: views, Key: rowKey(row) })
  await rebuild(tables)
  expect(await readItems(tables, views)).toEqual(correct)
})

test('values that are removed while views are rebuilt do not return to the row', async () => {
  const tables = engine.tables()
  const ports = toPorts(tables)
  const { records } = ports
  const { customer } = await createCustomer(records, contextAt(400), NO_FIELDS, { surname: 'Quillfeather' }, undefined)
  await rebuild(tables)
  const { versions } = await records.loadPartition('customer', customer.id)
  const row = (await readItems(tables, TABLE_NAMES.views)).find(({ sk }) => sk === customer.id)
  const { name_key: _, ...rowWithoutName } = row ?? {}
  await tables.put({ TableName: TABLE_NAMES.views, Item: rowWithoutName })

  const restoreLines = ports.lines.restoreLines.bind(ports.lines)
  let removals = 0
  ports.lines.restoreLines = async lines => {
    await restoreLines(lines)
    if (!lines.some(({ id }) => id === customer.id)) return
    removals += 1
    await records.redact(versions.map(({ snapshot: { surname: _, ...snapshot }, ...v }) => ({ ...v, snapshot })))
    await rebuildCurrent(records, { pause }, 'customer', customer.id)
  }
  let next: string | null = null
  do ({ next } = await rebuildViews(ports, { pause }, next, () => false))
  while (next !== null)
  expect(removals).toBeGreaterThan(0)
  expect(JSON.stringify(await readItems(tables, TABLE_NAMES.views))).not.toContain('Quillfeather')
})
