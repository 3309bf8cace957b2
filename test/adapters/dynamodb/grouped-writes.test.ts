import { TransactionCanceledException } from '@aws-sdk/client-dynamodb'
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals'
import type { Tables } from '#adapters/dynamodb/tables.ts'
import { TABLE_NAMES } from './engine.ts'
import { startFaultyEngine } from './faulty-engine.ts'

const { views } = TABLE_NAMES
const ABSENT = { ConditionExpression: 'attribute_not_exists(pk)' }

let server: Awaited<ReturnType<typeof startFaultyEngine>>
let grouped: Tables
/** Sends each write by itself. */
let single: Tables

beforeAll(async () => {
  server = await startFaultyEngine()
  grouped = server.groupedTables()
  single = server.tables(true)
})
afterEach(() => server.reset())
afterAll(() => server.stop())

let partitions = 0
const newPartition = () => `partition-${++partitions}`
const put = (pk: string, sk: string, more: object = {}) => grouped.put({ TableName: views, Item: { pk, sk, ...more } })
const rowsOf = async (pk: string) => {
  const { Items } = await single.query({
    ...{ TableName: views, KeyConditionExpression: 'pk = :pk', ExpressionAttributeValues: { ':pk': pk } },
    ConsistentRead: true,
  })
  return Items ?? []
}
const operations = () => server.state.received.map(({ target }) => target.replace(/^.*\./, ''))
const numbers = (count: number) => Array.from({ length: count }, (_, n) => n)

test('writes that arrive during a commit are committed in one transaction', async () => {
  const pk = newPartition()
  await Promise.all(numbers(10).map(n => put(pk, String(n))))
  expect(operations()).toEqual(['PutItem', 'TransactWriteItems'])
  expect(await rowsOf(pk)).toHaveLength(10)
})

test('a write alone is sent as it is', async () => {
  const pk = newPartition()
  await put(pk, 'a')
  await grouped.remove({ TableName: views, Key: { pk, sk: 'a' } })
  expect(operations()).toEqual(['PutItem', 'DeleteItem'])
})

test('a batch is one transaction', async () => {
  const pk = newPartition()
  const requests = numbers(25).map(n => ({ PutRequest: { Item: { pk, sk: String(n) } } }))
  await put(pk, 'removed')
  const answer = await grouped.batchWrite({
    RequestItems: { [views]: [...requests.slice(0, 24), { DeleteRequest: { Key: { pk, sk: 'removed' } } }] },
  })
  expect(answer.UnprocessedItems).toEqual({})
  expect(operations()).toEqual(['PutItem', 'TransactWriteItems'])
  expect(await rowsOf(pk)).toHaveLength(24)
})

test('each caller gets the outcome of its own write', async () => {
  const pk = newPartition()
  await put(pk, 'taken')
  const cancelled = { Put: { TableName: views, Item: { pk, sk: 'taken' }, ...ABSENT } }
  const results = await Promise.allSettled([
    put(pk, 'first'),
    grouped.put({ TableName: views, Item: { pk, sk: 'taken', by: 'second' }, ...ABSENT }),
    grouped.transactWrite({ TransactItems: [{ Put: { TableName: views, Item: { pk, sk: 'never' } } }, cancelled] }),
    put(pk, 'last'),
  ])
  const outcomes = results.map(result => (result.status === 'rejected' ? result.reason.name : 'written'))
  expect(outcomes).toEqual(['written', 'ConditionalCheckFailedException', 'TransactionCanceledException', 'written'])
  const reason: unknown = results[2]?.status === 'rejected' ? results[2].reason : null
  const codes = reason instanceof TransactionCanceledException && reason.CancellationReasons?.map(({ Code }) => Code)
  expect(codes).toEqual(['None', 'ConditionalCheckFailed'])
  expect(await rowsOf(pk)).toEqual([
    { pk, sk: 'first' },
    { pk, sk: 'last' },
    { pk, sk: 'taken' },
  ])
})

test('a write that the engine does not accept fails alone', async () => {
  const pk = newPartition()
  const results = await Promise.allSettled([
    put(pk, 'first'),
    put(pk, 'large', { text: 'x'.repeat(500_000) }),
    put(pk, 'last'),
  ])
  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
  expect(await rowsOf(pk)).toEqual([
    { pk, sk: 'first' },
    { pk, sk: 'last' },
  ])
})

test('writes of one item happen in their order', async () => {
  const pk = newPartition()
  const Key = { pk, sk: 'a' }
  const update = (n: number) =>
    grouped.update({
      ...{ TableName: views, Key, UpdateExpression: 'SET #of = list_append(if_not_exists(#of, :none), :n)' },
      ExpressionAttributeNames: { '#of': 'order' },
      ExpressionAttributeValues: { ':n': [n], ':none': [] },
    })
  await Promise.all(numbers(5).map(update))
  expect(await rowsOf(pk)).toEqual([{ ...Key, order: [0, 1, 2, 3, 4] }])
})

test('an update returns the item if the caller wants it', async () => {
  const pk = newPartition()
  const update = (sk: string) =>
    grouped.update({
      ...{ TableName: views, Key: { pk, sk }, UpdateExpression: 'ADD amount :one', ReturnValues: 'ALL_NEW' },
      ExpressionAttributeValues: { ':one': 1 },
    })
  const answers = await Promise.all(['a', 'b', 'c'].map(update))
  expect(answers.map(({ Attributes }) => Attributes)).toEqual(['a', 'b', 'c'].map(sk => ({ pk, sk, amount: 1 })))
})

test('more writes than a transaction can have are committed in several', async () => {
  const pk = newPartition()
  await Promise.all(numbers(251).map(n => put(pk, String(n))))
  expect(operations()).toEqual(['PutItem', 'TransactWriteItems', 'TransactWriteItems', 'TransactWriteItems'])
  expect(await rowsOf(pk)).toHaveLength(251)
})

test('writes of a transaction whose response was lost are written once', async () => {
  const pk = newPartition()
  const held = grouped.put({ TableName: views, Item: { pk, sk: 'held' } })
  server.state.faults = [{ status: 500, type: 'InternalServerError' }, 'lost response']
  const absent = (sk: string) => grouped.put({ TableName: views, Item: { pk, sk }, ...ABSENT })
  await Promise.all([held, ...['a', 'b', 'c'].map(absent)])
  const tokens = server.state.received.map(({ body }) => /"ClientRequestToken":"([^"]*)"/.exec(body)?.[1])
  expect(new Set(tokens.filter(token => token !== undefined)).size).toBe(1)
  expect(await rowsOf(pk)).toHaveLength(4)
})

test('if the engine does not answer, every write fails, and the next ones are tried again', async () => {
  const pk = newPartition()
  server.state.repeatedFault = { status: 500, type: 'InternalServerError' }
  const results = await Promise.allSettled(['a', 'b', 'c'].map(sk => put(pk, sk)))
  expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected'])
  server.reset()
  await put(pk, 'd')
  expect(await rowsOf(pk)).toEqual([{ pk, sk: 'd' }])
})
