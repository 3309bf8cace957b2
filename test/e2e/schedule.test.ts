import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { runList } from '#contract/schemas/retention.ts'
import { Agent } from './agent.ts'
import { describeFast } from './ours.ts'
import { startServer, type TestServer } from './server.ts'
import { until } from './until.ts'

/** Elsewhere a schedule comes every minute at most, and so do the heartbeats that each of three rounds waits for. */
const BOUND = 90_000
const TIMEOUT = 900_000

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

  test(
    'takes those off the list whose time is over, unasked, and keeps the others',
    async () => {
      const began = new Date().toISOString()
      const leaving = await agent.create({ surname: 'Leaving', type })
      const staying = await agent.create({ surname: 'Staying' })
      await provider.send('PUT', '/v1/retention', { days: null, types: { [type]: 1 } })
      await until(async () => (await agent.get(leaving.id)).status === 404, BOUND, 'the customer to be gone')
      expect((await agent.read(staying.id)).state).toBe('active')
      const runs = async () => (await provider.send('GET', '/v1/retention/runs?limit=100')).as(runList).items
      const since = async () => (await runs()).filter(({ at }) => at >= began)
      await until(async () => (await since()).some(({ removed }) => removed > 0), BOUND, 'the report of the last round')
      const reports = await since()
      expect(new Set(reports.map(({ actor }) => actor))).toEqual(new Set(['schedule']))
      const sum = (of: 'expired' | 'marked' | 'removed') => reports.reduce((all, report) => all + report[of], 0)
      expect([sum('expired'), sum('marked'), sum('removed')]).toEqual([1, 1, 1])
    },
    TIMEOUT,
  )
})
