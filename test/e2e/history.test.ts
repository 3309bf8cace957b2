import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { customer, historyList } from '#contract/schemas/customer.ts'
import { Agent, createWithPast, person } from './agent.ts'
import { allPages } from './pages.ts'
import { startServer, type TestServer } from './server.ts'

let server: TestServer
let agent: Agent
let provider: Agent

beforeAll(async () => {
  server = await startServer()
  agent = await Agent.logIn(server)
  provider = await Agent.logIn(server, 'provider')
})
afterAll(() => server.stop())

describe('a history', () => {
  test('lists every version, newest first, with its interval, action and actor', async () => {
    const { id } = await agent.create(person)
    await provider.patch(id, { surname: 'Berg', details: { city: 'Malmö' } })
    await agent.delete(id)
    const items = await agent.history(id)
    expect(items.map(({ action, actor, state, surname }) => ({ action, actor, state, surname }))).toEqual([
      { action: 'delete', actor: 'agent', state: 'deleted', surname: 'Berg' },
      { action: 'update', actor: 'provider', state: 'active', surname: 'Berg' },
      { action: 'create', actor: 'agent', state: 'active', surname: 'Lindqvist' },
    ])
    expect(items[1]?.sets.toSorted()).toEqual(['details.city', 'surname'])
    expect(items.map(({ valid_to }) => valid_to)).toEqual([null, items[0]?.valid_from, items[1]?.valid_from])
    expect(new Set(items.map(({ version }) => version)).size).toBe(3)
    for (const { clock, conflict, location, recorded_at } of items) {
      expect(clock[location]).toBe(recorded_at)
      expect(conflict).toBe(false)
    }
  })

  test.each([1, 2, 7])('is the same in pages of %i', async limit => {
    const { id } = await agent.create(person)
    for (const note of ['a', 'b', 'c', 'd', 'e', 'f']) await agent.patch(id, { details: { note } })
    const pages = await allPages(server, agent.token, `/v1/customers/${id}/history?limit=${limit}`, historyList)
    expect(pages.flatMap(({ items }) => items.map(({ version }) => version))).toEqual(
      (await agent.history(id)).map(({ version }) => version),
    )
    expect(pages.every(({ items }) => items.length <= limit)).toBe(true)
    expect(pages).toHaveLength(Math.ceil(7 / limit))
  })

  test('lists the fields of a version in a stable order', async () => {
    const { id } = await agent.create(person)
    const orders = await Promise.all(Array.from({ length: 6 }, async () => (await agent.history(id))[0]?.sets.join()))
    expect(new Set(orders).size).toBe(1)
  })
})

describe('a read as known at', () => {
  test('a time returns what was known then of any effective time', async () => {
    const id = await createWithPast(agent)
    const before = await agent.read(id)
    await agent.patch(id, { surname: 'Engaged', dob: '1978', valid_from: '2008-01-01' })
    const corrected = await agent.read(id)
    const read = async (as_of: string, known_at: string) => {
      const { surname, dob } = await agent.read(id, `as_of=${as_of}&known_at=${known_at}`)
      return [surname, dob]
    }
    expect(await read('2009-01-01', before.updated_at)).toEqual(['Born', null])
    expect(await read('2009-01-01', corrected.updated_at)).toEqual(['Engaged', '1978'])
    expect(await read('2015-01-01', before.updated_at)).toEqual(['Married', null])
    expect(await read('2015-01-01', corrected.updated_at)).toEqual(['Married', '1978'])
    expect(await agent.read(id, `known_at=${before.updated_at}`)).toMatchObject({
      surname: 'Widowed',
      dob: null,
      version: before.version,
    })
    expect(await agent.read(id, `known_at=${corrected.updated_at}`)).toMatchObject({ surname: 'Widowed', dob: '1978' })
  })

  test('each recording time returns the customer after that change', async () => {
    const { id } = await agent.create({ surname: 'A0' })
    const states = [await agent.read(id)]
    for (const surname of ['A1', 'A2', 'A3']) states.push((await agent.patch(id, { surname })).as(customer))
    for (const { updated_at, surname, version } of states)
      expect(await agent.read(id, `known_at=${updated_at}`)).toMatchObject({ surname, version })
  })

  test('a time before the first recording returns 404', async () => {
    const { id, created_at } = await agent.create({ surname: 'A', valid_from: '2000-01-01' })
    const earlier = new Date(Date.parse(created_at) - 1).toISOString()
    expect((await agent.get(id, `known_at=${earlier}`)).status).toBe(404)
    expect((await agent.get(id, `as_of=2005-01-01&known_at=${earlier}`)).status).toBe(404)
  })
})

describe('the difference between two times', () => {
  test('lists each changed field with the change that set it', async () => {
    const id = await createWithPast(agent)
    const { from, to, items, next } = await agent.diff(id, '2005-01-01', '2021-01-01')
    expect({ from, to, next }).toEqual({ from: '2005-01-01T00:00:00.000Z', to: '2021-01-01T00:00:00.000Z', next: null })
    expect(items).toEqual([
      { id, field: 'surname', before: 'Born', after: 'Widowed', at: '2020-01-01T00:00:00.500Z', actor: 'agent' },
    ])
  })

  test('from before the start contains the whole customer', async () => {
    const id = await createWithPast(agent)
    const { items } = await agent.diff(id, '1990-01-01', '2005-01-01')
    expect(items.map(({ field, before, after }) => [field, before, after])).toEqual([
      ['given_name', null, 'Ada'],
      ['state', null, 'active'],
      ['surname', null, 'Born'],
      ['type', null, 'PERSON'],
    ])
  })

  test.each([
    ['one time', '2011-01-01', '2011-01-01'],
    ['two times between changes', '2011-01-01', '2012-01-01'],
    ['two times before every change', '1900-01-01', '1901-01-01'],
    ['a change and its reversal', '2005-01-01', '2030-01-01'],
  ])('of %s is empty', async (_, from, to) => {
    const id = await createWithPast(agent)
    await agent.patch(id, { surname: 'Born', valid_from: '2022-01-01' })
    expect((await agent.diff(id, from, to)).items).toEqual([])
  })

  test('until now contains the deletion', async () => {
    const id = await createWithPast(agent)
    await agent.delete(id)
    expect((await agent.diff(id, '2021-01-01')).items).toMatchObject([
      { field: 'state', before: 'active', after: 'deleted' },
    ])
  })

  test('applied to the state before gives the state after', async () => {
    const id = await createWithPast(agent)
    await agent.patch(id, { given_name: null, details: { city: 'Lund', height_cm: 160 }, valid_from: '2015-01-01' })
    const changed = new Map(
      (await agent.diff(id, '2005-01-01', '2021-01-01')).items.map(({ field, after }) => [field, after]),
    )
    const flat = ({
      surname,
      given_name,
      details,
    }: {
      surname: string | null
      given_name: string | null
      details: object
    }) => ({
      surname,
      given_name,
      ...Object.fromEntries(Object.entries(details).map(([name, value]) => [`details.${name}`, value])),
    })
    const [before, after] = [
      flat(await agent.read(id, 'as_of=2005-01-01')),
      flat(await agent.read(id, 'as_of=2021-01-01')),
    ]
    expect({ ...before, ...Object.fromEntries(changed) }).toEqual(after)
  })
})
