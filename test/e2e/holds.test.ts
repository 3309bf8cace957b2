import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { readCustomer } from '#contract/schemas/customer.ts'
import { holdList } from '#contract/schemas/retention.ts'
import { Agent } from './agent.ts'
import { allPages } from './pages.ts'
import { startServer, type TestServer } from './server.ts'

let server: TestServer
let agent: Agent
let provider: Agent
beforeAll(async () => {
  server = await startServer({ REGISTRY_SAMPLE: '0' })
  agent = await Agent.logIn(server)
  provider = await Agent.logIn(server, 'provider')
})
afterAll(() => server.stop())

const getHolds = async (ids: readonly string[]) => {
  const pages = await allPages(server, provider.token, '/v1/holds?limit=2', holdList)
  return pages
    .flatMap(({ items }) => items)
    .filter(({ customer }) => ids.includes(customer.id))
    .map(({ reason, until, customer }) => [customer.surname, reason, until])
}

test('a hold is listed and read on the customer by the provider until it is released, and never by an agent', async () => {
  const surnames = ['Held Open', 'Held Late', 'Held Soon']
  const ends = [null, '2199-01-01T00:00:00.000Z', '2099-01-01T00:00:00.000Z']
  const ids: string[] = []
  for (const [n, surname] of surnames.entries()) {
    const { id } = await agent.create({ surname })
    ids.push(id)
    expect((await provider.send('PUT', `/v1/customers/${id}/hold`, { reason: 'a suit', until: ends[n] })).status).toBe(
      200,
    )
  }
  expect(await getHolds(ids)).toEqual([2, 1, 0].map(n => [surnames[n], 'a suit', ends[n]]))
  const [id = ''] = ids
  const asHeld = new Date().toISOString()
  const readHold = async (reader: Agent, query = '') =>
    (await reader.send('GET', `/v1/customers/${id}${query}`)).as(readCustomer).hold
  expect(await readHold(provider)).toEqual({ reason: 'a suit', until: null })
  expect(await readHold(agent)).toBeUndefined()
  expect((await agent.send('GET', '/v1/holds')).status).toBe(403)

  await provider.send('DELETE', `/v1/customers/${id}/hold`)
  expect(await readHold(provider, '?consistent=true')).toBeNull()
  expect(await readHold(provider, `?as_of=${asHeld}`)).toEqual({ reason: 'a suit', until: null })
  expect(await getHolds(ids)).toHaveLength(2)
  for (const other of ids.slice(1)) await provider.send('DELETE', `/v1/customers/${other}/hold`)
})
