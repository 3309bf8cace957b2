import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { canaryDocumentNumber } from '#contract/canary.ts'
import { customer, customerList } from '#contract/schemas/customer.ts'
import { token } from '#contract/schemas/service.ts'
import { ApiClient } from '#functions/canary/api-client.ts'
import { runProbe, STEPS } from '#functions/canary/probe.ts'
import { startEngine, type TestEngine } from '../adapters/dynamodb/engine.ts'
import { Agent } from './agent.ts'
import { describeOwnServer } from './own-server.ts'
import { startServer, type TestServer } from './server.ts'

const told = { location: 'loc1', username: 'canary', password: 'canary', lookup: true, pause: wait }
const MARK = canaryDocumentNumber('loc1')

describeOwnServer('the canary', () => {
  let engine: TestEngine
  let server: TestServer
  let canary: Agent
  let agent: Agent

  beforeAll(async () => {
    engine = await startEngine()
    server = await startServer({ DYNAMODB_ENDPOINT: engine.endpoint })
    agent = await Agent.logIn(server)
    const body = { username: told.username, password: told.password }
    const { access_token } = (await server.api('POST', '/v1/auth/token', { body })).as(token)
    canary = new Agent(server, access_token)
  })
  afterAll(async () => {
    await server.stop()
    await engine.stop()
  })

  const marked = async () => {
    const { items } = (await agent.send('GET', '/v1/customers?state=all&limit=100')).as(customerList)
    return items.filter(({ document_number }) => document_number === MARK)
  }

  test('creates, finds, looks up and erases, times each step, and leaves nobody on the list', async () => {
    const { durations: took, leftovers: left, failed } = await runProbe(new ApiClient(server.url), told)
    expect({ failed, left, steps: Object.keys(took) }).toEqual({ failed: null, left: 0, steps: [...STEPS] })
    expect(await marked()).toEqual([])
    expect((await agent.send('GET', '/v1/duplicates')).text).not.toContain('CANARY')
  })

  test('erases what a run before it left that broke off', async () => {
    const { id } = await canary.create({ surname: 'Brokenoff', document_number: MARK })
    expect(await marked()).toHaveLength(1)
    const { leftovers: left, failed } = await runProbe(new ApiClient(server.url), told)
    expect({ left, failed }).toEqual({ left: 1, failed: null })
    expect(await marked()).toEqual([])
    expect((await agent.get(id)).status).toBe(410)
  })

  test('leaves no row that names it or whom it made, and no more than a fixed number of rows', async () => {
    const rows = async () => {
      const tables = engine.tables()
      const all = await Promise.all(
        [tables.names.registry, tables.names.views].map(TableName => tables.scan({ TableName })),
      )
      return all.map(({ Items = [] }) => Items)
    }
    await runProbe(new ApiClient(server.url), told)
    const [before] = await rows()
    await runProbe(new ApiClient(server.url), told)
    const [after] = await rows()
    const kept = new Set(before?.map(({ pk, sk }) => `${pk} ${sk}`))
    const more = after?.filter(({ pk, sk }) => !kept.has(`${pk} ${sk}`)) ?? []
    const kinds = Map.groupBy(more, ({ pk }) => String(pk).split('#')[0])
    expect([...kinds.keys()].filter(kind => kind !== 'locations').sort()).toEqual(['access', 'customer', 'erasure'])
    // A tombstone, and what the seals need of the version that went; the certificate, and that this location has seen to it.
    expect([kinds.get('customer')?.length, kinds.get('erasure')?.length]).toEqual([2, 2])
    // One a request, of which `find` makes as many as it takes.
    expect(kinds.get('access')?.length).toBeLessThan(20)
    expect(JSON.stringify(more)).not.toContain('CANARY')
  })

  test('leaves those alone who only look like it', async () => {
    const { id } = await agent.create({ surname: 'Canary', document_number: 'LOC1' })
    expect((await runProbe(new ApiClient(server.url), told)).leftovers).toBe(0)
    expect((await agent.get(id)).as(customer)).toMatchObject({ surname: 'Canary', state: 'active' })
  })

  test('is refused where it would erase somebody else', async () => {
    for (const document_number of ['P 1', null]) {
      const { id } = await agent.create({ surname: 'Stays', document_number })
      expect((await canary.send('POST', `/v1/customers/${id}/erase`)).status).toBe(403)
      expect((await agent.get(id)).status).toBe(200)
    }
    expect((await canary.send('POST', `/v1/customers/${crypto.randomUUID()}/erase`)).status).toBe(403)
  })

  test('is refused where others merged their customer with its own', async () => {
    const victim = await agent.create({ surname: 'Victim', document_number: 'V 1' })
    const { id } = await canary.create({ surname: 'Victim', document_number: MARK })
    await agent.send('POST', '/v1/duplicates', { ids: [victim.id, id], decision: 'same' })
    for (const erased of [id, victim.id])
      expect((await canary.send('POST', `/v1/customers/${erased}/erase`)).status).toBe(403)
    expect((await agent.get(victim.id)).status).toBe(200)
    await agent.send('POST', `/v1/customers/${[id, victim.id].sort().at(-1)}/split`)
    expect((await canary.send('POST', `/v1/customers/${id}/erase`)).status).toBe(200)
  })

  test('has a mark that nobody else can use', async () => {
    const { id } = await agent.create({ surname: 'Marked' })
    const statements: [method: string, path: string, body: unknown][] = [
      ['POST', '/v1/customers', { surname: 'Marked', document_number: MARK }],
      ['POST', '/v1/customers', { surname: 'Marked', document_number: ' canary-loc9 ' }],
      ['PATCH', `/v1/customers/${id}`, { document_number: MARK }],
      ['PUT', `/v1/customers/${id}`, { surname: 'Marked', document_number: MARK }],
    ]
    for (const [method, path, body] of statements) {
      const answer = await agent.send(method, path, body)
      expect([method, answer.status]).toEqual([method, 400])
      expect(answer.text).toContain('#/document_number')
    }
    const row = JSON.stringify({ id: '1', surname: 'M', document_number: MARK })
    const batch = await agent.send('POST', '/v1/batches?source=marks', row, { 'Content-Type': 'application/x-ndjson' })
    expect(batch.text).toContain('"refused":1')
  })

  test('leaves lookups out where there are none', async () => {
    const { durations: took, failed } = await runProbe(new ApiClient(server.url), { ...told, lookup: false })
    expect(failed).toBeNull()
    expect(Object.keys(took)).toEqual(STEPS.filter(step => step !== 'lookup'))
  })

  test.each([
    ['no API is there', () => 'http://127.0.0.1:9', told.password, 'is not answered'],
    ['its password is another', () => server.url, 'another', 'answered 401'],
  ])('tells the step and the reason where %s', async (_, url, password, reason) => {
    const { failed, durations: took } = await runProbe(new ApiClient(url()), { ...told, password })
    expect(failed).toEqual({ step: 'login', reason: expect.stringContaining(reason) })
    expect(took).toEqual({})
  })

  describe('has a token that is good for nothing else', () => {
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
