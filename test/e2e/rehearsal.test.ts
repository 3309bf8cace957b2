import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { customerList, historyList } from '#contract/schemas/customer.ts'
import { Agent } from './agent.ts'
import { apiAt } from './api.ts'
import { freePorts, say } from './locations.ts'
import { describeOwnServer } from './own-server.ts'
import { freshFolder, Own } from './server.ts'
import { until } from './until.ts'

const BOUND = 30_000

/** What docs/runbook.md says under *Work*, done here as far as one machine has the like of it. */
describeOwnServer('rehearsed:', () => {
  let port: number
  let folder: string
  let own: Own

  const withLocations = (count: number) =>
    new Own(port, folder, { REGISTRY_LOCATIONS: String(count), REGISTRY_SAMPLE: '0' })
  const agentAt = (number: number) => Agent.logIn(apiAt(`http://127.0.0.1:${port + number - 1}`))

  beforeAll(async () => {
    ;[port, folder] = [await freePorts(3), await freshFolder()]
    own = withLocations(2)
    await own.run.ready()
  })
  afterAll(() => own.end())

  const listedAt = async (agent: Agent) =>
    (await agent.send('GET', '/v1/customers?limit=100'))
      .as(customerList)
      .items.map(({ id }) => id)
      .sort()

  test('a location that is added to a list in use gets all that was there before, and is a location as any other', async () => {
    const [first, second] = [await agentAt(1), await agentAt(2)]
    const made = [await first.create({ surname: 'Before' }), await second.create({ surname: 'Elsewhere' })]
    const ids = made.map(({ id }) => id).sort()
    const [changed = ''] = ids
    await until(async () => (await listedAt(first)).length === 2, BOUND, 'both at the first')
    await first.patch(changed, { given_name: 'Changed' })

    await own.end()
    own = withLocations(3)
    await own.run.ready()
    const third = await agentAt(3)
    await until(async () => (await listedAt(third)).length === 2, BOUND, 'all of it at the third')
    expect(await listedAt(third)).toEqual(ids)
    const history = async () => (await third.send('GET', `/v1/customers/${changed}/history`)).as(historyList).items
    await until(async () => (await history()).length === 2, BOUND, 'the history at the third')

    const { id } = await third.create({ surname: 'Afterwards' })
    const again = await agentAt(1)
    await until(async () => (await again.get(id)).status === 200, BOUND, 'the third heard by the first')
  }, 120_000)

  test('while one location is replaced, callers of the others are answered, and it has all when it is back', async () => {
    const [first, third] = [await agentAt(1), await agentAt(3)]
    const made: string[] = []
    const refused: number[] = []
    let going = true
    const traffic = (async () => {
      for (let n = 0; going; n++) {
        const answer = await (n % 2 === 0 ? first : third).send('POST', '/v1/customers', { surname: `Rollout ${n}` })
        if (answer.status === 201) made.push(JSON.parse(answer.text).id)
        else refused.push(answer.status)
      }
    })()
    await until(() => made.length > 5, BOUND, 'traffic')
    await say(folder, 'kill', 'loc2')
    const before = made.length
    await until(() => made.length > before + 5, BOUND, 'traffic without the second')
    await say(folder, 'start', 'loc2')
    going = false
    await traffic
    expect(refused).toEqual([])
    const second = await agentAt(2)
    for (const id of made) await until(async () => (await second.get(id)).status === 200, BOUND, `${id} at the second`)
  }, 120_000)
})
