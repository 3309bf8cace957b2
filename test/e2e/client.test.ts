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

test('the client logs in, creates, reads and changes, with types of what is sent and answered', async () => {
  const { data: made, response } = await registry.POST('/v1/customers', {
    body: { surname: 'Ørsted', given_name: 'Hans Christian', dob: '1777-08' },
  })
  expect(response.status).toBe(201)
  const path = { id: made?.id ?? '' }
  const changed = await registry.PATCH('/v1/customers/{id}', {
    params: { path, header: { 'If-Match': response.headers.get('ETag') ?? '' } },
    body: { document_number: 'DK 1820' },
  })
  expect(changed.data?.document_number).toBe('DK 1820')
  const { data: read } = await registry.GET('/v1/customers/{id}', { params: { path, query: { consistent: 'true' } } })
  const state: 'active' | 'deleted' | 'merged' | 'expired' | undefined = read?.state
  expect([read?.surname, state]).toEqual(['Ørsted', 'active'])
})

test('what is refused is an error, a problem document', async () => {
  const { data, error } = await registry.POST('/v1/customers', { body: { dob: '1777-13' } })
  expect(data).toBeUndefined()
  expect(error?.errors.map(({ pointer }) => pointer)).toContain('#/dob')
})

test('the list is filtered by an own field', async () => {
  // Other runs against the same list have cities of their own.
  const city = `Rudkøbing ${crypto.randomUUID()}`
  const made = await registry.POST('/v1/customers', { body: { surname: 'Ørsted', details: { city } } })
  const { data } = await registry.GET('/v1/customers', { params: { query: { 'detail.city': city, limit: 1 } } })
  expect(data?.items.map(({ id }) => id)).toEqual([made.data?.id])
})

test('of text a page is told as it is', async () => {
  const { data } = await registry.GET('/v1/audit', { headers: { Accept: 'text/csv' }, parseAs: 'text' })
  expect(String(data).split('\n')[0]).toContain('actor')
})

test('without a token only what is public is answered', async () => {
  const anybody = registryAt({ url: server.url })
  expect((await anybody.GET('/v1/customers')).response.status).toBe(401)
  const answer = async () =>
    (await anybody.POST('/v1/lookup', { body: { surname: 'Ørsted', dob: '1777' } })).data?.answer
  await until(async () => (await answer()) === 'possible', 5000, 'somebody like them to be found')
})
