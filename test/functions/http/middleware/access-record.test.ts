import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import type { APIGatewayAuthorizerResult, APIGatewayProxyEvent, APIGatewayRequestAuthorizerEvent } from 'aws-lambda'
import { customer } from '#contract/schemas/customer.ts'
import type { Entry } from '#domain/audit/port.ts'
import {
  type ApiHandler,
  type FunctionEnvironment,
  invokeWithSample,
  sampleEvent,
  startFunctionEnvironment,
} from '../../function-environment.ts'

let environment: FunctionEnvironment
let createServices: typeof import('#functions/runtime/services.ts').createServices
let authorizer: (event: APIGatewayRequestAuthorizerEvent) => Promise<APIGatewayAuthorizerResult>
let entriesBetween: typeof import('#domain/audit/entries.ts').entriesBetween
const handlers = new Map<string, ApiHandler>()
let requests = 0

beforeAll(async () => {
  environment = await startFunctionEnvironment()
  for (const name of ['batches', 'customers', 'lookup', 'search', 'service'] as const)
    handlers.set(name, (await import(`#functions/${name}/handler.ts`)).handler)
  ;({ createServices: createServices } = await import('#functions/runtime/services.ts'))
  ;({ handler: authorizer } = await import('#functions/authorizer/handler.ts'))
  ;({ entriesBetween } = await import('#domain/audit/entries.ts'))
  await createServices().accesses.noteDays([today(), new Date(Date.now() + 3_600_000).toISOString().slice(0, 10)])
})
afterAll(() => environment.engine.stop())

const today = () => new Date().toISOString().slice(0, 10)
const ID = '00000000-0000-4000-8000-000000000000'

let seenKeys: Set<string>
const readNewEntries = async (): Promise<Entry[]> => {
  const entries: Entry[] = []
  for await (const entry of entriesBetween(createServices().audit, { above: '0', below: '~' }, false, 100))
    entries.push(entry)
  return entries
}
beforeEach(async () => {
  seenKeys = new Set((await readNewEntries()).map(({ key }) => key))
})

/** Returns the accesses recorded since the test began, without time, location and request id. */
const readNewAccesses = async () =>
  (await readNewEntries())
    .filter(({ key }) => !seenKeys.has(key))
    .map(entry => {
      if (!('access' in entry)) throw new Error('the change log is empty here')
      const { at: _, request_id: __, location: ___, asked, ...rest } = entry.access
      return { ...rest, asked: Object.keys(asked).sort() }
    })

async function invoke(name: string, change: Partial<APIGatewayProxyEvent> = {}) {
  const handler = handlers.get(name)
  if (!handler) throw new Error(`there is no function ${name}`)
  const { requestContext } = await sampleEvent<APIGatewayProxyEvent>(name)
  const event = { requestContext: { ...requestContext, requestId: `request-${++requests}` }, ...change }
  return invokeWithSample(handler, name, event)
}

const getCustomerEvent = (id: string, query: Record<string, string> | null = null): Partial<APIGatewayProxyEvent> => ({
  httpMethod: 'GET',
  resource: '/v1/customers/{id}',
  path: `/v1/customers/${id}`,
  pathParameters: { id },
  queryStringParameters: query,
  body: null,
})

const ADA = { actor: 'ada', asked: [] }

describe('an access record', () => {
  test('is not written for a request that made a version, which is an entry itself', async () => {
    expect((await invoke('customers', { headers: { 'Content-Type': 'application/json' } })).statusCode).toBe(201)
    expect(await readNewAccesses()).toEqual([])
  })

  test.each([
    [
      'a read',
      'customers',
      () => getCustomerEvent(ID),
      404,
      { action: 'getCustomer', outcome: 'not-found', customer: ID },
    ],
    [
      'a read of an invalid id',
      'customers',
      () => getCustomerEvent('Ada Lovelace'),
      400,
      { action: 'getCustomer', outcome: 'invalid-input' },
    ],
    [
      'a search',
      'search',
      () => ({}),
      200,
      {
        ...{ action: 'search', outcome: 'done' },
        ...{ shown: [], shown_count: 0, questions: [expect.stringMatching(/^[\w-]{22}$/)] },
      },
    ],
    ['an invalid search', 'search', () => ({ body: '{' }), 400, { action: 'search', outcome: 'invalid-input' }],
    ['a batch', 'batches', () => ({}), 200, { action: 'createBatch', outcome: 'done' }],
    [
      'a change of an unknown customer',
      'customers',
      () => ({ ...getCustomerEvent(ID), httpMethod: 'PATCH', body: '{"surname":"X"}' }),
      404,
      { action: 'patchCustomer', outcome: 'not-found', customer: ID },
    ],
  ] as const)('is written for %s, with its outcome', async (_, name, change, status, expected) => {
    expect((await invoke(name, change())).statusCode).toBe(status)
    expect(await readNewAccesses()).toEqual([{ ...ADA, ...expected }])
  })

  test('is written for a patch without a change', async () => {
    const created = await invoke('customers', { headers: { 'Content-Type': 'application/json' } })
    const { id } = customer.loose().parse(JSON.parse(created.body))
    const same = { ...getCustomerEvent(id), httpMethod: 'PATCH', body: '{"given_name":"Ada"}' }
    expect((await invoke('customers', same)).statusCode).toBe(200)
    expect(await readNewAccesses()).toEqual([{ ...ADA, action: 'patchCustomer', outcome: 'done', customer: id }])
  })

  test('is written for an operation that the role may not use', async () => {
    handlers.set('operations', (await import('#functions/operations/handler.ts')).handler)
    const { requestContext } = await sampleEvent<APIGatewayProxyEvent>('operations')
    const authorizer = { actor: 'ada', role: 'agent' }
    const { statusCode } = await invoke('operations', {
      requestContext: { ...requestContext, requestId: 'request-forbidden', authorizer },
    })
    expect(statusCode).toBe(403)
    expect(await readNewAccesses()).toMatchObject([{ actor: 'ada', outcome: 'forbidden' }])
  })

  test('is not written for a ping', async () => {
    expect((await invoke('service')).statusCode).toBe(200)
    expect(await readNewAccesses()).toEqual([])
  })

  test('is written for an invalid lookup, with a keyed hash of the network', async () => {
    expect((await invoke('lookup', { body: '{"surname":"Planted"}' })).statusCode).toBe(400)
    expect(await readNewAccesses()).toEqual([
      { actor: 'public', action: 'lookup', outcome: 'invalid-input', asked: ['network'] },
    ])
  })

  test('is written once for a lookup', async () => {
    expect((await invoke('lookup')).statusCode).toBe(200)
    expect(await readNewAccesses()).toMatchObject([{ actor: 'public', action: 'lookup' }])
  })

  test('that cannot be written turns the response into 500', async () => {
    const { DynamoAccessStore } = await import('#adapters/dynamodb/access-store.ts')
    const { record } = DynamoAccessStore.prototype
    DynamoAccessStore.prototype.record = () => Promise.reject(new Error('the table is full'))
    try {
      expect((await invoke('search')).statusCode).toBe(500)
      expect((await invoke('search', { body: '{' })).statusCode).toBe(400)
    } finally {
      DynamoAccessStore.prototype.record = record
    }
  })

  test('is written concurrently with the operation', async () => {
    const { DynamoAccessStore } = await import('#adapters/dynamodb/access-store.ts')
    const { DynamoRecordStore } = await import('#adapters/dynamodb/record-store.ts')
    const [{ record }, { current }] = [DynamoAccessStore.prototype, DynamoRecordStore.prototype]
    let [running, maxRunning] = [0, 0]
    const countRunning = <A extends unknown[], R>(call: (...args: A) => Promise<R>) =>
      async function (this: unknown, ...args: A): Promise<R> {
        maxRunning = Math.max(maxRunning, ++running)
        return call.apply(this, args).finally(() => running--)
      }
    DynamoAccessStore.prototype.record = countRunning(record)
    DynamoRecordStore.prototype.current = countRunning(current)
    try {
      await invoke('customers', getCustomerEvent(ID))
    } finally {
      DynamoAccessStore.prototype.record = record
      DynamoRecordStore.prototype.current = current
    }
    expect(maxRunning).toBe(2)
  })
})

describe('a request without a valid token', () => {
  const authorizeExpectingRefusal = async (headers: Record<string, string>) => {
    const event = await sampleEvent<APIGatewayRequestAuthorizerEvent>('authorizer')
    const requestContext = { ...event.requestContext, requestId: `request-${++requests}` }
    await authorizer({ ...event, requestContext, headers }).catch(() => undefined)
  }

  test('is recorded with its operation and network, and without the token', async () => {
    await authorizeExpectingRefusal({ Authorization: 'Bearer TOKEN' })
    expect(await readNewAccesses()).toEqual([
      { actor: 'public', action: 'listCustomers', outcome: 'unauthenticated', asked: ['network'] },
    ])
  })

  test('repeated often is recorded in few rows with counts', async () => {
    const earlierRows = await readNewAccesses()
    for (let n = 0; n < 400; n++) await authorizeExpectingRefusal({})
    const rows = (await readNewAccesses()).slice(earlierRows.length)
    expect(rows.length).toBeLessThanOrEqual(2 * (10 + 9))
    const sum = rows.reduce((sum, { count = 1 }) => sum + count, 0)
    expect(sum).toBeGreaterThan(200)
    expect(sum).toBeLessThanOrEqual(400)
  })
})
