import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { fieldAnswer } from '#contract/schemas/field.ts'
import { driftAnswer } from '#contract/schemas/operations.ts'
import { Agent } from './agent.ts'
import { Fields } from './fields.ts'
import { startServer, type TestServer } from './server.ts'
import { until } from './until.ts'

/** The timeout for writes to reach the index, and for the index to follow the fields. */
const BOUND = 30_000

let server: TestServer
let agent: Agent
let provider: Agent
let fields: Fields

beforeAll(async () => {
  server = await startServer()
  ;[agent, provider] = await Promise.all([Agent.logIn(server), Agent.logIn(server, 'provider')])
  fields = new Fields(agent, provider)
})
afterAll(() => server.stop())

const findExact = async (q: string) => (await agent.search({ q, mode: 'exact' })).map(hit => hit.customer.id)

describe('a removed field', () => {
  const VALUE = `Umbrastone${Date.now()}`

  test('disappears from every response at once and from the index soon, and returns when it is authorised again', async () => {
    const name = await fields.createAuthorised({ searchable: true })
    const { id } = await agent.create({ surname: 'Removed', given_name: 'Fieldson', details: { [name]: VALUE } })
    const other = await agent.create({ surname: 'Removed', given_name: 'Fieldson' })
    const before = new Date().toISOString()
    const listed = async () => (await agent.list(`detail.${name}=${VALUE}`)).map(customer => customer.id)
    // Both: an exact search may read the table, and the list reads the index.
    await until(async () => (await findExact(VALUE)).includes(id), BOUND, 'the value in exact searches')
    await until(async () => (await listed()).includes(id), BOUND, 'the value in the index')
    expect(await listed()).toEqual([id])
    expect(
      (await agent.search({ q: 'Removed Fieldson', details: { [name]: VALUE } })).map(hit => hit.customer.id),
    ).toEqual([id])
    const [hit] = await agent.search({ q: VALUE, mode: 'exact' })
    expect(hit?.customer.details).toEqual({ [name]: VALUE })

    expect((await fields.remove(name)).as(fieldAnswer).state).toBe('removed')
    expect(await findExact(VALUE)).toEqual([])
    expect(await agent.list(`q=${VALUE}`)).toEqual([])
    expect((await agent.send('GET', `/v1/customers?detail.${name}=${VALUE}`)).status).toBe(400)
    const hint = { queries: [{ surname: 'Removed' }], threshold: 0, explain: true }
    const requests: [user: Agent, method: string, path: string, body?: object][] = [
      [agent, 'GET', `/customers/${id}`],
      [agent, 'GET', `/customers/${id}?consistent=true`],
      [agent, 'GET', `/customers/${id}?as_of=${before}`],
      [agent, 'GET', `/customers/${id}?known_at=${before}`],
      [agent, 'GET', '/customers?limit=100&state=all'],
      [agent, 'GET', `/customers?limit=100&as_of=${before}`],
      [agent, 'GET', `/customers/${id}/history`],
      [agent, 'GET', `/customers/${id}/diff?from=2000-01-01`],
      [agent, 'GET', '/diff?from=2000-01-01&limit=100'],
      [agent, 'GET', `/customers/${other.id}/duplicates`],
      [agent, 'GET', '/duplicates?limit=100'],
      [agent, 'POST', '/search', { q: VALUE }],
      [agent, 'POST', '/search', { q: 'Removed Fieldson', threshold: 0 }],
      [agent, 'POST', '/match', hint],
      [agent, 'POST', '/match', { ...hint, as_of: before }],
      [agent, 'PATCH', `/customers/${id}`, { given_name: 'Fielda' }],
      [agent, 'POST', '/duplicates', { ids: [id, other.id], decision: 'different' }],
      [provider, 'GET', `/customers/${id}`],
      [provider, 'GET', '/customers?limit=100&state=all'],
    ]
    // One after the other: an emulated database needs seconds for a list as of a moment.
    for (const [user, method, path, body] of requests) {
      const { status, text } = await user.send(method, `/v1${path}`, body)
      expect({ method, path, status, text: status === 200 ? '' : text }).toEqual({
        method,
        path,
        status: 200,
        text: '',
      })
      expect(text.replaceAll(`"q":"${VALUE}"`, '')).not.toContain(VALUE)
    }
    const providerHistory = await provider.send('GET', `/v1/customers/${id}/history`)
    expect(providerHistory.text).toContain(VALUE)
    expect((await provider.read(id, `as_of=${before}`)).details).toEqual({ [name]: VALUE })
    expect(
      (await agent.delete(id)).text + (await agent.restore(id)).text + (await agent.put(id, { surname: 'Put' })).text,
    ).not.toContain(VALUE)

    await until(async () => (await fields.get(name)).index.done, BOUND, 'the index to follow')
    expect((await fields.get(name)).index.customers).toBeGreaterThanOrEqual(2)
    const drift = (await provider.send('POST', '/v1/index/drift', {})).as(driftAnswer)
    expect(drift.differences.different).toEqual({ count: 0, ids: [] })

    expect((await fields.decide(name, 'authorise')).status).toBe(200)
    expect((await agent.read(id)).details).toEqual({ [name]: VALUE })
    await until(async () => (await findExact(VALUE)).includes(id), BOUND, 'the value in the index again')
    await until(async () => (await fields.get(name)).index.done, BOUND, 'the index to follow again')
  })
})
