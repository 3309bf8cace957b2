import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { countAnswer } from '#contract/schemas/customer.ts'
import { problem } from '#contract/schemas/problem.ts'
import { Agent } from './agent.ts'
import { startServer, type TestServer } from './server.ts'
import { until } from './until.ts'

const BOUND = 10_000
/** Nobody else on the list is of this type. */
const TYPE = `COUNTED_${Date.now()}`

let server: TestServer
let agent: Agent

beforeAll(async () => {
  server = await startServer()
  agent = await Agent.logIn(server)
  const provider = await Agent.logIn(server, 'provider')
  expect((await provider.send('POST', '/v1/types', { name: TYPE, label: 'Counted' })).status).toBe(201)
  expect((await provider.send('POST', `/v1/types/${TYPE}/authorise`)).status).toBe(200)
})
afterAll(() => server.stop())

const count = async (query: string) => (await agent.send('GET', `/v1/count${query}`)).as(countAnswer).count

test('the list is counted by state and type', async () => {
  expect(await count(`?type=${TYPE}`)).toBe(0)
  const created = [
    await agent.create({ type: TYPE, surname: 'Adelung' }),
    await agent.create({ type: TYPE, surname: 'Beck' }),
  ]
  await until(async () => (await count(`?type=${TYPE}`)) === 2, BOUND, 'the new customers to be counted')
  expect(await count('')).toBeGreaterThanOrEqual(2)
  expect((await agent.send('DELETE', `/v1/customers/${created[0]?.id}`)).status).toBe(200)
  await until(async () => (await count(`?type=${TYPE}`)) === 1, BOUND, 'the deleted customer not to be counted')
  expect(await count(`?type=${TYPE}&state=deleted`)).toBe(1)
  expect(await count(`?type=${TYPE}&state=all`)).toBe(2)
})

test('a count by an unknown type is refused', async () => {
  const refusal = (await agent.send('GET', '/v1/count?type=NOBODY')).as(problem)
  expect(refusal).toMatchObject({ status: 400, errors: [{ pointer: '?type' }] })
})
