import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { problemType } from '#contract/problems.ts'
import { customer } from '#contract/schemas/customer.ts'
import { problem } from '#contract/schemas/problem.ts'
import { sampleFields } from '#local/sample/fields.ts'
import { Agent, etag } from './agent.ts'
import { startServer, type TestServer } from './server.ts'

let server: TestServer
let agent: Agent
let provider: Agent
let keys = 0
const newKey = () => ({ 'Idempotency-Key': `key-${process.pid}-${Date.now()}-${keys++}` })

beforeAll(async () => {
  server = await startServer()
  agent = await Agent.logIn(server)
  provider = await Agent.logIn(server, 'provider')
})
afterAll(() => server.stop())

const valueFor = (type: string, n: number) => {
  const values: Record<string, string | number | boolean> = {
    number: n,
    boolean: true,
    date: '2020-01',
    phone: '+442079460958',
    email: 'ann@example.com',
  }
  return values[type] ?? `value ${n}`
}

describe('concurrent changes', () => {
  test('of sixteen fields are all kept: sixteen responses with 200, seventeen versions', async () => {
    expect(sampleFields).toHaveLength(16)
    const { id } = await agent.create({ surname: 'Sixteen' })
    const values = sampleFields.map(({ name, type }, n): [string, string | number | boolean] => [
      name,
      valueFor(type, n),
    ])
    const responses = await Promise.all(values.map(([name, value]) => agent.patch(id, { details: { [name]: value } })))
    expect(responses.map(({ status }) => status)).toEqual(values.map(() => 200))
    expect((await agent.read(id)).details).toEqual(Object.fromEntries(values))
    const history = await agent.history(id)
    expect(history).toHaveLength(17)
    expect(
      history
        .slice(0, 16)
        .map(({ sets }) => sets.join())
        .sort(),
    ).toEqual(values.map(([name]) => `details.${name}`).sort())
    for (const [n, response] of responses.entries())
      expect(response.as(customer).details).toMatchObject(Object.fromEntries(values.slice(n, n + 1)))
  })

  test('of one field are all in the history, and the last one is current', async () => {
    const { id } = await agent.create({ surname: 'One' })
    const notes = Array.from({ length: 24 }, (_, n) => `note ${n}`)
    const responses = await Promise.all(notes.map(note => agent.patch(id, { details: { note } })))
    expect(responses.map(({ status }) => status)).toEqual(notes.map(() => 200))
    const history = await agent.history(id)
    expect(history.map(({ details }) => details.note)).toEqual(expect.arrayContaining(notes))
    expect(history).toHaveLength(25)
    expect((await agent.read(id)).details.note).toBe(history[0]?.details.note)
    expect(new Set(history.map(({ version }) => version)).size).toBe(25)
  })

  test('of one field to one value make one version', async () => {
    const { id } = await agent.create({ surname: 'Same' })
    const responses = await Promise.all(
      Array.from({ length: 12 }, () => agent.patch(id, { details: { note: 'same' } })),
    )
    expect(responses.map(({ status }) => status)).toEqual(responses.map(() => 200))
    expect(await agent.versions(id)).toBe(2)
  })

  test('by delete, restore and patch leave a history without gaps', async () => {
    const { id } = await agent.create({ surname: 'Mixed' })
    const requests = Array.from({ length: 24 }, (_, n) =>
      n % 3 === 0
        ? agent.delete(id)
        : n % 3 === 1
          ? agent.restore(id)
          : agent.patch(id, { details: { note: `note ${n}` } }),
    )
    const responses = await Promise.all(requests)
    expect(responses.every(({ status }) => [200, 409].includes(status))).toBe(true)
    const history = await agent.history(id)
    for (const [n, { valid_to }] of history.entries()) expect(valid_to).toBe(history[n - 1]?.valid_from ?? null)
    const { state, details, version } = await agent.read(id)
    expect(history[0]).toMatchObject({ state, details, version })
  })

  test('back-dated to several days all take effect on their day', async () => {
    const { id } = await agent.create({ surname: 'Dated', valid_from: '2010-01-01' })
    const years = Array.from({ length: 12 }, (_, n) => 2011 + n)
    const responses = await Promise.all(
      years.map(year => agent.patch(id, { details: { city: `City ${year}` }, valid_from: `${year}-01-01` })),
    )
    expect(responses.map(({ status }) => status)).toEqual(years.map(() => 200))
    for (const year of years) expect((await agent.read(id, `as_of=${year}-07-01`)).details.city).toBe(`City ${year}`)
    expect((await agent.read(id)).details.city).toBe('City 2022')
    expect(await agent.versions(id)).toBe(13)
  })
})

describe('an idempotency key', () => {
  test('makes a repeated creation return its first response, even after a change and a deletion', async () => {
    const key = newKey()
    const body = { surname: 'Wiedergaenger', details: { city: 'Lund' } }
    const first = await agent.send('POST', '/v1/customers', body, key)
    expect(first.status).toBe(201)
    const { id } = first.as(customer)
    const expectSameResponse = async () => {
      const repeated = await agent.send('POST', '/v1/customers', body, key)
      expect({
        status: repeated.status,
        json: repeated.json,
        etag: etag(repeated),
        location: repeated.headers.get('location'),
      }).toEqual({
        status: 201,
        json: first.json,
        etag: etag(first),
        location: first.headers.get('location'),
      })
    }
    await expectSameResponse()
    await agent.patch(id, { surname: 'Wiederkehrer' })
    await expectSameResponse()
    await agent.delete(id)
    await expectSameResponse()
    expect(await agent.versions(id)).toBe(3)
    expect(await agent.read(id)).toMatchObject({ surname: 'Wiederkehrer', state: 'deleted' })
  })

  test('makes concurrent creations one customer', async () => {
    const key = newKey()
    const responses = await Promise.all(
      Array.from({ length: 10 }, () => agent.send('POST', '/v1/customers', { surname: 'Once' }, key)),
    )
    expect(responses.map(({ status }) => status)).toEqual(responses.map(() => 201))
    expect(new Set(responses.map(response => JSON.stringify(response.as(customer)))).size).toBe(1)
    expect(await agent.versions(responses[0]?.as(customer).id ?? '')).toBe(1)
  })

  test('accepts the same body with another order of members', async () => {
    const key = newKey()
    const first = await agent.create({ surname: 'Order', given_name: 'A', details: { city: 'x', note: 'y' } }, key)
    expect(await agent.create({ details: { note: 'y', city: 'x' }, given_name: 'A', surname: 'Order' }, key)).toEqual(
      first,
    )
  })

  test('refuses another body', async () => {
    const key = newKey()
    const { id } = await agent.create({ surname: 'Key' }, key)
    const response = await agent.send('POST', '/v1/customers', { surname: 'Other' }, key)
    expect(response.status).toBe(422)
    expect(response.as(problem).type).toBe(problemType('key-reused'))
    expect(await agent.versions(id)).toBe(1)
  })

  test('belongs to its caller', async () => {
    const key = newKey()
    const [agentCustomer, providerCustomer] = [
      await agent.create({ surname: 'Mine' }, key),
      await provider.create({ surname: 'Theirs' }, key),
    ]
    expect(agentCustomer.id).not.toBe(providerCustomer.id)
  })

  test('makes a repeated change return its first response without changing anything back', async () => {
    const { id } = await agent.create({ surname: 'Patched' })
    const key = newKey()
    const first = await agent.patch(id, { surname: 'Second' }, key)
    await agent.patch(id, { surname: 'Third' })
    const repeated = await agent.patch(id, { surname: 'Second' }, key)
    expect({ status: repeated.status, json: repeated.json, etag: etag(repeated) }).toEqual({
      status: 200,
      json: first.json,
      etag: etag(first),
    })
    expect((await agent.patch(id, { surname: 'Fourth' }, key)).status).toBe(422)
    expect((await agent.delete(id, key)).status).toBe(422)
    expect((await agent.read(id)).surname).toBe('Third')
    expect(await agent.versions(id)).toBe(3)
  })

  test('is recognised although its own change made the If-Match stale', async () => {
    const { id } = await agent.create({ surname: 'Patched' })
    const headers = { ...newKey(), 'If-Match': etag(await agent.get(id)) }
    const first = await agent.patch(id, { surname: 'Second' }, headers)
    const repeated = await agent.patch(id, { surname: 'Second' }, headers)
    expect([first.status, repeated.status]).toEqual([200, 200])
    expect(repeated.json).toEqual(first.json)
  })

  test('is recognised after a dozen further keys', async () => {
    const { id } = await agent.create({ surname: 'Zero' })
    const key = newKey()
    const first = await agent.patch(id, { surname: 'First' }, key)
    for (let n = 0; n < 12; n++) await agent.patch(id, { details: { note: `note ${n}` } }, newKey())
    await agent.patch(id, { surname: 'Last' })
    const repeated = await agent.patch(id, { surname: 'First' }, key)
    expect(repeated.json).toEqual(first.json)
    expect((await agent.read(id)).surname).toBe('Last')
  })

  test('of a deletion or restoration does not undo later changes', async () => {
    const { id } = await agent.create({ surname: 'Gone' })
    const [deleteKey, restoreKey] = [newKey(), newKey()]
    await agent.delete(id, deleteKey)
    await agent.restore(id, restoreKey)
    expect((await agent.delete(id, deleteKey)).as(customer).state).toBe('deleted')
    expect((await agent.read(id)).state).toBe('active')
    await agent.delete(id)
    expect((await agent.restore(id, restoreKey)).as(customer).state).toBe('active')
    expect((await agent.read(id)).state).toBe('deleted')
  })
})
