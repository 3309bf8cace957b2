import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { runList } from '#contract/schemas/retention.ts'
import { Agent } from './agent.ts'
import { describeFastRetention, testLocalServer } from './conditional-tests.ts'
import { startServer, type TestServer } from './server.ts'
import { until } from './until.ts'

/** A deployment runs its schedule at most once a minute. */
const BOUND = 60_000

describeFastRetention('the purge schedule', () => {
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

  const startedAt = new Date().toISOString()
  let leaving: string
  const reports = async () => {
    const { items } = (await provider.send('GET', '/v1/retention/runs?limit=100')).as(runList)
    return items.filter(({ at }) => at >= startedAt)
  }
  const sumOf = async (count: 'expired' | 'marked' | 'removed') =>
    (await reports()).reduce((total, report) => total + report[count], 0)

  test('expires due customers without a request, and keeps the others', async () => {
    leaving = (await agent.create({ surname: 'Leaving', type })).id
    const staying = await agent.create({ surname: 'Staying' })
    await provider.send('PUT', '/v1/retention', { days: null, types: { [type]: 1 } })
    await until(async () => (await sumOf('expired')) > 0, BOUND, 'the report of the first phase')
    expect(await sumOf('expired')).toBe(1)
    expect(new Set((await reports()).map(({ actor }) => actor))).toEqual(new Set(['schedule']))
    // A local purge may have removed the customer by now.
    const { status, text } = await agent.get(leaving)
    expect(status === 404 || text.includes('"state":"expired"')).toBe(true)
    expect((await agent.read(staying.id)).state).toBe('active')
  })

  // In a deployment each phase waits for several heartbeats, which are sent once a minute.
  testLocalServer('purges them in two further phases', async () => {
    await until(async () => (await agent.get(leaving)).status === 404, BOUND, 'the customer to be purged')
    await until(async () => (await sumOf('removed')) > 0, BOUND, 'the report of the last phase')
    expect([await sumOf('expired'), await sumOf('marked'), await sumOf('removed')]).toEqual([1, 1, 1])
  })
})
