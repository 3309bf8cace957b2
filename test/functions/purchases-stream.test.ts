import { marshall } from '@aws-sdk/util-dynamodb'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda'
import type { Purchase } from '#contract/schemas/purchase.ts'
import { contextAt } from '#test/in-memory/context.ts'
import { type FunctionEnvironment, startFunctionEnvironment } from './function-environment.ts'

const CUSTOMER = '3f2b8d1e-6c54-4a8e-9d0f-7b1c2a3d4e5f'

let environment: FunctionEnvironment
let reconcile: (event: DynamoDBStreamEvent) => Promise<unknown>
let createServices: typeof import('#functions/runtime/services.ts').createServices
let buy: typeof import('#domain/purchases/buy.ts').buy

beforeAll(async () => {
  environment = await startFunctionEnvironment()
  ;({ createServices: createServices } = await import('#functions/runtime/services.ts'))
  ;({ buy } = await import('#domain/purchases/buy.ts'))
  reconcile = (await import('#functions/reconcile/handler.ts')).handler
})
afterAll(() => environment.engine.stop())

type Row = Record<string, unknown>
const toRow = ({ id, userid, ...rest }: Purchase): Row => ({ pk: `purchases#${userid}`, sk: id, ...rest })

const SEQUENCE = '100000000000000000001'

/** A stream record of a row before and after a change. */
const toStreamRecord = (before: Row | null, after: Row | null) =>
  ({
    eventName: before ? (after ? 'MODIFY' : 'REMOVE') : 'INSERT',
    dynamodb: {
      SequenceNumber: SEQUENCE,
      ...(before ? { OldImage: marshall(before) } : {}),
      ...(after ? { NewImage: marshall(after) } : {}),
    },
  }) as DynamoDBRecord

let users = 0
/** Stores purchases of a user that are not counted yet. */
async function buyMany(count: number, userid = `user-${++users}`): Promise<Purchase[]> {
  const requests = Array.from({ length: count }, () => ({ username: 'Ada', userid, price: '0.10' }))
  return Promise.all(
    requests.map((body, n) => buy(createServices().purchases, contextAt(n), body, `${userid} ${n}`, 'EUR')),
  )
}

const getTotals = async (user = `user-${users}`) => {
  const { purchases } = createServices()
  const { purchases: rows } = await purchases.byTime(user, {}, null, 1000)
  return { rows: rows.length, totals: await purchases.totals(user, true) }
}
const expectedTotals = (count: number, sum: string) => ({ rows: count, totals: [{ currency: 'EUR', count, sum }] })
const NO_PURCHASES = { rows: 0, totals: [] }

describe('the consumer of the registry stream', () => {
  test('counts each purchase once, for any order, repetition and overlap of batches', async () => {
    const records = (await buyMany(60)).map(purchase => toStreamRecord(null, toRow(purchase)))
    await reconcile({ Records: [...records.slice(30), ...records.slice(20, 40).toReversed()] })
    expect(await getTotals()).toEqual(expectedTotals(40, '4'))
    await reconcile({ Records: records })
    await reconcile({ Records: records.toReversed() })
    expect(await getTotals()).toEqual(expectedTotals(60, '6'))
  })

  test('skips other rows of the registry', async () => {
    const claim = { pk: 'purchase-key#c1', sk: 'claim', purchase: 'p1' }
    await reconcile({ Records: [toStreamRecord(null, claim), toStreamRecord(claim, null)] })
  })

  test('counts the stored row when another location has replaced it', async () => {
    const [first] = (await buyMany(1)) as [Purchase]
    const second = { ...first, timestamp: '2026-06-01T13:00:00.000Z' }
    await reconcile({ Records: [toStreamRecord(null, toRow(first))] })
    const { registry } = createServices().tables.names
    await createServices().tables.put({ TableName: registry, Item: toRow(second) })
    await reconcile({ Records: [toStreamRecord(toRow(first), toRow(second)), toStreamRecord(null, toRow(first))] })
    expect(await getTotals()).toEqual(expectedTotals(1, '0.1'))
    expect((await createServices().purchases.byTime(first.userid, {}, null, 10)).purchases).toEqual([second])
  })

  test('subtracts a removed purchase once, also when its insertion is delivered again', async () => {
    const rows = (await buyMany(3)).map(purchase => ({ ...purchase, claim: null }))
    await reconcile({ Records: rows.map(purchase => toStreamRecord(null, toRow(purchase))) })
    const [removed] = rows.slice(0, 1)
    if (!removed) throw new Error('the purchase exists')
    await createServices().purchases.remove([removed])
    const record = toStreamRecord(toRow(removed), null)
    await reconcile({ Records: [record, toStreamRecord(null, toRow(removed)), record] })
    expect(await getTotals()).toEqual(expectedTotals(2, '0.2'))
  })

  test('reports an unreadable row, so that the batch is retried', async () => {
    const unreadable = toStreamRecord(null, { pk: 'purchases#u', sk: 'p' })
    expect(await reconcile({ Records: [unreadable] })).toEqual({ batchItemFailures: [{ itemIdentifier: SEQUENCE }] })
  })
})

test("a customer's tombstone deletes their purchases, and purchases that arrive later", async () => {
  const earlyPurchases = await buyMany(3, CUSTOMER)
  await reconcile({ Records: earlyPurchases.map(purchase => toStreamRecord(null, toRow(purchase))) })
  expect(await getTotals(CUSTOMER)).toEqual(expectedTotals(3, '0.3'))

  const tombstone = { pk: `customer#${CUSTOMER}`, sk: 'erased' }
  const { tables, purchases } = createServices()
  await tables.put({ TableName: tables.names.registry, Item: tombstone })
  await reconcile({ Records: [toStreamRecord(null, tombstone)] })
  expect(await getTotals(CUSTOMER)).toEqual(NO_PURCHASES)
  expect((await purchases.ofUser(CUSTOMER, null, 10)).purchases).toEqual([])

  // A purchase that another location accepted before the tombstone arrived there.
  const [latePurchase] = earlyPurchases.slice(0, 1)
  if (!latePurchase) throw new Error('the purchase exists')
  await purchases.put({ ...latePurchase, claim: null })
  await reconcile({ Records: [toStreamRecord(null, toRow(latePurchase))] })
  expect(await getTotals(CUSTOMER)).toEqual(NO_PURCHASES)
  expect((await purchases.ofUser(CUSTOMER, null, 10)).purchases).toEqual([])
})
