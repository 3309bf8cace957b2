import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { locationList } from '#contract/schemas/location.ts'
import { erasureAnswer, type RunReport, runAnswer } from '#contract/schemas/retention.ts'
import { Agent } from './agent.ts'
import { Locations } from './locations.ts'
import { describeOwnServer } from './own-server.ts'
import { until } from './until.ts'

/** Heartbeats come every five seconds, and a round takes two of them. */
const ROUNDS_MS = 120_000

describeOwnServer('three locations', () => {
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

  const at = (number: number): Agent => agents[number - 1] as Agent
  const everywhere = (id: string, status: number) =>
    until(
      async () => (await Promise.all(agents.map(agent => agent.get(id)))).every(answer => answer.status === status),
      30_000,
      `${status} at all locations`,
    )
  const run = async (): Promise<RunReport> => (await provider.send('POST', '/v1/retention/runs', {})).as(runAnswer)
  /** Runs until a report is as wanted. */
  async function ran(isRight: (report: RunReport) => boolean, what: string): Promise<RunReport> {
    let report = await run()
    await until(
      async () => {
        if (!isRight(report)) report = await run()
        return isRight(report)
      },
      ROUNDS_MS,
      what,
    ).catch((error: unknown) => {
      throw new Error(`${error}: ${JSON.stringify(report)}`)
    })
    return report
  }

  test('erase at once, and certify each of them when it has done so', async () => {
    const { id } = await at(2).create({ surname: 'Goes' })
    await everywhere(id, 200)
    await locations.say('cut', 'loc3')
    const erase = async () => (await provider.send('POST', `/v1/customers/${id}/erase`)).as(erasureAnswer)
    expect(await erase()).toMatchObject({ found: { registry: 0, views: 0, index: 0 }, removed: { versions: 1 } })
    await until(async () => (await erase()).pending.join() === 'loc3', 30_000, 'loc2 to have done so')
    // Whoever is cut off does not know of it yet.
    expect((await at(3).patch(id, { given_name: 'Late' })).status).toBe(200)
    await locations.say('heal', 'loc3')
    await until(async () => (await erase()).pending.length === 0, 30_000, 'loc3 to have done so')
    await everywhere(id, 410)
    expect(await erase()).toMatchObject({ found: { registry: 0, views: 0, index: 0 } })
  }, 120_000)

  test('let nothing go while one of them is not heard of, and then all of it', async () => {
    const { id } = await at(1).create({ surname: 'Leaves' })
    const { id: kept } = await at(1).create({ surname: 'Changed' })
    for (const one of [id, kept]) await everywhere(one, 200)
    await locations.say('cut', 'loc3')
    await provider.send('PUT', '/v1/retention', { days: 2 })
    const states = async () => (await Promise.all([id, kept].map(one => at(1).read(one)))).map(({ state }) => state)
    await until(
      async () => {
        await run()
        return (await states()).join() === 'expired,expired'
      },
      30_000,
      'the customers to expire',
    )
    // What is still to come is to stay.
    await provider.send('PUT', '/v1/retention', { days: null })
    const waits = await ran(({ waiting_for }) => waiting_for.join() === 'loc3', 'loc2 to acknowledge it')
    expect(waits).toMatchObject({ kept: { unheard: 2 }, marked: 0, removed: 0 })
    expect((await at(1).read(id)).state).toBe('expired')
    expect((await at(1).patch(id, { given_name: 'Late' })).status).toBe(409)
    // What is said where the expiry is not known wins over it.
    expect((await at(3).patch(kept, { given_name: 'Meanwhile' })).status).toBe(200)
    expect(await run()).toMatchObject({ kept: { unheard: 2 }, marked: 0, removed: 0 })
    await locations.say('heal', 'loc3')
    const marked = await ran(report => report.marked > 0, 'the mark')
    expect(marked).toMatchObject({ marked: 1, kept: { changed: 1 } })
    await ran(({ removed }) => removed > 0, 'the end')
    await everywhere(id, 404)
    await everywhere(kept, 200)
    for (const agent of agents) {
      expect(await agent.read(kept)).toMatchObject({ state: 'active', surname: 'Changed', given_name: 'Meanwhile' })
      expect(await agent.versions(kept)).toBe(3)
    }
  }, 300_000)

  test('go on without one that was taken down for good, once the provider has said so', async () => {
    const { id } = await at(1).create({ surname: 'Waits' })
    await everywhere(id, 200)
    expect((await provider.send('DELETE', '/v1/locations/loc3')).status).toBe(409)
    await locations.say('kill', 'loc3')
    await provider.send('PUT', '/v1/retention', { days: 2 })
    await ran(({ waiting_for }) => waiting_for.join() === 'loc3', 'loc2 to acknowledge it')
    expect((await at(2).send('DELETE', '/v1/locations/loc3')).status).toBe(403)
    await until(
      async () => (await provider.send('DELETE', '/v1/locations/loc3')).status === 200,
      30_000,
      'loc3 to count as down',
    )
    await ran(({ waiting_for, removed }) => waiting_for.length === 0 && removed > 0, 'the end')
    expect((await at(1).get(id)).status).toBe(404)
    await provider.send('PUT', '/v1/retention', { days: null })
    await locations.say('start', 'loc3')
    const known = async () =>
      (await provider.send('GET', '/v1/locations')).as(locationList).items.map(({ name, up }) => [name, up])
    await until(async () => JSON.stringify(await known()).includes('["loc3",true]'), 60_000, 'loc3 to be back')
    await everywhere(id, 404)
  }, 300_000)

  test('purge at the first of them alone', async () => {
    const other = await Agent.logIn(locations.at(2), 'provider')
    const answer = await other.send('POST', '/v1/retention/runs', {})
    expect([answer.status, answer.text]).toEqual([409, expect.stringContaining('The purge runs at the location loc1')])
    expect((await other.send('POST', '/v1/retention/runs', { dry_run: true })).status).toBe(200)
  })
})
