import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { registryAt } from '../../client/registry.ts'
import { startServer, type TestServer } from './server.ts'
import { PASSWORDS } from './target.ts'
import { until } from './until.ts'

let server: TestServer
let token: string
let registry: ReturnType<typeof registryAt>

beforeAll(async () => {
  server = await startServer()
  const { data } = await registryAt({ url: server.url }).POST('/v1/auth/token', {
    body: { username: 'agent', password: PASSWORDS.agent },
  })
  token = data?.access_token ?? ''
  registry = registryAt({ url: server.url, token: () => token })
})
afterAll(() => server.stop())

test('the client logs in, creates, reads and changes, with typed requests and responses', async () => {
  const { data: created, response } = await registry.POST('/v1/customers', {
    body: { surname: 'Ørsted', given_name: 'Hans Christian', dob: '1777-08' },
  })
  expect(response.status).toBe(201)
  const path = { id: created?.id ?? '' }
  const changed = await registry.PATCH('/v1/customers/{id}', {
    params: { path, header: { 'If-Match': response.headers.get('ETag') ?? '' } },
    body: { document_number: 'DK 1820' },
  })
  expect(changed.data?.document_number).toBe('DK 1820')
  const { data: customer } = await registry.GET('/v1/customers/{id}', {
    params: { path, query: { consistent: 'true' } },
  })
  const state: 'active' | 'deleted' | 'merged' | 'expired' | undefined = customer?.state
  expect([customer?.surname, state]).toEqual(['Ørsted', 'active'])
})

test('a refused request returns an error with a problem document', async () => {
  const { data, error } = await registry.POST('/v1/customers', { body: { dob: '1777-13' } })
  expect(data).toBeUndefined()
  expect(error?.errors.map(({ pointer }) => pointer)).toContain('#/dob')
})

test('the list is filtered by a custom field', async () => {
  // Other runs against the same list use other cities.
  const city = `Rudkøbing ${crypto.randomUUID()}`
  const created = await registry.POST('/v1/customers', { body: { surname: 'Ørsted', details: { city } } })
  const query = { 'detail.NAME': { 'detail.city': city }, limit: 1 }
  const list = async () => {
    const { data } = await registry.GET('/v1/customers', { params: { query } })
    return data?.items.map(({ id }) => id) ?? []
  }
  await until(async () => (await list()).length > 0, 10_000, 'the customer to be listed')
  expect(await list()).toEqual([created.data?.id])
})

test('a text page is returned as text', async () => {
  const { data } = await registry.GET('/v1/audit', { headers: { Accept: 'text/csv' }, parseAs: 'text' })
  expect(String(data).split('\n')[0]).toContain('actor')
})

test('without a token only public operations are allowed', async () => {
  const anonymous = registryAt({ url: server.url })
  expect((await anonymous.GET('/v1/customers')).response.status).toBe(401)
  const getAnswer = async () =>
    (await anonymous.POST('/v1/lookup', { body: { surname: 'Ørsted', dob: '1777' } })).data?.answer
  await until(async () => (await getAnswer()) === 'possible', 5000, 'a similar person to be found')
})
