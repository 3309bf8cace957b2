import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals'
import { DirectCalls } from '#adapters/dynamodb/direct-calls.ts'
import { toDocuments } from '#adapters/dynamodb/sdk-documents.ts'
import type { Tables } from '#adapters/dynamodb/tables.ts'
import { LOCAL_IDENTITY } from '#adapters/signed-posts.ts'
import { TABLE_NAMES } from './engine.ts'
import { errorOf, type Fault, startFaultyEngine } from './faulty-engine.ts'

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

const { views } = TABLE_NAMES

test('after a response that says that the clocks differ, requests are signed with the corrected time', async () => {
  const tables = server.tables(true)
  server.state.aheadMs = 3_600_000
  server.state.faults = [{ status: 400, type: 'RequestTimeTooSkewed' }]
  const get = () => tables.get({ TableName: views, Key: { pk: 'a', sk: 'a' } })
  const first = await get()
  const second = await get()
  expect([first.$metadata.attempts, second.$metadata.attempts]).toEqual([2, 1])
  const aheadBy = server.state.received.map(({ date }) => {
    const time = Date.parse(date.replace(/^(....)(..)(..)T(..)(..)(..)Z$/, '$1-$2-$3T$4:$5:$6Z'))
    return ((time - Date.now()) / 3_600_000).toFixed(1).replace('-', '')
  })
  expect(aheadBy).toEqual(['0.0', '1.0', '1.0'])
})

test('an attempt that gets no response in time is repeated by the SDK', async () => {
  const client = server.client()
  const target = { endpoint: server.endpoint, identity: LOCAL_IDENTITY, timeoutMs: 100 }
  const calls = new DirectCalls(target, async () => toDocuments(client))
  server.state.faults = ['no response']
  const answer = await calls.call('GetItem', { TableName: views, Key: { pk: 'a', sk: 'a' } })
  calls.destroy()
  expect(answer.$metadata).toMatchObject({ httpStatusCode: 200, attempts: 2 })
})

const temporaryFaults: [string, Fault][] = [
  ['a request that the engine loses', 'lost request'],
  ['a response that is lost', 'lost response'],
  ['an internal error', { status: 500, type: 'InternalServerError' }],
  ['throttling', { status: 400, type: 'ThrottlingException' }],
  ['exceeded throughput', { status: 400, type: 'ProvisionedThroughputExceededException' }],
  ['an unavailable service', { status: 503, type: 'ServiceUnavailable' }],
]

test.each(temporaryFaults)('%s is repeated by the SDK, as the second attempt', async (_, fault) => {
  server.state.faults = [fault]
  const answer = await direct.put({ TableName: views, Item: { pk: 'repeated', sk: 'a' } })
  expect(answer.$metadata).toMatchObject({ httpStatusCode: 200, attempts: 2 })
  expect(server.state.received).toHaveLength(2)
  expect(server.state.received[0]?.body).toBe(server.state.received[1]?.body)
})

test.each(['InvalidSignatureException', 'UnrecognizedClientException', 'ExpiredTokenException'])(
  'a request that is refused as %s is signed anew by the SDK',
  async type => {
    server.state.faults = [{ status: 400, type }]
    const answer = await direct.put({ TableName: views, Item: { pk: 'signed', sk: 'a' } })
    expect(answer.$metadata).toMatchObject({ httpStatusCode: 200, attempts: 1 })
    expect(server.state.received).toHaveLength(2)
  },
)

// Not throttling: the SDK waits several seconds between these attempts.
test.each(temporaryFaults.slice(0, 3))(
  '%s ends after as many attempts, and with the same error, as with the SDK',
  async (_, fault) => {
    server.state.repeatedFault = fault
    const get = (tables: Tables) => errorOf(tables.get({ TableName: views, Key: { pk: 'a', sk: 'a' } }))
    const error = await get(direct)
    const attempts = server.state.received.length
    server.state.received = []
    const expected = await get(sdk)
    expect(attempts).toBe(server.state.received.length)
    expect(attempts).toBe(5)
    const withoutDelay = (value: unknown) =>
      JSON.parse(JSON.stringify(value), (name, member) => (name === 'totalRetryDelay' ? undefined : member))
    expect(withoutDelay(error)).toEqual(withoutDelay(expected))
  },
  20_000,
)

test('after an outage, successful calls restore the budget of retries', async () => {
  server.state.repeatedFault = { status: 500, type: 'InternalServerError' }
  const get = () => direct.get({ TableName: views, Key: { pk: 'a', sk: 'a' } })
  await Promise.all(Array.from({ length: 40 }, () => errorOf(get())))
  server.state.received = []
  await errorOf(get())
  expect(server.state.received).toHaveLength(1)
  server.state.repeatedFault = null
  for (let n = 0; n < 100; n++) await get()
  server.state.received = []
  server.state.faults = [{ status: 500, type: 'InternalServerError' }]
  expect((await get()).$metadata.attempts).toBe(2)
  // So that the tests that follow have their retries.
  for (let n = 0; n < 400; n++) await get()
})

test('a response that is not JSON is the same error as with the SDK', async () => {
  server.state.repeatedFault = 'not JSON'
  const get = (tables: Tables) => errorOf(tables.get({ TableName: views, Key: { pk: 'a', sk: 'a' } }))
  const error = await get(direct)
  const attempts = server.state.received.length
  server.state.received = []
  expect(error).toEqual(await get(sdk))
  expect(attempts).toBe(server.state.received.length)
})

test('a transaction whose response is lost is repeated under the same token, and so takes effect once', async () => {
  server.state.faults = ['lost response']
  const add = { UpdateExpression: 'ADD #n :one', ExpressionAttributeNames: { '#n': 'n' } }
  const values = { ExpressionAttributeValues: { ':one': 1 } }
  const Key = { pk: 'token', sk: 'a' }
  await direct.transactWrite({ TransactItems: [{ Update: { TableName: views, Key, ...add, ...values } }] })
  const tokens = server.state.received.map(({ body }) => JSON.parse(body).ClientRequestToken)
  expect(tokens).toHaveLength(2)
  expect(tokens[0]).toBeTruthy()
  expect(tokens[0]).toBe(tokens[1])
  expect((await sdk.get({ TableName: views, Key })).Item).toMatchObject({ n: 1 })
})
