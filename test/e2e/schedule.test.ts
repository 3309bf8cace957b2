import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { runList } from '#contract/schemas/retention.ts'
import { Agent } from './agent.ts'
import { describeFast, testOurs } from './own-server.ts'
import { startServer, type TestServer } from './server.ts'
import { until } from './until.ts'

/** Elsewhere a schedule comes every minute at most. */
const BOUND = 60_000

describeFast('the schedule of the purge', () => {
  let server: TestServer
  let agent: Agent
  let provider: Agent
  const type = `LEAVING_${Date.now()}`
  beforeAll(async () => {
    server = await startServer({
      REGISTRY_SAMPLE: '0',
      REGISTRY_DAY_SECONDS: '1',
      REGISTRY_PURGE_WAIT: '0',
      REGISTRY_PURGE_EVERY: '1',
    })
    agent = await Agent.logIn(server)
    provider = await Agent.logIn(server, 'provider')
    expect((await provider.send('POST', '/v1/types', { name: type, label: 'Leaving' })).status).toBe(201)
    expect((await provider.send('POST', `/v1/types/${type}/authorise`)).status).toBe(200)
  })
  afterAll(() => server.stop())

  const began = new Date().toISOString()
  let leaving: string
  const reports = async () => {
    const { items } = (await provider.send('GET', '/v1/retention/runs?limit=100')).as(runList)
    return items.filter(({ at }) => at >= began)
  }
  const sum = async (of: 'expired' | 'marked' | 'removed') =>
    (await reports()).reduce((all, report) => all + report[of], 0)

  test('takes those off the list whose time is over, unasked, and keeps the others', async () => {
    leaving = (await agent.create({ surname: 'Leaving', type })).id
    const staying = await agent.create({ surname: 'Staying' })
    await provider.send('PUT', '/v1/retention', { days: null, types: { [type]: 1 } })
    await until(async () => (await sum('expired')) > 0, BOUND, 'the report of the first round')
    expect(await sum('expired')).toBe(1)
    expect(new Set((await reports()).map(({ actor }) => actor))).toEqual(new Set(['schedule']))
    const { status, text } = await agent.patch(leaving, { given_name: 'Late' })
    expect([404, 409]).toContain(status)
    expect(text).not.toContain('Late')
    expect((await agent.read(staying.id)).state).toBe('active')
  })

  // Elsewhere each of the three rounds waits for several heartbeats, which come by the minute.
  testOurs('and takes them away for good in two further rounds', async () => {
    await until(async () => (await agent.get(leaving)).status === 404, BOUND, 'the customer to be gone')
    await until(async () => (await sum('removed')) > 0, BOUND, 'the report of the last round')
    expect([await sum('expired'), await sum('marked'), await sum('removed')]).toEqual([1, 1, 1])
  })
})
