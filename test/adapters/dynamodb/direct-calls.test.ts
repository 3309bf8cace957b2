import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals'
import type { Tables } from '#adapters/dynamodb/tables.ts'
import { TABLE_NAMES } from './engine.ts'
import { comparable, errorOf, startFaultyEngine } from './faulty-engine.ts'

let server: Awaited<ReturnType<typeof startFaultyEngine>>
let direct: Tables
let sdk: Tables

beforeAll(async () => {
  server = await startFaultyEngine()
  direct = server.tables(true)
  sdk = server.tables(false)
})
afterEach(() => server.reset())
afterAll(() => server.stop())

const { registry, views } = TABLE_NAMES
const ITEM = {
  sk: 'a',
  text: 'Żółć ☃',
  number: -12.5,
  flag: false,
  nothing: null,
  list: ['x', { deep: [1, 2] }],
  map: { empty: {}, unstated: undefined },
}
const ABSENT = {
  ConditionExpression: 'attribute_not_exists(pk)',
  ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
} as const

/** What every operation returns, in a partition of its own. */
async function runAll(tables: Tables, pk: string): Promise<unknown[]> {
  const key = { pk, sk: 'a' }
  const item = { ...ITEM, pk }
  const put = (sk: string) => ({ PutRequest: { Item: { pk, sk } } })
  return [
    await tables.put({ TableName: views, Item: item, ReturnValues: 'ALL_OLD' }),
    await tables.put({ TableName: views, Item: { ...item, number: 7 }, ReturnValues: 'ALL_OLD' }),
    await tables.get({ TableName: views, Key: key, ConsistentRead: true }),
    await tables.get({ TableName: views, Key: { pk, sk: 'missing' } }),
    await tables.update({
      TableName: views,
      Key: key,
      UpdateExpression: 'ADD #number :one SET #list = :list',
      ExpressionAttributeNames: { '#number': 'number', '#list': 'list' },
      ExpressionAttributeValues: { ':one': 1, ':list': [{ a: 'b' }, null] },
      ReturnValues: 'ALL_NEW',
    }),
    await tables.batchWrite({ RequestItems: { [views]: ['b', 'c', 'd'].map(put) } }),
    await tables.batchWrite({ RequestItems: { [views]: [{ DeleteRequest: { Key: { pk, sk: 'd' } } }] } }),
    await tables.query({
      TableName: views,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': pk },
      ExclusiveStartKey: key,
      Limit: 1,
    }),
    await tables.query({
      TableName: views,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': pk },
      ScanIndexForward: false,
    }),
    await tables.transactWrite({
      TransactItems: [
        { Put: { TableName: registry, Item: { pk, sk: 'f', ...ITEM.map } } },
        { Delete: { TableName: views, Key: { pk, sk: 'b' } } },
        {
          Update: {
            TableName: views,
            Key: key,
            UpdateExpression: 'SET flag = :flag',
            ExpressionAttributeValues: { ':flag': true },
          },
        },
        { ConditionCheck: { TableName: views, Key: { pk, sk: 'c' }, ConditionExpression: 'attribute_exists(pk)' } },
      ],
    }),
    await tables.remove({ TableName: views, Key: key, ReturnValues: 'ALL_OLD' }),
  ]
}

test('every operation sends what the SDK sends and returns what it returns', async () => {
  const answers = await runAll(direct, 'direct')
  const sent = server.state.received.map(({ target, body }) => [target, JSON.parse(body)])
  server.state.received = []
  const expected = await runAll(sdk, 'other1')
  const withoutToken = (value: unknown, pk: string) =>
    JSON.parse(JSON.stringify(comparable(value, pk)), (name, member) =>
      name === 'ClientRequestToken' ? undefined : member,
    )
  expect(answers).toHaveLength(11)
  expect(comparable(answers, 'direct')).toEqual(comparable(expected, 'other1'))
  expect(withoutToken(sent, 'direct')).toEqual(
    withoutToken(
      server.state.received.map(({ target, body }) => [target, JSON.parse(body)]),
      'other1',
    ),
  )
})

test('a table is scanned as the SDK scans it', async () => {
  await direct.put({ TableName: registry, Item: { ...ITEM, pk: 'scan' } })
  const input = { TableName: registry, FilterExpression: 'pk = :pk', ExpressionAttributeValues: { ':pk': 'scan' } }
  const answer = await direct.scan(input)
  expect(answer.Items).toMatchObject([{ pk: 'scan', list: ITEM.list }])
  expect(comparable(answer)).toEqual(comparable(await sdk.scan(input)))
})

test('several rows are read together as the SDK reads them', async () => {
  await direct.put({ TableName: views, Item: { ...ITEM, pk: 'batch' } })
  const input = { RequestItems: { [views]: { Keys: [{ pk: 'batch', sk: 'a' }], ConsistentRead: true } } }
  const answer = await direct.batchGet(input)
  expect(answer.Responses?.[views]).toEqual([{ ...ITEM, pk: 'batch', map: { empty: {} } }])
  expect(comparable(answer)).toEqual(comparable(await sdk.batchGet(input)))
})

test('keys that a batch did not read are decoded as the SDK decodes them', async () => {
  const UnprocessedKeys = { views: { Keys: [{ pk: { S: 'a' }, sk: { S: 'b' } }], ConsistentRead: true } }
  server.state.repeatedFault = { status: 200, body: { UnprocessedKeys, Responses: { views: [] } } }
  const input = { RequestItems: { views: { Keys: [{ pk: 'a', sk: 'b' }] } } }
  const answer = await direct.batchGet(input)
  expect(answer.UnprocessedKeys?.views?.Keys).toEqual([{ pk: 'a', sk: 'b' }])
  expect(comparable(answer)).toEqual(comparable(await sdk.batchGet(input)))
})

test('rows that a batch did not write are decoded as the SDK decodes them', async () => {
  const row = { PutRequest: { Item: { pk: { S: 'a' }, n: { N: '1' } } } }
  const key = { DeleteRequest: { Key: { pk: { S: 'b' }, sk: { S: 'c' } } } }
  server.state.repeatedFault = { status: 200, body: { UnprocessedItems: { views: [row, key] } } }
  const input = { RequestItems: { views: [{ DeleteRequest: { Key: { pk: 'b', sk: 'c' } } }] } }
  const answer = await direct.batchWrite(input)
  expect(answer.UnprocessedItems?.views?.[0]).toEqual({ PutRequest: { Item: { pk: 'a', n: 1 } } })
  expect(comparable(answer)).toEqual(comparable(await sdk.batchWrite(input)))
})

test('the path of an endpoint is kept as the SDK keeps it', async () => {
  const Key = { pk: 'a', sk: 'a' }
  for (const isDirect of [true, false])
    await server
      .tables(isDirect, `${server.endpoint}/tables`)
      .get({ TableName: views, Key })
      .catch(() => undefined)
  const urls = [...new Set(server.state.received.map(({ url }) => url))]
  expect(urls).toHaveLength(1)
  expect(urls[0]).toMatch(/^\/tables/)
})

test('requests are signed for the service and region', async () => {
  await direct.get({ TableName: views, Key: { pk: 'a', sk: 'a' } })
  expect(server.state.received[0]?.authorization).toMatch(
    /^AWS4-HMAC-SHA256 Credential=local\/\d{8}\/local\/dynamodb\/aws4_request, SignedHeaders=[^,]*host[^,]*, Signature=[0-9a-f]{64}$/,
  )
})

test('sets of texts are sent directly', async () => {
  const item = { pk: 'texts', sk: 'a', texts: new Set(['a', 'b']) }
  await direct.put({ TableName: views, Item: item })
  // The SDK signs headers of its own.
  expect(server.state.received.map(({ authorization }) => authorization)).toEqual([
    expect.not.stringContaining('amz-sdk'),
  ])
  const { Item } = await direct.get({ TableName: views, Key: { pk: 'texts', sk: 'a' } })
  expect(Item).toEqual(item)
})

test('values that JSON does not have are sent through the SDK', async () => {
  const item = { pk: 'bytes', sk: 'a', bytes: new Uint8Array([1, 2, 255]), texts: new Set(['a']) }
  await direct.put({ TableName: views, Item: item })
  const { Item } = await direct.get({ TableName: views, Key: { pk: 'bytes', sk: 'a' } })
  expect(Item).toEqual(item)
})

const refusedCalls: [string, string, (tables: Tables) => Promise<unknown>][] = [
  [
    'a condition that does not hold',
    'ConditionalCheckFailedException',
    tables => tables.put({ TableName: views, Item: { pk: 'taken', sk: 'a' }, ...ABSENT }),
  ],
  [
    'a cancelled transaction',
    'TransactionCanceledException',
    tables =>
      tables.transactWrite({
        TransactItems: [
          { Put: { TableName: registry, Item: { pk: 'taken', sk: 'b' } } },
          { Put: { TableName: views, Item: { pk: 'taken', sk: 'a' }, ...ABSENT } },
        ],
      }),
  ],
  ['a missing table', 'ResourceNotFoundException', tables => tables.get({ TableName: 'missing', Key: { pk: 'a' } })],
  ['an invalid key', 'ValidationException', tables => tables.get({ TableName: views, Key: { pk: 'a' } })],
]

test.each(refusedCalls)('%s is the same error as with the SDK, after one request', async (_, name, call) => {
  await sdk.put({ TableName: views, Item: { ...ITEM, pk: 'taken' } })
  server.state.received = []
  const error = await errorOf(call(direct))
  expect(server.state.received).toHaveLength(1)
  expect(error).toMatchObject({ name })
  expect(error).toEqual(await errorOf(call(sdk)))
})
