import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { customer } from '#contract/schemas/customer.ts'
import { problem } from '#contract/schemas/problem.ts'
import { typeAnswer, typeList } from '#contract/schemas/type.ts'
import { Agent } from './agent.ts'
import { startServer, type TestServer } from './server.ts'
import { until } from './until.ts'

/** The timeout for a customer to reach the index. */
const BOUND = 30_000

let server: TestServer
let agent: Agent
let provider: Agent

beforeAll(async () => {
  server = await startServer()
  ;[agent, provider] = await Promise.all([Agent.logIn(server), Agent.logIn(server, 'provider')])
})
afterAll(() => server.stop())

describe('a customer type', () => {
  const decideOn = (name: string, decision: string, user = provider) =>
    user.send('POST', `/v1/types/${name}/${decision}`)

  test('is requested, authorised, used and searched, and cannot be removed while in use', async () => {
    const name = `PARTNER_${Date.now()}`
    expect((await agent.send('POST', '/v1/types', { name, label: 'Partner' })).as(typeAnswer)).toMatchObject({
      name,
      state: 'requested',
      built_in: false,
    })
    expect((await agent.send('POST', '/v1/customers', { surname: 'Type', type: name })).status).toBe(400)
    expect((await decideOn(name, 'authorise', agent)).status).toBe(403)
    expect((await decideOn(name, 'authorise')).status).toBe(200)
    const created = await agent.create({ surname: `Typed${Date.now()}`, type: name })
    expect(created.type).toBe(name)
    await until(async () => (await agent.list(`type=${name}`)).length > 0, BOUND, 'the customer in the list')
    expect((await agent.list(`type=${name}`)).map(({ id }) => id)).toEqual([created.id])
    expect((await agent.list(`changed_since=2000-01-01&type=${name}`)).map(({ id }) => id)).toEqual([created.id])
    expect((await agent.list(`changed_since=${created.updated_at}&limit=100`)).map(({ id }) => id)).toContain(
      created.id,
    )
    await until(
      async () => (await agent.search({ q: created.surname, mode: 'exact', type: name })).length === 1,
      BOUND,
      'the customer in the index',
    )
    expect(await agent.search({ q: created.surname, mode: 'exact', type: 'INSTITUTION' })).toEqual([])
    const response = (await provider.send('DELETE', `/v1/types/${name}`)).as(problem)
    expect(response).toMatchObject({ status: 409, detail: expect.stringContaining('1 customer has it') })
    expect((await agent.patch(created.id, { type: 'PERSON' })).as(customer).type).toBe('PERSON')
    expect((await provider.send('DELETE', `/v1/types/${name}`)).as(typeAnswer).state).toBe('removed')
    expect((await agent.patch(created.id, { type: name })).as(problem).errors).toMatchObject([{ pointer: '#/type' }])
    expect((await agent.read(created.id, `as_of=${created.valid_from}`)).type).toBe(name)
  })

  test('that is built in cannot be removed', async () => {
    const { items } = (await agent.send('GET', '/v1/types')).as(typeList)
    expect(items.slice(0, 2)).toMatchObject([
      { name: 'PERSON', built_in: true, state: 'authorised' },
      { name: 'INSTITUTION', built_in: true, state: 'authorised' },
    ])
    expect((await provider.send('DELETE', '/v1/types/PERSON')).status).toBe(409)
    expect((await agent.send('POST', '/v1/types', { name: 'INSTITUTION' })).status).toBe(409)
  })

  test.each(['person', '__proto__', 'A-B', '', 'X'.repeat(41)])('cannot be called %j', async name => {
    expect((await agent.send('POST', '/v1/types', { name })).as(problem)).toMatchObject({
      status: 400,
      errors: [{ pointer: '#/name' }],
    })
  })
})
