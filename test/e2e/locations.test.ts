import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { conflictList } from '#contract/schemas/conflict.ts'
import { type Customer, customer } from '#contract/schemas/customer.ts'
import { Agent } from './agent.ts'
import { agreed, Locations } from './locations.ts'
import { describeOwnServer, describeSeveral } from './own-server.ts'
import { allCustomers, wholeHistory } from './pages.ts'
import { until } from './until.ts'

/** What the tests of several locations have in common. */
function standing(bound: number) {
  let locations: Locations
  let agents: Agent[]
  beforeAll(async () => {
    locations = await Locations.start()
    agents = await Promise.all(locations.all.map(place => Agent.logIn(place)))
  }, 60_000)
  afterAll(() => locations.stop())

  const agent = ({ url }: { url: string }): Agent => agents[locations.all.findIndex(one => one.url === url)] as Agent
  return {
    all: () => locations,
    agents: () => agents,
    at: (number: number): Agent => agents[number - 1] as Agent,
    agent,
    /** Until all locations have the customer alike, as a condition says. */
    agreedOn: (id: string, isRight: (one: Customer) => boolean = () => true, within = bound) =>
      agreed(
        locations,
        async place => customer.safeParse((await agent(place).get(id)).json).data,
        one => one !== undefined && isRight(one),
        within,
        `${id} at all locations`,
      ),
  }
}

describeSeveral('several locations', () => {
  const { all, agents, at, agent, agreedOn } = standing(20_000)

  test('show a customer, who was created at one of them, to the others, with the same history', async () => {
    const made = await at(2).create({ surname: 'Okafor', given_name: 'Chidi', dob: '1990-02-11' })
    expect(await agreedOn(made.id)).toEqual(made)
    await (agents().at(-1) as Agent).patch(made.id, { given_name: 'Chidiebere' })
    await at(1).patch(made.id, { document_number: 'NG 1' })
    const whole = await agreedOn(
      made.id,
      ({ given_name, document_number }) => given_name === 'Chidiebere' && document_number === 'NG 1',
    )
    expect(whole).toMatchObject({ surname: 'Okafor', dob: '1990-02-11' })
    const [first = [], ...others] = await Promise.all(
      all().all.map(place => wholeHistory(place, agent(place).token, made.id)),
    )
    for (const history of others) expect(history).toEqual(first)
    const names = all().all.map(({ name }) => name)
    expect(new Set(first.map(({ location }) => location))).toEqual(new Set(names))
    expect(first).toHaveLength(3)
  })

  test('find a customer of another location', async () => {
    await at(1).create({ surname: 'Szczebrzeszynski', given_name: 'Grzegorz' })
    for (const place of all().all) {
      const found = async () =>
        (await agent(place).send('POST', '/v1/search', { q: 'Szczebrzeszynsky' })).text.includes('Szczebrzeszynski')
      await until(found, 20_000, `the customer to be found at ${place.name}`)
    }
  })

  test('all take the tokens of one', async () => {
    const { token } = at(1)
    for (const { api } of all().all) {
      expect((await api('GET', '/v1/customers', { token })).status).toBe(200)
      expect((await api('GET', '/v1/customers', { token: `${token}x` })).status).toBe(401)
    }
  })

  test('end alike, whatever two of them said at the same moment', async () => {
    const { id } = await at(1).create({ surname: 'Both', given_name: 'Told' })
    await agreedOn(id)
    await Promise.all([at(1).patch(id, { surname: 'One' }), at(2).patch(id, { document_number: 'NG 2' })])
    await agreedOn(id, one => one.surname === 'One' && one.document_number === 'NG 2')
    await Promise.all([at(1).patch(id, { given_name: 'First' }), at(2).patch(id, { given_name: 'Second' })])
    await agreedOn(id, ({ given_name }) => given_name !== 'Told')
    const versions = async () => Promise.all(agents().map(one => one.versions(id)))
    await until(async () => (await versions()).every(count => count === 5), 20_000, 'all versions everywhere')
    await agreedOn(id, ({ given_name }) => given_name !== 'Told')
  })
})

describeOwnServer('three locations', () => {
  const { all, agents, at, agent, agreedOn } = standing(10_000)

  test('have the sample, which one of them loaded', async () => {
    const lists = await agreed(
      all(),
      async place => (await allCustomers(place, agent(place).token)).map(({ id }) => id).sort(),
      ids => ids.length >= 12,
      15_000,
      'the sample at all locations',
    )
    expect(lists.length).toBeGreaterThanOrEqual(12)
    expect((await agreedOn(lists[0] ?? ''))?.location).toBe('loc1')
  })

  test('all verify the tokens of one, also while that is dead', async () => {
    const { token } = at(1)
    const { id } = await at(1).create({ surname: 'Keyes' })
    await agreedOn(id)
    await all().say('kill', 'loc1')
    try {
      for (const number of [2, 3]) {
        const { api } = all().at(number)
        expect((await api('GET', `/v1/customers/${id}`, { token })).status).toBe(200)
        expect((await api('GET', `/v1/customers/${id}`, { token: `${token}x` })).status).toBe(401)
      }
      await expect(at(1).get(id)).rejects.toThrow('fetch failed')
    } finally {
      await all().say('start', 'loc1')
    }
    expect((await at(1).read(id)).surname).toBe('Keyes')
  })

  test('keep both changes of a customer, and list what they said differently', async () => {
    const first = await at(1).create({ surname: 'Lindqvist', given_name: 'Åsa', document_number: 'SE 1' })
    const second = await at(1).create({ surname: 'Nakamura', given_name: 'Yui' })
    for (const { id } of [first, second]) await agreedOn(id)
    await all().say('cut', 'loc2')
    await at(1).patch(first.id, { surname: 'Lindqvist-Berg' })
    await at(2).patch(first.id, { document_number: 'SE 2' })
    await at(1).patch(second.id, { surname: 'Tanaka' })
    await at(2).patch(second.id, { surname: 'Suzuki' })
    await until(async () => (await at(3).read(second.id)).surname === 'Tanaka', 10_000, 'the change at loc3')
    expect((await at(2).read(second.id)).surname).toBe('Suzuki')
    expect((await at(2).read(first.id)).surname).toBe('Lindqvist')
    await all().say('heal', 'loc2')

    const both = await agreedOn(first.id, one => one.surname !== 'Lindqvist' && one.document_number !== 'SE 1', 2000)
    expect(both).toMatchObject({ surname: 'Lindqvist-Berg', document_number: 'SE 2', given_name: 'Åsa' })
    const one = await agreedOn(second.id, ({ surname }) => surname === 'Suzuki', 2000)
    expect(one?.given_name).toBe('Yui')
    for (const agent of agents()) expect(await agent.versions(second.id)).toBe(3)

    const conflicts = await agreed(
      all(),
      async place => {
        const provider = await Agent.logIn(place, 'provider')
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

  test('hear of what is written elsewhere so much later as the line is slow', async () => {
    await all().say('lag', 'loc3', '2s')
    const began = performance.now()
    const { id } = await at(1).create({ surname: 'Late' })
    await until(async () => (await at(2).get(id)).status === 200, 10_000, 'the customer at loc2')
    const soon = performance.now() - began
    await until(async () => (await at(3).get(id)).status === 200, 10_000, 'the customer at loc3')
    const late = performance.now() - began
    await all().say('heal', 'loc3')
    expect(soon).toBeLessThan(2000)
    expect(late).toBeGreaterThanOrEqual(2000)
  })

  test('lose nothing that was acknowledged when one of them is killed while it writes', async () => {
    const acknowledged: string[] = []
    const write = async () => {
      for (let n = 0; ; n++) {
        const made = await at(2)
          .send('POST', '/v1/customers', { surname: `Survivor ${n}` })
          .catch(() => null)
        if (made?.status !== 201) return
        acknowledged.push(made.as(customer).id)
      }
    }
    const writing = Promise.all([write(), write(), write()])
    await until(() => acknowledged.length >= 30, 20_000, 'some to be written')
    await all().say('kill', 'loc2')
    await writing
    await all().say('start', 'loc2')
    for (const id of acknowledged) await agreedOn(id)
  }, 60_000)
})
