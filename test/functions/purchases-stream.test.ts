import { marshall } from '@aws-sdk/util-dynamodb'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda'
import type { Purchase } from '#contract/schemas/purchase.ts'
import { callAt } from '#test/in-memory/call.ts'
import { type FunctionSurroundings, surroundFunctions } from './surroundings.ts'

const CUSTOMER = '3f2b8d1e-6c54-4a8e-9d0f-7b1c2a3d4e5f'

let surroundings: FunctionSurroundings
let reconcile: (event: DynamoDBStreamEvent) => Promise<unknown>
let services: typeof import('#functions/services.ts').services
let buy: typeof import('#domain/purchases/buy.ts').buy

beforeAll(async () => {
  surroundings = await surroundFunctions()
  ;({ services } = await import('#functions/services.ts'))
  ;({ buy } = await import('#domain/purchases/buy.ts'))
  reconcile = (await import('#functions/reconcile/handler.ts')).handler
})
afterAll(() => surroundings.engine.stop())

type Row = Record<string, unknown>
const rowOf = ({ id, userid, ...rest }: Purchase): Row => ({ pk: `purchases#${userid}`, sk: id, ...rest })

const SEQUENCE = '100000000000000000001'

/** What the stream tells of a row: what it was, and what it is. */
const told = (before: Row | null, after: Row | null) =>
  ({
    eventName: before ? (after ? 'MODIFY' : 'REMOVE') : 'INSERT',
    dynamodb: {
      SequenceNumber: SEQUENCE,
      ...(before ? { OldImage: marshall(before) } : {}),
      ...(after ? { NewImage: marshall(after) } : {}),
    },
  }) as DynamoDBRecord

let users = 0
/** As many purchases of a user, stored and not counted yet. */
async function bought(count: number, userid = `user-${++users}`): Promise<Purchase[]> {
  const sent = Array.from({ length: count }, () => ({ username: 'Ada', userid, price: '0.10' }))
  return Promise.all(sent.map((body, n) => buy(services().purchases, callAt(n), body, `${userid} ${n}`, 'EUR')))
}

const countedOf = async (user = `user-${users}`) => {
  const { purchases } = services()
  const { purchases: rows } = await purchases.byTime(user, {}, null, 1000)
  return { rows: rows.length, totals: await purchases.totals(user, true) }
}
const sums = (count: number, sum: string) => ({ rows: count, totals: [{ currency: 'EUR', count, sum }] })
const NOTHING = { rows: 0, totals: [] }

describe('the reader of the registry', () => {
  test('counts each purchase once, told twice, in any order and in batches that overlap', async () => {
    const records = (await bought(60)).map(one => told(null, rowOf(one)))
    await reconcile({ Records: [...records.slice(30), ...records.slice(20, 40).toReversed()] })
    expect(await countedOf()).toEqual(sums(40, '4'))
    await reconcile({ Records: records })
    await reconcile({ Records: records.toReversed() })
    expect(await countedOf()).toEqual(sums(60, '6'))
  })

  test('passes over what else lies in the registry', async () => {
    const claim = { pk: 'purchase-key#c1', sk: 'claim', purchase: 'p1' }
    await reconcile({ Records: [told(null, claim), told(claim, null)] })
  })

  test('counts the row that is there, where another location has replaced it', async () => {
    const [first] = (await bought(1)) as [Purchase]
    const second = { ...first, timestamp: '2026-06-01T13:00:00.000Z' }
    await reconcile({ Records: [told(null, rowOf(first))] })
    const { registry } = services().tables.names
    await services().tables.put({ TableName: registry, Item: rowOf(second) })
    await reconcile({ Records: [told(rowOf(first), rowOf(second)), told(null, rowOf(first))] })
    expect(await countedOf()).toEqual(sums(1, '0.1'))
    expect((await services().purchases.byTime(first.userid, {}, null, 10)).purchases).toEqual([second])
  })

  test('takes off what went, once, also where its coming is told again', async () => {
    const rows = (await bought(3)).map(one => ({ ...one, claim: null }))
    await reconcile({ Records: rows.map(one => told(null, rowOf(one))) })
    const [gone] = rows.slice(0, 1)
    if (!gone) throw new Error('it was bought')
    await services().purchases.remove([gone])
    const record = told(rowOf(gone), null)
    await reconcile({ Records: [record, told(null, rowOf(gone)), record] })
    expect(await countedOf()).toEqual(sums(2, '0.2'))
  })

  test('with a row that cannot be read fails, so that the batch comes again', async () => {
    const unreadable = told(null, { pk: 'purchases#u', sk: 'p' })
    expect(await reconcile({ Records: [unreadable] })).toEqual({ batchItemFailures: [{ itemIdentifier: SEQUENCE }] })
  })
})

test("a customer's tombstone takes their purchases along, and those that come later", async () => {
  const early = await bought(3, CUSTOMER)
  await reconcile({ Records: early.map(one => told(null, rowOf(one))) })
  expect(await countedOf(CUSTOMER)).toEqual(sums(3, '0.3'))

  const tombstone = { pk: `customer#${CUSTOMER}`, sk: 'erased' }
  const { tables, purchases } = services()
  await tables.put({ TableName: tables.names.registry, Item: tombstone })
  await reconcile({ Records: [told(null, tombstone)] })
  expect(await countedOf(CUSTOMER)).toEqual(NOTHING)
  expect((await purchases.ofUser(CUSTOMER, null, 10)).purchases).toEqual([])

  // One that another location had taken before it knew.
  const [late] = early.slice(0, 1)
  if (!late) throw new Error('it was bought')
  await purchases.put({ ...late, claim: null })
  await reconcile({ Records: [told(null, rowOf(late))] })
  expect(await countedOf(CUSTOMER)).toEqual(NOTHING)
  expect((await purchases.ofUser(CUSTOMER, null, 10)).purchases).toEqual([])
})
