import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { canaryDocumentNumber } from '#contract/canary.ts'
import { customer, customerList } from '#contract/schemas/customer.ts'
import { token } from '#contract/schemas/service.ts'
import { ApiClient } from '#functions/canary/api-client.ts'
import { runProbe, STEPS } from '#functions/canary/probe.ts'
import { startEngine, type TestEngine } from '../adapters/dynamodb/engine.ts'
import { Agent } from './agent.ts'
import { describeLocalServer } from './conditional-tests.ts'
import { startServer, type TestServer } from './server.ts'
import { until } from './until.ts'

const config = { location: 'loc1', username: 'canary', password: 'canary', lookup: true, pause: wait }
const BOUND = 10_000
const RESERVED_NUMBER = canaryDocumentNumber('loc1')

describeLocalServer('the canary', () => {
  let engine: TestEngine
  let server: TestServer
  let canary: Agent
  let agent: Agent

  beforeAll(async () => {
    engine = await startEngine()
    server = await startServer({ DYNAMODB_ENDPOINT: engine.endpoint })
    agent = await Agent.logIn(server)
    const body = { username: config.username, password: config.password }
    const { access_token } = (await server.api('POST', '/v1/auth/token', { body })).as(token)
    canary = new Agent(server, access_token)
  })
  afterAll(async () => {
    await server.stop()
    await engine.stop()
  })

  const listReserved = async () => {
    const { items } = (await agent.send('GET', '/v1/customers?state=all&limit=100')).as(customerList)
    return items.filter(({ document_number }) => document_number === RESERVED_NUMBER)
  }

  test('creates, finds, looks up and erases a customer, measures each step and leaves nothing on the list', async () => {
    const { durations, leftovers, failed } = await runProbe(new ApiClient(server.url), config)
    expect({ failed, left: leftovers, steps: Object.keys(durations) }).toEqual({
      failed: null,
      left: 0,
      steps: [...STEPS],
    })
    expect(await listReserved()).toEqual([])
    expect((await agent.send('GET', '/v1/duplicates')).text).not.toContain('CANARY')
  })

  test('erases the customer that an interrupted run left', async () => {
    const { id } = await canary.create({ surname: 'Brokenoff', document_number: RESERVED_NUMBER })
    expect(await listReserved()).toHaveLength(1)
    const search = async () => agent.send('POST', '/v1/search', { document_number: RESERVED_NUMBER })
    await until(async () => (await search()).text.includes(id), BOUND, 'the customer to be found')
    const { leftovers, failed } = await runProbe(new ApiClient(server.url), config)
    expect({ left: leftovers, failed }).toEqual({ left: 1, failed: null })
    expect(await listReserved()).toEqual([])
    expect((await agent.get(id)).status).toBe(410)
  })

  test('leaves a fixed number of items, none of which contains its customer', async () => {
    const rows = async () => {
      const tables = engine.tables()
      const results = await Promise.all(
        [tables.names.registry, tables.names.views].map(TableName => tables.scan({ TableName })),
      )
      return results.map(({ Items = [] }) => Items)
    }
    await runProbe(new ApiClient(server.url), config)
    const [before] = await rows()
    await runProbe(new ApiClient(server.url), config)
    const [after] = await rows()
    const keysBefore = new Set(before?.map(({ pk, sk }) => `${pk} ${sk}`))
    const newItems = after?.filter(({ pk, sk }) => !keysBefore.has(`${pk} ${sk}`)) ?? []
    const kinds = Map.groupBy(newItems, ({ pk }) => String(pk).split('#')[0])
    expect([...kinds.keys()].filter(kind => kind !== 'locations').sort()).toEqual(['access', 'customer', 'erasure'])
    // A tombstone and the redacted version that seals need; the certificate and the acknowledgement of this location.
    expect([kinds.get('customer')?.length, kinds.get('erasure')?.length]).toEqual([2, 2])
    // One access record a request; the number of requests in `find` varies.
    expect(kinds.get('access')?.length).toBeLessThan(20)
    expect(JSON.stringify(newItems)).not.toContain('CANARY')
  })

  test('does not erase a customer that only resembles its own', async () => {
    const { id } = await agent.create({ surname: 'Canary', document_number: 'LOC1' })
    expect((await runProbe(new ApiClient(server.url), config)).leftovers).toBe(0)
    expect((await agent.get(id)).as(customer)).toMatchObject({ surname: 'Canary', state: 'active' })
  })

  test('may not erase other customers', async () => {
    for (const document_number of ['P 1', null]) {
      const { id } = await agent.create({ surname: 'Stays', document_number })
      expect((await canary.send('POST', `/v1/customers/${id}/erase`)).status).toBe(403)
      expect((await agent.get(id)).status).toBe(200)
    }
    expect((await canary.send('POST', `/v1/customers/${crypto.randomUUID()}/erase`)).status).toBe(403)
  })

  test('may not erase its customer after it was merged with another', async () => {
    const victim = await agent.create({ surname: 'Victim', document_number: 'V 1' })
    const { id } = await canary.create({ surname: 'Victim', document_number: RESERVED_NUMBER })
    await agent.send('POST', '/v1/duplicates', { ids: [victim.id, id], decision: 'same' })
    for (const erased of [id, victim.id])
      expect((await canary.send('POST', `/v1/customers/${erased}/erase`)).status).toBe(403)
    expect((await agent.get(victim.id)).status).toBe(200)
    await agent.send('POST', `/v1/customers/${[id, victim.id].sort().at(-1)}/split`)
    expect((await canary.send('POST', `/v1/customers/${id}/erase`)).status).toBe(200)
  })

  test('has a document number that nobody else can use', async () => {
    const { id } = await agent.create({ surname: 'Marked' })
    const statements: [method: string, path: string, body: unknown][] = [
      ['POST', '/v1/customers', { surname: 'Marked', document_number: RESERVED_NUMBER }],
      ['POST', '/v1/customers', { surname: 'Marked', document_number: ' canary-loc9 ' }],
      ['PATCH', `/v1/customers/${id}`, { document_number: RESERVED_NUMBER }],
      ['PUT', `/v1/customers/${id}`, { surname: 'Marked', document_number: RESERVED_NUMBER }],
    ]
    for (const [method, path, body] of statements) {
      const answer = await agent.send(method, path, body)
      expect([method, answer.status]).toEqual([method, 400])
      expect(answer.text).toContain('#/document_number')
    }
    const row = JSON.stringify({ id: '1', surname: 'M', document_number: RESERVED_NUMBER })
    const batch = await agent.send('POST', '/v1/batches?source=marks', row, { 'Content-Type': 'application/x-ndjson' })
    expect(batch.text).toContain('"refused":1')
  })

  test('skips lookups when they are not configured', async () => {
    const { durations, failed } = await runProbe(new ApiClient(server.url), { ...config, lookup: false })
    expect(failed).toBeNull()
    expect(Object.keys(durations)).toEqual(STEPS.filter(step => step !== 'lookup'))
  })

  test.each([
    ['the API is unreachable', () => 'http://127.0.0.1:9', config.password, 'is not answered'],
    ['its password is wrong', () => server.url, 'another', 'answered 401'],
  ])('reports the failed step and the reason when %s', async (_, url, password, reason) => {
    const { failed, durations } = await runProbe(new ApiClient(url()), { ...config, password })
    expect(failed).toEqual({ step: 'login', reason: expect.stringContaining(reason) })
    expect(durations).toEqual({})
  })

  describe('may not call', () => {
    test.each([
      ['GET', '/v1/customers'],
      ['GET', '/v1/audit'],
      ['PUT', '/v1/retention'],
      ['POST', '/v1/retention/runs'],
      ['POST', '/v1/batches'],
      ['POST', '/v1/match'],
      ['POST', '/v1/fields/city/authorise'],
      ['POST', '/v1/index/rebuild'],
      ['PATCH', '/v1/customers/3f2b8d1e-6c54-4a8e-9d0f-7b1c2a3d4e5f'],
      ['DELETE', '/v1/customers/3f2b8d1e-6c54-4a8e-9d0f-7b1c2a3d4e5f'],
      ['PUT', '/v1/customers/3f2b8d1e-6c54-4a8e-9d0f-7b1c2a3d4e5f/hold'],
      ['POST', '/buy'],
      ['GET', '/v1/customers/3f2b8d1e-6c54-4a8e-9d0f-7b1c2a3d4e5f/history'],
      ['GET', '/v1/customers/3f2b8d1e-6c54-4a8e-9d0f-7b1c2a3d4e5f/diff?from=2020-01-01'],
      ['GET', '/v1/customers/3f2b8d1e-6c54-4a8e-9d0f-7b1c2a3d4e5f/duplicates'],
    ])('%s %s', async (method, path) => {
      expect((await canary.send(method, path, method === 'GET' ? undefined : {})).status).toBe(403)
    })
  })
})
