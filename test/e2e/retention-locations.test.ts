import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { locationList } from '#contract/schemas/location.ts'
import { erasureAnswer, type RunReport, runAnswer } from '#contract/schemas/retention.ts'
import { Agent } from './agent.ts'
import { describeLocalServer } from './conditional-tests.ts'
import { Locations } from './locations.ts'
import { until } from './until.ts'

/** Heartbeats are sent every five seconds, and a phase takes two of them. */
const PHASES_MS = 120_000

describeLocalServer('three locations', () => {
  let locations: Locations
  let agents: Agent[]
  let provider: Agent
  beforeAll(async () => {
    locations = await Locations.start({
      REGISTRY_SAMPLE: '0',
      REGISTRY_DAY_SECONDS: '1',
      REGISTRY_PURGE_WAIT: '0',
      REGISTRY_PURGE_EVERY: '86400',
    })
    agents = await Promise.all(locations.all.map(place => Agent.logIn(place)))
    provider = await Agent.logIn(locations.at(1), 'provider')
  }, 60_000)
  afterAll(() => locations.stop())

  const agentAt = (number: number): Agent => agents[number - 1] as Agent
  const waitForStatus = (id: string, status: number) =>
    until(
      async () => (await Promise.all(agents.map(agent => agent.get(id)))).every(response => response.status === status),
      30_000,
      `${status} at all locations`,
    )
  const run = async (): Promise<RunReport> => (await provider.send('POST', '/v1/retention/runs', {})).as(runAnswer)
  /** Runs the purge until its report meets a condition. */
  async function runUntil(isRight: (report: RunReport) => boolean, description: string): Promise<RunReport> {
    let report = await run()
    await until(
      async () => {
        if (!isRight(report)) report = await run()
        return isRight(report)
      },
      PHASES_MS,
      description,
    ).catch((error: unknown) => {
      throw new Error(`${error}: ${JSON.stringify(report)}`)
    })
    return report
  }

  test('erase at once, and certify every location that has done so', async () => {
    const { id } = await agentAt(2).create({ surname: 'Goes' })
    await waitForStatus(id, 200)
    await locations.runCommand('cut', 'loc3')
    const erase = async () => (await provider.send('POST', `/v1/customers/${id}/erase`)).as(erasureAnswer)
    expect(await erase()).toMatchObject({ found: { registry: 0, views: 0, index: 0 }, removed: { versions: 1 } })
    await until(async () => (await erase()).pending.join() === 'loc3', 30_000, 'loc2 to acknowledge the erasure')
    // loc3 is cut off and does not know of the erasure yet.
    expect((await agentAt(3).patch(id, { given_name: 'Late' })).status).toBe(200)
    await locations.runCommand('heal', 'loc3')
    await until(async () => (await erase()).pending.length === 0, 30_000, 'loc3 to acknowledge the erasure')
    await waitForStatus(id, 410)
    expect(await erase()).toMatchObject({ found: { registry: 0, views: 0, index: 0 } })
  }, 120_000)

  test('purge nothing while one location is silent, and everything afterwards', async () => {
    const { id } = await agentAt(1).create({ surname: 'Leaves' })
    const { id: changedId } = await agentAt(1).create({ surname: 'Changed' })
    for (const customerId of [id, changedId]) await waitForStatus(customerId, 200)
    await locations.runCommand('cut', 'loc3')
    await provider.send('PUT', '/v1/retention', { days: null, types: { PERSON: 2 } })
    const states = async () =>
      (await Promise.all([id, changedId].map(customerId => agentAt(1).read(customerId)))).map(({ state }) => state)
    await until(
      async () => {
        await run()
        return (await states()).join() === 'expired,expired'
      },
      30_000,
      'the customers to expire',
    )
    const report = await runUntil(({ waiting_for }) => waiting_for.join() === 'loc3', 'loc2 to acknowledge the expiry')
    expect(report).toMatchObject({ kept: { unheard: 2 }, marked: 0, removed: 0 })
    expect((await agentAt(1).read(id)).state).toBe('expired')
    // A change at a location that does not know of the expiry wins over it. The policy keeps institutions.
    const change = { given_name: 'Meanwhile', type: 'INSTITUTION' }
    expect((await agentAt(3).patch(changedId, change)).status).toBe(200)
    expect(await run()).toMatchObject({ kept: { unheard: 2 }, marked: 0, removed: 0 })
    await locations.runCommand('heal', 'loc3')
    const marked = await runUntil(report => report.marked > 0, 'the second phase')
    expect(marked).toMatchObject({ marked: 1, kept: { changed: 1 } })
    await runUntil(({ removed }) => removed > 0, 'the last phase')
    await waitForStatus(id, 404)
    await waitForStatus(changedId, 200)
    await provider.send('PUT', '/v1/retention', { days: null })
    for (const agent of agents) {
      expect(await agent.read(changedId)).toMatchObject({
        state: 'active',
        surname: 'Changed',
        given_name: 'Meanwhile',
      })
      expect(await agent.versions(changedId)).toBe(3)
    }
  }, 300_000)

  test('continue without a location that the provider removed after its shutdown', async () => {
    const { id } = await agentAt(1).create({ surname: 'Waits' })
    await waitForStatus(id, 200)
    expect((await provider.send('DELETE', '/v1/locations/loc3')).status).toBe(409)
    await locations.runCommand('kill', 'loc3')
    await provider.send('PUT', '/v1/retention', { days: 2 })
    await runUntil(({ waiting_for }) => waiting_for.join() === 'loc3', 'loc2 to acknowledge the expiry')
    expect((await agentAt(2).send('DELETE', '/v1/locations/loc3')).status).toBe(403)
    await until(
      async () => (await provider.send('DELETE', '/v1/locations/loc3')).status === 200,
      30_000,
      'loc3 to count as down',
    )
    await runUntil(({ waiting_for, removed }) => waiting_for.length === 0 && removed > 0, 'the last phase')
    expect((await agentAt(1).get(id)).status).toBe(404)
    await provider.send('PUT', '/v1/retention', { days: null })
    await locations.runCommand('start', 'loc3')
    const listLocations = async () =>
      (await provider.send('GET', '/v1/locations')).as(locationList).items.map(({ name, up }) => [name, up])
    await until(
      async () => JSON.stringify(await listLocations()).includes('["loc3",true]'),
      60_000,
      'loc3 to be up again',
    )
    await waitForStatus(id, 404)
  }, 300_000)

  test('purge only at the first location', async () => {
    const loc2Provider = await Agent.logIn(locations.at(2), 'provider')
    const response = await loc2Provider.send('POST', '/v1/retention/runs', {})
    expect([response.status, response.text]).toEqual([
      409,
      expect.stringContaining('The purge runs at the location loc1'),
    ])
    expect((await loc2Provider.send('POST', '/v1/retention/runs', { dry_run: true })).status).toBe(200)
  })
})
