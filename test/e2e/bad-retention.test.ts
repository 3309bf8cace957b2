import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { problem } from '#contract/schemas/problem.ts'
import { holdAnswer, policyAnswer, runList } from '#contract/schemas/retention.ts'
import { Agent } from './agent.ts'
import { startServer, type TestServer } from './server.ts'

const NOBODY = '00000000-0000-4000-8000-000000000000'

let server: TestServer
let agent: Agent
let provider: Agent
let id: string
beforeAll(async () => {
  server = await startServer({ REGISTRY_SAMPLE: '0' })
  agent = await Agent.logIn(server)
  provider = await Agent.logIn(server, 'provider')
  id = (await agent.create({ surname: 'Stays' })).id
})
afterAll(async () => {
  // The tests must not cause anybody on the list to be purged.
  await provider.send('PUT', '/v1/retention', { days: null })
  await server.stop()
})

const pointers = (response: { as(schema: typeof problem): { errors: { pointer: string }[] } }) =>
  response
    .as(problem)
    .errors.map(({ pointer }) => pointer)
    .sort()

describe('an invalid policy is refused with every error, and the policy before remains:', () => {
  beforeAll(async () => {
    await provider.send('PUT', '/v1/retention', { days: 1000, types: { PERSON: 500 } })
  })

  test.each<[what: string, body: unknown, at: string[]]>([
    ['zero days', { days: 0 }, ['#/days']],
    ['negative days', { days: -1 }, ['#/days']],
    ['half a day', { days: 1.5 }, ['#/days']],
    ['more than a hundred years', { days: 1e9 }, ['#/days']],
    ['days as text', { days: '30' }, ['#/days']],
    ['missing days', {}, ['#/days']],
    [
      'a type with zero days',
      { days: 30, types: { PERSON: 0, INSTITUTION: -1 } },
      ['#/types/INSTITUTION', '#/types/PERSON'],
    ],
    ['an unknown type', { days: 30, types: { ROBOT: 5 } }, ['#/types/ROBOT']],
    [
      'several errors at once',
      { days: 0, types: { PERSON: 'never' }, hours: 1 },
      ['#/days', '#/hours', '#/types/PERSON'],
    ],
  ])('%s', async (_, body, at) => {
    const response = await provider.send('PUT', '/v1/retention', body)
    expect({ status: response.status, at: pointers(response) }).toEqual({ status: 400, at })
    const policy = (await provider.send('GET', '/v1/retention')).as(policyAnswer)
    expect(policy).toEqual({ days: 1000, types: { PERSON: 500 } })
  })
})

test.each<[what: string, body: unknown, at: string[]]>([
  ['without a reason', {}, ['#/reason']],
  ['with an empty reason', { reason: '  ' }, ['#/reason']],
  ['that has ended', { reason: 'a', until: '2001-01-01' }, ['#/until']],
  ['until an invalid date', { reason: 'a', until: '2031-02-30' }, ['#/until']],
  ['with an unknown member', { reason: 'a', by: 'me' }, ['#/by']],
])('a hold %s is refused and makes no version', async (_, body, at) => {
  const response = await provider.send('PUT', `/v1/customers/${id}/hold`, body)
  expect({ status: response.status, at: pointers(response) }).toEqual({ status: 400, at })
  expect(await agent.versions(id)).toBe(1)
})

test('an invalid request for a run is refused and leaves no report', async () => {
  const responses = await Promise.all([
    provider.send('POST', '/v1/retention/runs', { dry_run: 'yes' }),
    provider.send('POST', '/v1/retention/runs?cursor=x', {}),
    provider.send('GET', '/v1/retention/runs?limit=0'),
  ])
  expect(responses.map(({ status }) => status)).toEqual([400, 400, 400])
  expect((await provider.send('GET', '/v1/retention/runs')).as(runList).items).toEqual([])
})

describe('an agent', () => {
  test.each([
    ['GET', '/v1/retention'],
    ['PUT', '/v1/retention'],
    ['GET', '/v1/retention/runs'],
    ['POST', '/v1/retention/runs'],
  ])('may not %s %s', async (method, path) => {
    expect((await agent.send(method, path)).status).toBe(403)
  })

  test('may not hold or erase, and cannot tell whether a customer exists', async () => {
    for (const [method, operation] of [
      ['PUT', 'hold'],
      ['DELETE', 'hold'],
      ['POST', 'erase'],
    ] as const) {
      const [knownCustomer, unknownCustomer] = await Promise.all(
        [id, NOBODY].map(customerId => agent.send(method, `/v1/customers/${customerId}/${operation}`)),
      )
      const withoutRequest = ({ instance: _, request_id: __, ...rest }: Record<string, unknown>) => rest
      expect(knownCustomer?.status).toBe(403)
      expect(withoutRequest(knownCustomer?.json as never)).toEqual(withoutRequest(unknownCustomer?.json as never))
    }
    expect(await agent.versions(id)).toBe(1)
  })
})

test('an unknown customer cannot be held or erased', async () => {
  const responses = await Promise.all([
    provider.send('POST', `/v1/customers/${NOBODY}/erase`),
    provider.send('PUT', `/v1/customers/${NOBODY}/hold`, { reason: 'a' }),
    provider.send('DELETE', `/v1/customers/${NOBODY}/hold`),
    provider.send('DELETE', `/v1/customers/${id}/hold`),
  ])
  expect(responses.map(response => [response.status, response.as(problem).detail])).toEqual([
    [404, 'Customer not found'],
    [404, 'Customer not found'],
    [404, 'Customer not found'],
    [404, 'This customer has no hold'],
  ])
  expect((await provider.send('GET', `/v1/customers/${NOBODY}`)).status).toBe(404)
})

test('a held customer cannot be erased, and the response says why', async () => {
  const hold = await provider.send('PUT', `/v1/customers/${id}/hold`, {
    reason: 'case 12/2026',
    until: '2099-01-01',
  })
  expect(hold.as(holdAnswer)).toEqual({ id, held: true, reason: 'case 12/2026', until: '2099-01-01T00:00:00.000Z' })
  const response = await provider.send('POST', `/v1/customers/${id}/erase`)
  expect([response.status, response.as(problem).detail]).toEqual([
    409,
    `The customer ${id} is held (case 12/2026): end the hold first`,
  ])
  expect((await agent.get(id)).status).toBe(200)
})
