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
  test('of customers creates one, and again answers the same', async () => {
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

  test('of search is answered with hits', async () => {
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

  test('of batches takes the good rows and refuses the other', async () => {
    const { statusCode, json } = await invoke('batches')
    expect(statusCode).toBe(200)
    expect(batch.parse(json())).toMatchObject({ source: 'people', actor: 'ada', rows: 3, created: 2, refused: 1 })
  })

  test('of purchases stores one, and again answers the same', async () => {
    const [first, replay] = [await invoke('purchases'), await invoke('purchases')]
    expect([first.statusCode, replay.statusCode]).toEqual([201, 201])
    expect(purchase.parse(first.json())).toMatchObject({ userid: 'u-4711', price: '19.90', currency: 'EUR' })
    expect(replay.body).toBe(first.body)
  })

  test('of service finds everything up', async () => {
    const { statusCode, json } = await invoke('service')
    expect(statusCode).toBe(200)
    expect(ping.parse(json())).toMatchObject({
      status: 'up',
      location: 'loc1',
      database: { tables: ['registry', 'views'] },
    })
  })

  test('of fields asks for one, and again changes nothing', async () => {
    const [first, replay] = [await invoke('fields'), await invoke('fields')]
    expect([first.statusCode, replay.statusCode]).toEqual([201, 201])
    expect(fieldAnswer.parse(first.json())).toMatchObject({ name: 'loyalty', state: 'requested', pii: 'personal' })
    expect(replay.body).toBe(first.body)
  })

  test('of docs gives the file', async () => {
    const { statusCode, headers } = await invoke('docs')
    expect(statusCode).toBe(200)
    expect(headers['Content-Type']).toContain('text/javascript')
  })
})

describe('a path that is told', () => {
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

  test.each(['/api', ''])('is one that the caller can ask for, where the API is under "%s"', async stage => {
    const event = await eventUnderStage(stage)
    const { headers, json } = await invoke('customers', event)
    expect(headers.Location).toBe(`${stage}/v1/customers/${customer.parse(json()).id}`)
    const invalid = await invoke('customers', { ...event, body: '{}', isBase64Encoded: false })
    expect(problem.parse(invalid.json()).instance).toBe(`${stage}/v1/customers`)
  })
})

describe('a function', () => {
  const withAuthorizer = async (
    name: string,
    authorizer: Record<string, unknown> | null,
  ): Promise<Partial<APIGatewayProxyEvent>> => {
    const { requestContext } = await sampleEvent<APIGatewayProxyEvent>(name)
    return { requestContext: { ...requestContext, authorizer } }
  }

  test.each([
    ['without an authorizer', null],
    ['whose authorizer says nothing', {}],
    ['whose authorizer names no role', { actor: 'ada' }],
    ['whose authorizer names a role that is none', { actor: 'ada', role: 'admin' }],
  ])('%s trusts nobody', async (_, authorizer) => {
    for (const name of ['customers', 'search', 'batches', 'purchases']) {
      const { statusCode, json } = await invoke(name, await withAuthorizer(name, authorizer))
      expect(statusCode).toBe(401)
      expect(problem.parse(json()).status).toBe(401)
    }
  })

  test('reads a body that the gateway has encoded', async () => {
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
  ])('reads the header %s, %s', async (name, value) => {
    expect((await invoke('search', { headers: { [name]: value } })).statusCode).toBe(200)
  })

  test.each([
    ['no body', { body: null }, 400],
    ['no headers', { headers: {} }, 415],
    ['a body that is not valid JSON', { body: '{' }, 400],
    ['a path that is not its own', { resource: '/v1/unknown' }, 404],
    ['a method that is not its own', { httpMethod: 'DELETE' }, 404],
  ])('answers an event with %s by a problem', async (_, change, status) => {
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

  /** The one counter of today: all lookups came from one address. */
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
