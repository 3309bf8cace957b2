import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { APIGatewayProxyEvent } from 'aws-lambda'
import { batch } from '#contract/schemas/batch.ts'
import { customer } from '#contract/schemas/customer.ts'
import { fieldAnswer } from '#contract/schemas/field.ts'
import { problem } from '#contract/schemas/problem.ts'
import { purchase } from '#contract/schemas/purchase.ts'
import { lookupAnswer, searchAnswer } from '#contract/schemas/query.ts'
import { ping } from '#contract/schemas/service.ts'
import {
  type ApiHandler,
  type FunctionEnvironment,
  invokeWithSample,
  sampleEvent,
  startFunctionEnvironment,
} from './function-environment.ts'

let environment: FunctionEnvironment
const handlers = new Map<string, ApiHandler>()

beforeAll(async () => {
  environment = await startFunctionEnvironment()
  handlers.set('batches', (await import('#functions/batches/handler.ts')).handler)
  handlers.set('customers', (await import('#functions/customers/handler.ts')).handler)
  handlers.set('docs', (await import('#functions/docs/handler.ts')).handler)
  handlers.set('fields', (await import('#functions/fields/handler.ts')).handler)
  handlers.set('lookup', (await import('#functions/lookup/handler.ts')).handler)
  handlers.set('purchases', (await import('#functions/purchases/handler.ts')).handler)
  handlers.set('search', (await import('#functions/search/handler.ts')).handler)
  handlers.set('service', (await import('#functions/service/handler.ts')).handler)
})
afterAll(() => environment.engine.stop())

const invoke = async (name: string, change?: Partial<APIGatewayProxyEvent>) => {
  const handler = handlers.get(name)
  if (!handler) throw new Error(`there is no function ${name}`)
  const { statusCode, headers = {}, body } = await invokeWithSample(handler, name, change)
  return { statusCode, headers, body, json: (): unknown => JSON.parse(body) }
}

describe('the sample event', () => {
  test('of customers creates a customer, and returns the same response when repeated', async () => {
    const [first, replay] = [await invoke('customers'), await invoke('customers')]
    expect([first.statusCode, replay.statusCode]).toEqual([201, 201])
    const created = customer.parse(first.json())
    expect(created).toMatchObject({ surname: 'Lovelace', given_name: 'Ada', location: 'loc1' })
    expect(replay.body).toBe(first.body)
    expect(first.headers).toMatchObject({
      Location: `/v/v1/customers/${created.id}`,
      'Cache-Control': 'no-store',
      'X-Request-Id': 'c6af9ac6-7b61-11e6-9a41-93e8deadbeef',
    })
  })

  test('of search returns hits', async () => {
    const { statusCode, json } = await invoke('search')
    expect(statusCode).toBe(200)
    expect(searchAnswer.parse(json())).toMatchObject({ degraded: false, engine: 'memory' })
  })

  test('of lookup is answered without a token, from the table alone', async () => {
    await invoke('customers')
    const { statusCode, json } = await invoke('lookup')
    expect(statusCode).toBe(200)
    expect(lookupAnswer.parse(json()).answer).toBe('listed')
  })

  test('of batches accepts the valid rows and refuses the invalid one', async () => {
    const { statusCode, json } = await invoke('batches')
    expect(statusCode).toBe(200)
    expect(batch.parse(json())).toMatchObject({ source: 'people', actor: 'ada', rows: 3, created: 2, refused: 1 })
  })

  test('of purchases stores one purchase, and returns the same response when repeated', async () => {
    const [first, replay] = [await invoke('purchases'), await invoke('purchases')]
    expect([first.statusCode, replay.statusCode]).toEqual([201, 201])
    expect(purchase.parse(first.json())).toMatchObject({ userid: 'u-4711', price: '19.90', currency: 'EUR' })
    expect(replay.body).toBe(first.body)
  })

  test('of service finds every dependency up', async () => {
    const { statusCode, json } = await invoke('service')
    expect(statusCode).toBe(200)
    expect(ping.parse(json())).toMatchObject({
      status: 'up',
      location: 'loc1',
      database: { tables: ['registry', 'views'] },
    })
  })

  test('of fields requests a field, and changes nothing when repeated', async () => {
    const [first, replay] = [await invoke('fields'), await invoke('fields')]
    expect([first.statusCode, replay.statusCode]).toEqual([201, 201])
    expect(fieldAnswer.parse(first.json())).toMatchObject({ name: 'loyalty', state: 'requested', pii: 'personal' })
    expect(replay.body).toBe(first.body)
  })

  test('of docs returns the file', async () => {
    const { statusCode, headers } = await invoke('docs')
    expect(statusCode).toBe(200)
    expect(headers['Content-Type']).toContain('text/javascript')
  })
})

describe('a path in a response', () => {
  const eventUnderStage = async (stage: string) => {
    const sample = await sampleEvent<APIGatewayProxyEvent>('customers')
    const requestContext = { ...sample.requestContext, stage: 'api', path: `${stage}/v1/customers` }
    return {
      ...sample,
      path: '/v1/customers',
      requestContext,
      headers: { ...sample.headers, 'Idempotency-Key': `under${stage.length}` },
    }
  }

  test.each(['/api', ''])('is one that the caller can request when the stage is "%s"', async stage => {
    const event = await eventUnderStage(stage)
    const { headers, json } = await invoke('customers', event)
    expect(headers.Location).toBe(`${stage}/v1/customers/${customer.parse(json()).id}`)
    const invalid = await invoke('customers', { ...event, body: '{}', isBase64Encoded: false })
    expect(problem.parse(invalid.json()).instance).toBe(`${stage}/v1/customers`)
  })
})

describe('an API function', () => {
  const withAuthorizer = async (
    name: string,
    authorizer: Record<string, unknown> | null,
  ): Promise<Partial<APIGatewayProxyEvent>> => {
    const { requestContext } = await sampleEvent<APIGatewayProxyEvent>(name)
    return { requestContext: { ...requestContext, authorizer } }
  }

  test.each([
    ['without an authorizer', null],
    ['with an empty authorizer context', {}],
    ['with an authorizer context that has no role', { actor: 'ada' }],
    ['with an unknown role', { actor: 'ada', role: 'admin' }],
  ])('%s returns 401', async (_, authorizer) => {
    for (const name of ['customers', 'search', 'batches', 'purchases']) {
      const { statusCode, json } = await invoke(name, await withAuthorizer(name, authorizer))
      expect(statusCode).toBe(401)
      expect(problem.parse(json()).status).toBe(401)
    }
  })

  test('decodes a body that the gateway encoded', async () => {
    const { body } = await sampleEvent<APIGatewayProxyEvent>('search')
    const { statusCode } = await invoke('search', {
      body: Buffer.from(body ?? '').toString('base64'),
      isBase64Encoded: true,
    })
    expect(statusCode).toBe(200)
  })

  test.each([
    ['content-type', 'application/json'],
    ['CONTENT-TYPE', 'application/json; charset=utf-8'],
  ])('reads the header %s with the value %s', async (name, value) => {
    expect((await invoke('search', { headers: { [name]: value } })).statusCode).toBe(200)
  })

  test.each([
    ['no body', { body: null }, 400],
    ['no headers', { headers: {} }, 415],
    ['a body that is not valid JSON', { body: '{' }, 400],
    ['another resource', { resource: '/v1/unknown' }, 404],
    ['another method', { httpMethod: 'DELETE' }, 404],
  ])('returns a problem document for an event with %s', async (_, change, status) => {
    const { statusCode, headers, json } = await invoke('search', change)
    expect(statusCode).toBe(status)
    expect(headers['Content-Type']).toBe('application/problem+json')
    expect(problem.parse(json()).request_id).toBe('c6af9ac6-7b61-11e6-9a41-93e8deadbeef')
  })

  test('takes the address of a lookup from the gateway, not from a header', async () => {
    const first = await invoke('lookup')
    const forged = await invoke('lookup', {
      headers: { 'Content-Type': 'application/json', 'X-Forwarded-For': '203.0.113.9' },
    })
    expect([first.statusCode, forged.statusCode]).toEqual([200, 200])
    const { spent } = await readBudget()
    expect(spent).toBeGreaterThanOrEqual(2)
  })

  /** Returns today's only counter: all lookups came from one address. */
  async function readBudget(): Promise<{ spent: number }> {
    const tables = environment.engine.tables()
    const day = new Date().toISOString().slice(0, 10)
    const { Items = [] } = await tables.query({
      TableName: tables.names.views,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': `budget#${day}` },
    })
    const budgets = Items.filter(({ sk }) => !String(sk).startsWith('guess#'))
    expect(budgets).toHaveLength(1)
    return { spent: Number(budgets[0]?.spent) }
  }
})
