import { afterAll, beforeAll, expect } from '@jest/globals'
import { batch } from '#contract/schemas/batch.ts'
import { Agent } from '../e2e/agent.ts'
import { testLocalServer } from '../e2e/conditional-tests.ts'
import { startServer, type TestServer } from '../e2e/server.ts'
import { until } from '../e2e/until.ts'

let server: TestServer
let agent: Agent

beforeAll(async () => {
  server = await startServer({ POWERTOOLS_LOG_LEVEL: 'DEBUG' })
  agent = await Agent.logIn(server)
})
afterAll(() => server.stop())

const readLog = () => `${server.local?.run.stdout}${server.local?.run.stderr}`

testLocalServer(
  'the log has one entry per request, by request id, and no content of requests or responses',
  async () => {
    const person = {
      surname: 'Confidentialis',
      given_name: 'Privatus',
      dob: '1911-11-11',
      document_number: 'SECRET-4711',
      details: { city: 'Hiddenham' },
    }
    const { id } = await agent.create(person, { 'Idempotency-Key': 'my-own-key' })
    await agent.patch(id, { surname: 'Confidentialior' })
    await agent.send('POST', '/v1/customers', { surname: 'Confidentialis', dob: '1911-11-31', nick: 'Privatus' })
    await agent.send('GET', '/v1/customers?q=confidentialis&limit=0')
    await agent.send('POST', '/v1/search', { q: 'Confidentialis Privatus' })
    await agent.send('POST', '/v1/match', { queries: [person], explain: true })
    await server.api('POST', '/v1/lookup', { body: { surname: 'Confidentialis', document_number: 'SECRET-4711' } })
    await server.api('POST', '/v1/auth/token', { body: { username: 'agent', password: 'my-wrong-password' } })
    const buy = { username: 'Confidentialis', userid: 'secret-buyer', price: '4711.50' }
    await agent.send('POST', '/buy', buy, { 'Idempotency-Key': 'my-own-key' })
    await agent.send('POST', '/buy', buy)
    await agent.send('GET', '/getAllUserBuys/secret-buyer')
    await agent.send('GET', '/getAllUserBuys/secret-buyer?limit=0')
    await agent.send('GET', '/v1/purchases?user=secret-buyer')
    const rows =
      '{"id":"own-key-of-source","surname":"Confidentialis"}\n{"id":"2","surname":"Confidentialis","dob":"1911-11-31"}'
    const response = await agent.send('POST', '/v1/batches?source=secret-source', rows, {
      'Content-Type': 'application/x-ndjson',
    })
    expect(response.as(batch)).toMatchObject({ created: 1, refused: 1 })
    const lastRequestId = response.headers.get('x-request-id') ?? ''
    await until(() => readLog().includes(lastRequestId), 5000, 'the log entry of the last request')

    const lines = readLog()
      .split('\n')
      .filter(line => line.startsWith('{'))
      .map(line => JSON.parse(line))
    expect(
      lines.filter(({ message, operation }) => message === 'answered' && operation === 'createCustomer'),
    ).toHaveLength(1)
    expect(lines.filter(({ request_id }) => request_id === lastRequestId)).toHaveLength(1)
    const answered = lines.filter(({ message }) => message === 'answered')
    expect(new Set(answered.map(line => line.function_request_id)).size).toBe(answered.length)
    // What is the same in every line of a function is not repeated.
    for (const name of ['cold_start', 'function_arn', 'function_memory_size', 'function_name', 'sampling_rate'])
      expect(answered.filter(line => name in line)).toEqual([])
    // Request ids are random and may contain four equal digits.
    const log = readLog()
      .toLowerCase()
      .replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '')
    for (const secret of [
      'confidentiali',
      'privatus',
      '1911',
      'secret',
      '4711',
      'hiddenham',
      'my-own-key',
      'own-key-of-source',
      'my-wrong-password',
      agent.token.slice(-20),
    ])
      expect(log).not.toContain(secret.toLowerCase())
  },
)
