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
  // Nobody of the list is to leave by what was tried here.
  await provider.send('PUT', '/v1/retention', { days: null })
  await server.stop()
})

const pointers = (answer: { as(schema: typeof problem): { errors: { pointer: string }[] } }) =>
  answer
    .as(problem)
    .errors.map(({ pointer }) => pointer)
    .sort()

describe('a policy that is none is told, with every fault, and the one before stays', () => {
  beforeAll(async () => {
    await provider.send('PUT', '/v1/retention', { days: 1000, types: { PERSON: 500 } })
  })

  test.each<[what: string, body: unknown, at: string[]]>([
    ['no days', { days: 0 }, ['#/days']],
    ['fewer than none', { days: -1 }, ['#/days']],
    ['half a day', { days: 1.5 }, ['#/days']],
    ['more than a hundred years', { days: 1e9 }, ['#/days']],
    ['days in words', { days: '30' }, ['#/days']],
    ['days that are not said', {}, ['#/days']],
    [
      'a type without days',
      { days: 30, types: { PERSON: 0, INSTITUTION: -1 } },
      ['#/types/INSTITUTION', '#/types/PERSON'],
    ],
    ['a type that there is not', { days: 30, types: { ROBOT: 5 } }, ['#/types/ROBOT']],
    ['several at once', { days: 0, types: { PERSON: null }, hours: 1 }, ['#/days', '#/hours', '#/types/PERSON']],
  ])('%s', async (_, body, at) => {
    const answer = await provider.send('PUT', '/v1/retention', body)
    expect({ status: answer.status, at: pointers(answer) }).toEqual({ status: 400, at })
    const now = (await provider.send('GET', '/v1/retention')).as(policyAnswer)
    expect(now).toEqual({ days: 1000, types: { PERSON: 500 } })
  })
})

test.each<[what: string, body: unknown, at: string[]]>([
  ['without a reason', {}, ['#/reason']],
  ['with an empty reason', { reason: '  ' }, ['#/reason']],
  ['that is over', { reason: 'a', until: '2001-01-01' }, ['#/until']],
  ['until a day that is none', { reason: 'a', until: '2031-02-30' }, ['#/until']],
  ['with more than that', { reason: 'a', by: 'me' }, ['#/by']],
])('a hold %s is refused, and makes no version', async (_, body, at) => {
  const answer = await provider.send('PUT', `/v1/customers/${id}/hold`, body)
  expect({ status: answer.status, at: pointers(answer) }).toEqual({ status: 400, at })
  expect(await agent.versions(id)).toBe(1)
})

test('a run that is told otherwise than it can be is refused, and leaves no report', async () => {
  const answers = await Promise.all([
    provider.send('POST', '/v1/retention/runs', { dry_run: 'yes' }),
    provider.send('POST', '/v1/retention/runs?cursor=x', {}),
    provider.send('GET', '/v1/retention/runs?limit=0'),
  ])
  expect(answers.map(({ status }) => status)).toEqual([400, 400, 400])
  expect((await provider.send('GET', '/v1/retention/runs')).as(runList).items).toEqual([])
})

describe('an agent', () => {
  test.each([
    ['GET', '/v1/retention'],
    ['PUT', '/v1/retention'],
    ['GET', '/v1/retention/runs'],
    ['POST', '/v1/retention/runs'],
    ['POST', '/v1/retention/verify'],
  ])('may not %s %s', async (method, path) => {
    expect((await agent.send(method, path)).status).toBe(403)
  })

  test('who would hold or erase is refused alike, whoever it is', async () => {
    for (const [method, what] of [
      ['PUT', 'hold'],
      ['DELETE', 'hold'],
      ['POST', 'erase'],
    ] as const) {
      const [known, unknown] = await Promise.all(
        [id, NOBODY].map(one => agent.send(method, `/v1/customers/${one}/${what}`)),
      )
      const said = ({ instance: _, request_id: __, ...rest }: Record<string, unknown>) => rest
      expect(known?.status).toBe(403)
      expect(said(known?.json as never)).toEqual(said(unknown?.json as never))
    }
    expect(await agent.versions(id)).toBe(1)
  })
})

test('somebody unknown is held or erased by nobody, and may be put on the list afterwards', async () => {
  const answers = await Promise.all([
    provider.send('POST', `/v1/customers/${NOBODY}/erase`),
    provider.send('PUT', `/v1/customers/${NOBODY}/hold`, { reason: 'a' }),
    provider.send('DELETE', `/v1/customers/${NOBODY}/hold`),
    provider.send('DELETE', `/v1/customers/${id}/hold`),
  ])
  expect(answers.map(answer => [answer.status, answer.as(problem).detail])).toEqual([
    [404, 'Customer not found'],
    [404, 'Customer not found'],
    [404, 'Customer not found'],
    [404, 'This customer has no hold'],
  ])
  expect((await provider.send('GET', `/v1/customers/${NOBODY}`)).status).toBe(404)
})

test('who is held is not erased: the answer says why', async () => {
  const held = await provider.send('PUT', `/v1/customers/${id}/hold`, { reason: 'case 12/2026', until: '2099-01-01' })
  expect(held.as(holdAnswer)).toEqual({ id, held: true, reason: 'case 12/2026', until: '2099-01-01T00:00:00.000Z' })
  const answer = await provider.send('POST', `/v1/customers/${id}/erase`)
  expect([answer.status, answer.as(problem).detail]).toEqual([
    409,
    `The customer ${id} is held (case 12/2026): end the hold first`,
  ])
  expect((await agent.get(id)).status).toBe(200)
})
