import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { conflictList } from '#contract/schemas/conflict.ts'
import { type Customer, customer } from '#contract/schemas/customer.ts'
import { Agent } from './agent.ts'
import { describeLocalServer, describeSeveralLocations } from './conditional-tests.ts'
import { Locations, waitForAgreement } from './locations.ts'
import { allCustomers, wholeHistory } from './pages.ts'
import { until } from './until.ts'

/** Starts locations and returns the helpers that the tests share. */
function startLocations(bound: number) {
  let locations: Locations
  let agents: Agent[]
  beforeAll(async () => {
    locations = await Locations.start()
    agents = await Promise.all(locations.all.map(location => Agent.logIn(location)))
  }, 60_000)
  afterAll(() => locations.stop())

  const agent = ({ url }: { url: string }): Agent =>
    agents[locations.all.findIndex(location => location.url === url)] as Agent
  return {
    all: () => locations,
    agents: () => agents,
    at: (number: number): Agent => agents[number - 1] as Agent,
    agent,
    /** Waits until all locations have the same customer and it meets a condition. */
    agreedOn: (id: string, isRight: (value: Customer) => boolean = () => true, timeoutMs = bound) =>
      waitForAgreement(
        locations,
        async location => customer.safeParse((await agent(location).get(id)).json).data,
        value => value !== undefined && isRight(value),
        timeoutMs,
        `${id} at all locations`,
      ),
  }
}

describeSeveralLocations('several locations', () => {
  const { all, agents, at, agent, agreedOn: waitForCustomer } = startLocations(20_000)

  test('show a customer created at one of them at the others, with the same history', async () => {
    const created = await at(2).create({ surname: 'Okafor', given_name: 'Chidi', dob: '1990-02-11' })
    expect(await waitForCustomer(created.id)).toEqual(created)
    await (agents().at(-1) as Agent).patch(created.id, { given_name: 'Chidiebere' })
    await at(1).patch(created.id, { document_number: 'NG 1' })
    const merged = await waitForCustomer(
      created.id,
      ({ given_name, document_number }) => given_name === 'Chidiebere' && document_number === 'NG 1',
    )
    expect(merged).toMatchObject({ surname: 'Okafor', dob: '1990-02-11' })
    const [first = [], ...others] = await Promise.all(
      all().all.map(location => wholeHistory(location, agent(location).token, created.id)),
    )
    for (const history of others) expect(history).toEqual(first)
    const names = all().all.map(({ name }) => name)
    expect(new Set(first.map(({ location }) => location))).toEqual(new Set(names))
    expect(first).toHaveLength(3)
  })

  test('find a customer of another location', async () => {
    await at(1).create({ surname: 'Szczebrzeszynski', given_name: 'Grzegorz' })
    for (const location of all().all) {
      const isFound = async () =>
        (await agent(location).send('POST', '/v1/search', { q: 'Szczebrzeszynsky' })).text.includes('Szczebrzeszynski')
      await until(isFound, 20_000, `the customer to be found at ${location.name}`)
    }
  })

  test('accept the tokens of one another', async () => {
    const { token } = at(1)
    for (const { api } of all().all) {
      expect((await api('GET', '/v1/customers', { token })).status).toBe(200)
      expect((await api('GET', '/v1/customers', { token: `${token}x` })).status).toBe(401)
    }
  })

  test('converge after concurrent changes at two of them', async () => {
    const { id } = await at(1).create({ surname: 'Both', given_name: 'Told' })
    await waitForCustomer(id)
    await Promise.all([at(1).patch(id, { surname: 'One' }), at(2).patch(id, { document_number: 'NG 2' })])
    await waitForCustomer(id, value => value.surname === 'One' && value.document_number === 'NG 2')
    await Promise.all([at(1).patch(id, { given_name: 'First' }), at(2).patch(id, { given_name: 'Second' })])
    await waitForCustomer(id, ({ given_name }) => given_name !== 'Told')
    const versions = async () => Promise.all(agents().map(oneAgent => oneAgent.versions(id)))
    await until(async () => (await versions()).every(count => count === 5), 20_000, 'all versions at every location')
    await waitForCustomer(id, ({ given_name }) => given_name !== 'Told')
  })
})

describeLocalServer('three locations', () => {
  const { all, agents, at, agent, agreedOn: waitForCustomer } = startLocations(10_000)

  test('share the sample that one of them loaded', async () => {
    const lists = await waitForAgreement(
      all(),
      async location => (await allCustomers(location, agent(location).token)).map(({ id }) => id).sort(),
      ids => ids.length >= 12,
      15_000,
      'the sample at all locations',
    )
    expect(lists.length).toBeGreaterThanOrEqual(12)
    expect((await waitForCustomer(lists[0] ?? ''))?.location).toBe('loc1')
  })

  test('verify the tokens of a location that is down', async () => {
    const { token } = at(1)
    const { id } = await at(1).create({ surname: 'Keyes' })
    await waitForCustomer(id)
    await all().runCommand('kill', 'loc1')
    try {
      for (const number of [2, 3]) {
        const { api } = all().at(number)
        expect((await api('GET', `/v1/customers/${id}`, { token })).status).toBe(200)
        expect((await api('GET', `/v1/customers/${id}`, { token: `${token}x` })).status).toBe(401)
      }
      await expect(at(1).get(id)).rejects.toThrow('fetch failed')
    } finally {
      await all().runCommand('start', 'loc1')
    }
    expect((await at(1).read(id)).surname).toBe('Keyes')
  })

  test('keep both changes of a customer and list conflicting values', async () => {
    const first = await at(1).create({ surname: 'Lindqvist', given_name: 'Åsa', document_number: 'SE 1' })
    const second = await at(1).create({ surname: 'Nakamura', given_name: 'Yui' })
    for (const { id } of [first, second]) await waitForCustomer(id)
    await all().runCommand('cut', 'loc2')
    await at(1).patch(first.id, { surname: 'Lindqvist-Berg' })
    await at(2).patch(first.id, { document_number: 'SE 2' })
    await at(1).patch(second.id, { surname: 'Tanaka' })
    await at(2).patch(second.id, { surname: 'Suzuki' })
    await until(async () => (await at(3).read(second.id)).surname === 'Tanaka', 10_000, 'the change at loc3')
    expect((await at(2).read(second.id)).surname).toBe('Suzuki')
    expect((await at(2).read(first.id)).surname).toBe('Lindqvist')
    await all().runCommand('heal', 'loc2')

    const merged = await waitForCustomer(
      first.id,
      one => one.surname !== 'Lindqvist' && one.document_number !== 'SE 1',
      2000,
    )
    expect(merged).toMatchObject({ surname: 'Lindqvist-Berg', document_number: 'SE 2', given_name: 'Åsa' })
    const secondMerged = await waitForCustomer(second.id, ({ surname }) => surname === 'Suzuki', 2000)
    expect(secondMerged?.given_name).toBe('Yui')
    for (const agent of agents()) expect(await agent.versions(second.id)).toBe(3)

    const conflicts = await waitForAgreement(
      all(),
      async location => {
        const provider = await Agent.logIn(location, 'provider')
        return (await provider.send('GET', '/v1/conflicts')).as(conflictList).items
      },
      items => items.length === 1,
      5000,
      'the conflict at all locations',
    )
    expect(conflicts).toEqual([
      expect.objectContaining({
        customer: second.id,
        field: 'surname',
        kept: expect.objectContaining({ value: 'Suzuki', location: 'loc2' }),
        lost: expect.objectContaining({ value: 'Tanaka', location: 'loc1' }),
      }),
    ])
  })

  test('receive changes later by the delay of the connection', async () => {
    // So long that the customer cannot arrive at loc3 before it is read, on a busy machine either.
    await all().runCommand('lag', 'loc3', '10m')
    const startedAt = performance.now()
    const { id } = await at(1).create({ surname: 'Late' })
    await until(async () => (await at(2).get(id)).status === 200, 30_000, 'the customer at loc2')
    expect((await at(3).get(id)).status).toBe(404)
    const lagSeconds = Math.ceil((performance.now() - startedAt) / 1000) + 2
    await all().runCommand('lag', 'loc3', `${lagSeconds}s`)
    await until(async () => (await at(3).get(id)).status === 200, 30_000, 'the customer at loc3')
    const delayedMs = performance.now() - startedAt
    await all().runCommand('heal', 'loc3')
    // A delay has no upper bound on a busy machine; it may never end early.
    expect(delayedMs).toBeGreaterThanOrEqual(lagSeconds * 1000)
  })

  test('lose no acknowledged write when one of them is killed', async () => {
    const acknowledged: string[] = []
    const write = async () => {
      for (let n = 0; ; n++) {
        const created = await at(2)
          .send('POST', '/v1/customers', { surname: `Survivor ${n}` })
          .catch(() => null)
        if (created?.status !== 201) return
        acknowledged.push(created.as(customer).id)
      }
    }
    const writing = Promise.all([write(), write(), write()])
    await until(() => acknowledged.length >= 30, 20_000, 'some acknowledged writes')
    await all().runCommand('kill', 'loc2')
    await writing
    await all().runCommand('start', 'loc2')
    for (const id of acknowledged) await waitForCustomer(id)
  }, 60_000)
})
