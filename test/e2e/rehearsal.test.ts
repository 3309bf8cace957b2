import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { customerList, historyList } from '#contract/schemas/customer.ts'
import { Agent } from './agent.ts'
import { apiAt } from './api.ts'
import { describeLocalServer } from './conditional-tests.ts'
import { freePorts } from './free-ports.ts'
import { runLocationsCommand } from './locations.ts'
import { freshFolder, LocalServer } from './server.ts'
import { until } from './until.ts'

const BOUND = 30_000

/** The procedures under *Work* in docs/runbook.md, as far as one machine can run them. */
describeLocalServer('a rehearsal:', () => {
  let port: number
  let folder: string
  let local: LocalServer

  const withLocations = (count: number) =>
    new LocalServer(port, folder, { REGISTRY_LOCATIONS: String(count), REGISTRY_SAMPLE: '0' })
  const agentAt = (number: number) => Agent.logIn(apiAt(`http://127.0.0.1:${port + number - 1}`))

  beforeAll(async () => {
    ;[port, folder] = [await freePorts(3), await freshFolder()]
    local = withLocations(2)
    await local.run.ready()
  })
  afterAll(() => local.end())

  const listedAt = async (agent: Agent) =>
    (await agent.send('GET', '/v1/customers?limit=100'))
      .as(customerList)
      .items.map(({ id }) => id)
      .sort()

  test('a location added to a list in use receives all earlier data and takes part like any other', async () => {
    const [first, second] = [await agentAt(1), await agentAt(2)]
    const created = [await first.create({ surname: 'Before' }), await second.create({ surname: 'Elsewhere' })]
    const ids = created.map(({ id }) => id).sort()
    const [changed = ''] = ids
    await until(async () => (await listedAt(first)).length === 2, BOUND, 'both customers at the first')
    await first.patch(changed, { given_name: 'Changed' })

    await local.end()
    local = withLocations(3)
    await local.run.ready()
    const third = await agentAt(3)
    await until(async () => (await listedAt(third)).length === 2, BOUND, 'both customers at the third')
    expect(await listedAt(third)).toEqual(ids)
    const history = async () => (await third.send('GET', `/v1/customers/${changed}/history`)).as(historyList).items
    await until(async () => (await history()).length === 2, BOUND, 'the history at the third')

    const { id } = await third.create({ surname: 'Afterwards' })
    const restartedFirst = await agentAt(1)
    await until(
      async () => (await restartedFirst.get(id)).status === 200,
      BOUND,
      'the customer of the third at the first',
    )
  }, 120_000)

  test('while one location is replaced, the others answer, and it catches up when it returns', async () => {
    const [first, third] = [await agentAt(1), await agentAt(3)]
    const createdIds: string[] = []
    const refusedStatuses: number[] = []
    let isRunning = true
    const traffic = (async () => {
      for (let n = 0; isRunning; n++) {
        const response = await (n % 2 === 0 ? first : third).send('POST', '/v1/customers', { surname: `Rollout ${n}` })
        if (response.status === 201) createdIds.push(JSON.parse(response.text).id)
        else refusedStatuses.push(response.status)
      }
    })()
    await until(() => createdIds.length > 5, BOUND, 'traffic')
    await runLocationsCommand(folder, 'kill', 'loc2')
    const before = createdIds.length
    await until(() => createdIds.length > before + 5, BOUND, 'traffic without the second')
    await runLocationsCommand(folder, 'start', 'loc2')
    isRunning = false
    await traffic
    expect(refusedStatuses).toEqual([])
    const second = await agentAt(2)
    for (const id of createdIds)
      await until(async () => (await second.get(id)).status === 200, BOUND, `${id} at the second`)
  }, 120_000)
})
