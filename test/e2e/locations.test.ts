import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { conflictList } from '#contract/schemas/conflict.ts'
import { type Customer, customer } from '#contract/schemas/customer.ts'
import { Agent } from './agent.ts'
import { agreed, Locations } from './locations.ts'
import { describeOurs } from './ours.ts'
import { allCustomers, wholeHistory } from './pages.ts'
import { until } from './until.ts'

describeOurs('three locations', () => {
  let locations: Locations
  let agents: Agent[]
  beforeAll(async () => {
    locations = await Locations.start()
    agents = await Promise.all(locations.all.map(place => Agent.logIn(place)))
  }, 60_000)
  afterAll(() => locations.stop())

  const at = (number: number): Agent => agents[number - 1] as Agent
  const agent = (place: { name: string }) => at(Number(place.name.slice(3)))
  /** Until all locations have the customer alike, as a condition says. */
  const agreedOn = (id: string, isRight: (one: Customer) => boolean = () => true, bound = 10_000) =>
    agreed(
      locations,
      async place => customer.safeParse((await agent(place).get(id)).json).data,
      one => one !== undefined && isRight(one),
      bound,
      `${id} at all locations`,
    )

  test('have the sample, which one of them loaded', async () => {
    const lists = await agreed(
      locations,
      async place => (await allCustomers(place, agent(place).token)).map(({ id }) => id).sort(),
      ids => ids.length >= 12,
      15_000,
      'the sample at all locations',
    )
    expect(lists.length).toBeGreaterThanOrEqual(12)
    expect((await agreedOn(lists[0] ?? ''))?.location).toBe('loc1')
  })

  test('show a customer, who was created at one of them, to the others, with the same history', async () => {
    const made = await at(2).create({ surname: 'Okafor', given_name: 'Chidi', dob: '1990-02-11' })
    expect(await agreedOn(made.id)).toEqual(made)
    await at(3).patch(made.id, { given_name: 'Chidiebere' })
    await at(1).patch(made.id, { document_number: 'NG 1' })
    const whole = await agreedOn(
      made.id,
      ({ given_name, document_number }) => given_name === 'Chidiebere' && document_number === 'NG 1',
    )
    expect(whole).toMatchObject({ surname: 'Okafor', dob: '1990-02-11' })
    const histories = await Promise.all(locations.all.map(place => wholeHistory(place, agent(place).token, made.id)))
    expect(histories[1]).toEqual(histories[0])
    expect(histories[2]).toEqual(histories[0])
    expect(histories[0]?.map(({ location }) => location).sort()).toEqual(['loc1', 'loc2', 'loc3'])
  })

  test('find a customer of another location', async () => {
    await at(1).create({ surname: 'Szczebrzeszynski', given_name: 'Grzegorz' })
    for (const place of locations.all) {
      const found = async () =>
        (await agent(place).send('POST', '/v1/search', { q: 'Szczebrzeszynsky' })).text.includes('Szczebrzeszynski')
      await until(found, 10_000, `the customer to be found at ${place.name}`)
    }
  })

  test('all verify the tokens of one, also while that is dead', async () => {
    const { token } = at(1)
    const { id } = await at(1).create({ surname: 'Keyes' })
    await agreedOn(id)
    await locations.say('kill', 'loc1')
    try {
      for (const number of [2, 3]) {
        const { api } = locations.at(number)
        expect((await api('GET', `/v1/customers/${id}`, { token })).status).toBe(200)
        expect((await api('GET', `/v1/customers/${id}`, { token: `${token}x` })).status).toBe(401)
      }
      await expect(at(1).get(id)).rejects.toThrow('fetch failed')
    } finally {
      await locations.say('start', 'loc1')
    }
    expect((await at(1).read(id)).surname).toBe('Keyes')
  })

  test('keep both changes of a customer, and list what they said differently', async () => {
    const first = await at(1).create({ surname: 'Lindqvist', given_name: 'Åsa', document_number: 'SE 1' })
    const second = await at(1).create({ surname: 'Nakamura', given_name: 'Yui' })
    for (const { id } of [first, second]) await agreedOn(id)
    await locations.say('cut', 'loc2')
    await at(1).patch(first.id, { surname: 'Lindqvist-Berg' })
    await at(2).patch(first.id, { document_number: 'SE 2' })
    await at(1).patch(second.id, { surname: 'Tanaka' })
    await at(2).patch(second.id, { surname: 'Suzuki' })
    await until(async () => (await at(3).read(second.id)).surname === 'Tanaka', 10_000, 'the change at loc3')
    expect((await at(2).read(second.id)).surname).toBe('Suzuki')
    expect((await at(2).read(first.id)).surname).toBe('Lindqvist')
    await locations.say('heal', 'loc2')

    const both = await agreedOn(first.id, one => one.surname !== 'Lindqvist' && one.document_number !== 'SE 1', 2000)
    expect(both).toMatchObject({ surname: 'Lindqvist-Berg', document_number: 'SE 2', given_name: 'Åsa' })
    const one = await agreedOn(second.id, ({ surname }) => surname === 'Suzuki', 2000)
    expect(one?.given_name).toBe('Yui')
    for (const agent of agents) expect(await agent.versions(second.id)).toBe(3)

    const conflicts = await agreed(
      locations,
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
    await locations.say('lag', 'loc3', '2s')
    const began = performance.now()
    const { id } = await at(1).create({ surname: 'Late' })
    await until(async () => (await at(2).get(id)).status === 200, 10_000, 'the customer at loc2')
    const soon = performance.now() - began
    await until(async () => (await at(3).get(id)).status === 200, 10_000, 'the customer at loc3')
    const late = performance.now() - began
    await locations.say('heal', 'loc3')
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
    await locations.say('kill', 'loc2')
    await writing
    await locations.say('start', 'loc2')
    for (const id of acknowledged) await agreedOn(id)
  }, 60_000)
})
