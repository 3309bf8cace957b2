import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { HistoryItem } from '#contract/schemas/customer.ts'
import { customer } from '#contract/schemas/customer.ts'
import { Agent, createWithPast } from './agent.ts'
import { startServer, type TestServer } from './server.ts'

let server: TestServer
let agent: Agent

beforeAll(async () => {
  server = await startServer()
  agent = await Agent.logIn(server)
})
afterAll(() => server.stop())

/** What a history says, without what differs between two that were loaded at different moments. */
const toComparable = (history: readonly HistoryItem[]) =>
  history.map(({ action, surname, given_name, dob, document_number, details, state, valid_from, valid_to }) => ({
    action,
    surname,
    given_name,
    dob,
    document_number,
    details,
    state,
    valid_from,
    valid_to,
  }))

describe('a read as of', () => {
  let id: string
  beforeAll(async () => {
    id = await createWithPast(agent)
  })

  test.each([
    ['the start', '2000-01-01', 'Born'],
    ['a day in between', '2005-05-05', 'Born'],
    ['the millisecond before a change', '2010-06-15T11:59:59.999Z', 'Born'],
    ['the time of a change', '2010-06-15T12:00:00Z', 'Married'],
    ['the same time in another time zone', '2010-06-15T17:30:00%2B05:30', 'Married'],
    ['a time without seconds', '2010-06-15T12:00Z', 'Married'],
    ['a time in the first half of a second', '2020-01-01T00:00:00.499Z', 'Married'],
    ['a time finer than a millisecond', '2020-01-01T00:00:00.500000001Z', 'Widowed'],
    ['a distant future time', '2999-12-31', 'Widowed'],
  ])('%s returns the state at that time', async (_, time, surname) => {
    expect(await agent.read(id, `as_of=${time}`)).toMatchObject({ id, surname, given_name: 'Ada' })
  })

  test('a time before the start returns 404', async () => {
    expect((await agent.get(id, 'as_of=1999-12-31T23:59:59.999Z')).status).toBe(404)
  })

  test('a time returns the interval of the state', async () => {
    expect(await agent.read(id, 'as_of=2015-01-01')).toMatchObject({
      valid_from: '2010-06-15T12:00:00.000Z',
      valid_to: '2020-01-01T00:00:00.500Z',
    })
    expect(await agent.read(id, 'as_of=2030-01-01')).toMatchObject({
      valid_from: '2020-01-01T00:00:00.500Z',
      valid_to: null,
    })
  })

  test('now returns the current version', async () => {
    const now = await agent.read(id)
    expect(await agent.read(id, `as_of=${new Date().toISOString()}`)).toMatchObject({
      version: now.version,
      surname: now.surname,
    })
  })

  test('the start of each version returns that version', async () => {
    const history = await agent.history(id)
    expect(history).toHaveLength(3)
    for (const { valid_from, version, surname } of history)
      expect(await agent.read(id, `as_of=${valid_from}`)).toMatchObject({ version, surname })
  })
})

describe('a back-dated correction', () => {
  test('changes only the time from its effective date on', async () => {
    const id = await createWithPast(agent)
    const response = await agent.patch(id, { surname: 'Engaged', dob: '1978', valid_from: '2008-01-01' })
    expect(response.status).toBe(200)
    expect(response.as(customer)).toMatchObject({ surname: 'Widowed', dob: '1978' })
    const readAsOf = async (day: string) => {
      const { surname, dob, given_name } = await agent.read(id, `as_of=${day}`)
      return [surname, dob, given_name]
    }
    expect(await readAsOf('2007-12-31')).toEqual(['Born', null, 'Ada'])
    expect(await readAsOf('2008-01-01')).toEqual(['Engaged', '1978', 'Ada'])
    expect(await readAsOf('2010-06-15T11:59:59Z')).toEqual(['Engaged', '1978', 'Ada'])
    expect(await readAsOf('2010-06-16')).toEqual(['Married', '1978', 'Ada'])
    expect(await readAsOf('2021-01-01')).toEqual(['Widowed', '1978', 'Ada'])
    expect(await agent.versions(id)).toBe(4)
  })

  test('leaves intervals that tile time', async () => {
    const id = await createWithPast(agent)
    await agent.patch(id, { surname: 'Engaged', valid_from: '2008-01-01' })
    await agent.patch(id, { dob: '1978', valid_from: '2015-01-01' })
    const history = await agent.history(id)
    expect(history.map(({ valid_from }) => valid_from)).toEqual(
      history
        .map(({ valid_from }) => valid_from)
        .toSorted()
        .toReversed(),
    )
    expect(history.map(({ valid_to }) => valid_to)).toEqual([
      null,
      ...history.slice(0, -1).map(({ valid_from }) => valid_from),
    ])
  })

  test('before the first version starts the customer earlier', async () => {
    const id = await createWithPast(agent)
    await agent.patch(id, { surname: 'Infant', valid_from: '1990-01-01' })
    expect((await agent.get(id, 'as_of=1989-12-31')).status).toBe(404)
    expect(await agent.read(id, 'as_of=1995-01-01')).toMatchObject({
      surname: 'Infant',
      given_name: null,
      state: 'active',
      type: 'PERSON',
    })
    expect(await agent.read(id, 'as_of=2005-01-01')).toMatchObject({ surname: 'Born', given_name: 'Ada' })
  })

  test('repeated changes nothing', async () => {
    const id = await createWithPast(agent)
    const correction = { surname: 'Engaged', valid_from: '2008-01-01' }
    const first = await agent.patch(id, correction)
    const repeated = await agent.patch(id, correction)
    expect(repeated.json).toEqual(first.json)
    expect(await agent.versions(id)).toBe(4)
  })

  test('in any order makes the same history', async () => {
    const changes = [
      { surname: 'B', valid_from: '2005-01-01' },
      { dob: '1970', valid_from: '2003-01-01' },
      { surname: 'C', details: { city: 'Lund' }, valid_from: '2008-01-01' },
      { details: { city: null }, valid_from: '2009-01-01' },
      { surname: 'B', valid_from: '2010-01-01' },
    ]
    const orders = [
      [0, 1, 2, 3, 4],
      [4, 3, 2, 1, 0],
      [2, 0, 4, 1, 3],
    ]
    const histories = await Promise.all(
      orders.map(async order => {
        const { id } = await agent.create({ surname: 'A', valid_from: '2000-01-01' })
        for (const n of order) await agent.patch(id, changes[n])
        return toComparable(await agent.history(id))
      }),
    )
    expect(histories[0]).toHaveLength(6)
    for (const history of histories) expect(history).toEqual(histories[0])
  })

  test('that replaces the customer clears earlier fields', async () => {
    const { id } = await agent.create({ surname: 'A', given_name: 'B', dob: '1970', valid_from: '2000-01-01' })
    await agent.put(id, { surname: 'C', valid_from: '2010-01-01' })
    expect(await agent.read(id, 'as_of=2005-01-01')).toMatchObject({ surname: 'A', given_name: 'B', dob: '1970' })
    expect(await agent.read(id)).toMatchObject({ surname: 'C', given_name: null, dob: null })
  })

  test('that replaces the customer clears fields that were cleared later', async () => {
    const { id } = await agent.create({ surname: 'A', details: { city: 'Lund' }, valid_from: '2000-01-01' })
    await agent.patch(id, { details: { city: null }, valid_from: '2010-01-01' })
    await agent.put(id, { surname: 'C', valid_from: '2005-01-01' })
    expect(await agent.read(id, 'as_of=2006-01-01')).toMatchObject({ surname: 'C', details: {} })
    expect((await agent.read(id, 'as_of=2006-01-01')).details).toEqual({})
  })

  test('that leaves no name or document number then is refused', async () => {
    const { id } = await agent.create({ surname: 'A', valid_from: '2000-01-01' })
    await agent.patch(id, { given_name: 'B', valid_from: '2010-01-01' })
    expect((await agent.patch(id, { surname: null, valid_from: '2005-01-01' })).status).toBe(400)
    expect(await agent.versions(id)).toBe(2)
  })

  test('that leaves no name or document number at a later time is refused', async () => {
    const { id } = await agent.create({ surname: 'A', document_number: 'X 1', valid_from: '2000-01-01' })
    await agent.patch(id, { document_number: null, valid_from: '2010-01-01' })
    await agent.patch(id, { surname: 'Z', valid_from: '2015-01-01' })
    const response = await agent.patch(id, { surname: null, valid_from: '2005-01-01' })
    const earlier = await agent.read(id, 'as_of=2012-01-01')
    expect({ status: response.status, surname: earlier.surname, document_number: earlier.document_number }).toEqual({
      status: 400,
      surname: 'A',
      document_number: null,
    })
  })
})
