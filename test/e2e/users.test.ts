import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type * as z from 'zod'
import { problem } from '#contract/schemas/problem.ts'
import { token as tokenResponse } from '#contract/schemas/service.ts'
import { issuedUserAnswer, userAnswer, userList } from '#contract/schemas/user.ts'
import { describeLocalServer } from './conditional-tests.ts'
import { startServer, type TestServer } from './server.ts'
import { PASSWORDS } from './target.ts'

let server: TestServer
let provider: string
const OWN_PASSWORD = 'Own-Password-1-of-the-user'
/** Runs against a deployment leave no users behind, and do not meet those of others. */
const name = `e2e-${Date.now().toString(36)}`

beforeAll(async () => {
  server = await startServer({ REGISTRY_SAMPLE: '0' })
  provider = await server.token('provider')
})
afterAll(() => server.stop())

const call = (method: string, path: string, body?: unknown) =>
  server.api(method, path, { token: provider, ...(body === undefined ? {} : { body }) })
const logIn = (username: string, password: string, new_password?: string) =>
  server.api('POST', '/v1/auth/token', { body: { username, password, ...(new_password ? { new_password } : {}) } })
const tokenOf = async (password: string) => (await logIn(name, password)).as(tokenResponse).access_token

async function listAll() {
  const items: z.infer<typeof userAnswer>[] = []
  for (let cursor: string | null = ''; cursor !== null; ) {
    const path: string = `/v1/users?limit=2${cursor && `&cursor=${cursor}`}`
    const page: z.infer<typeof userList> = (await call('GET', path)).as(userList)
    items.push(...page.items)
    cursor = page.next
  }
  return items
}

test('a user is created, sets a password, is promoted, disabled, enabled, reset and removed', async () => {
  const created = await call('POST', '/v1/users', { username: name, role: 'agent' })
  expect(created.status).toBe(201)
  const { id, password, ...user } = created.as(issuedUserAnswer)
  expect(created.headers.get('location')).toContain(`/v1/users/${id}`)
  expect(user).toMatchObject({ username: name, role: 'agent', disabled: false, one_time_password: true })
  expect((await call('POST', '/v1/users', { username: name, role: 'agent' })).status).toBe(409)

  const refused = await logIn(name, password)
  expect(refused.headers.get('www-authenticate')).toBe('Bearer')
  expect(refused.as(problem)).toMatchObject({
    status: 401,
    type: 'urn:customer-registry:problem:one-time-password',
    detail: expect.stringContaining('new_password'),
  })
  expect((await logIn(name, password, OWN_PASSWORD)).status).toBe(200)
  expect((await server.api('GET', '/v1/users', { token: await tokenOf(OWN_PASSWORD) })).status).toBe(403)

  const patch = async (change: unknown) => (await call('PATCH', `/v1/users/${id}`, change)).as(userAnswer)
  expect(await patch({ role: 'provider' })).toMatchObject({ role: 'provider', one_time_password: false })
  expect((await server.api('GET', '/v1/users', { token: await tokenOf(OWN_PASSWORD) })).status).toBe(200)
  expect(await patch({ disabled: true, role: 'agent' })).toMatchObject({ role: 'agent', disabled: true })
  expect((await logIn(name, OWN_PASSWORD)).status).toBe(401)
  expect(await patch({ disabled: false })).toMatchObject({ disabled: false })

  const reset = (await call('POST', `/v1/users/${id}/reset-password`)).as(issuedUserAnswer)
  expect((await logIn(name, OWN_PASSWORD)).status).toBe(401)
  expect((await logIn(name, reset.password, OWN_PASSWORD)).status).toBe(200)

  const listed = await listAll()
  expect(listed.map(({ username }) => username)).toEqual(listed.map(({ username }) => username).sort())
  expect(listed).toContainEqual(expect.objectContaining({ id, username: name, role: 'agent' }))
  expect((await call('DELETE', `/v1/users/${id}`)).status).toBe(200)
  expect((await logIn(name, OWN_PASSWORD)).status).toBe(401)
  expect((await call('DELETE', `/v1/users/${id}`)).status).toBe(404)
})

test('a provider can neither remove, disable nor demote themselves', async () => {
  const id = (await listAll()).find(({ username }) => username === 'provider')?.id
  expect((await call('DELETE', `/v1/users/${id}`)).status).toBe(409)
  expect((await call('PATCH', `/v1/users/${id}`, { disabled: true })).status).toBe(409)
  expect((await call('PATCH', `/v1/users/${id}`, { role: 'agent' })).status).toBe(409)
  expect((await logIn('provider', PASSWORDS.provider)).status).toBe(200)
})

test.each([['Grace'], ['grace hopper'], [''], ['-grace'], ['g'.repeat(65)]])(
  'the name %p is refused',
  async username => {
    expect((await call('POST', '/v1/users', { username, role: 'agent' })).status).toBe(400)
  },
)

describeLocalServer('on one machine', () => {
  test('a token is refused at once when its user is disabled', async () => {
    const { id, password } = (await call('POST', '/v1/users', { username: 'temp', role: 'agent' })).as(issuedUserAnswer)
    const { access_token } = (await logIn('temp', password, OWN_PASSWORD)).as(tokenResponse)
    const read = async () => (await server.api('GET', '/v1/customers', { token: access_token })).status
    expect(await read()).toBe(200)
    await call('PATCH', `/v1/users/${id}`, { disabled: true })
    expect(await read()).toBe(401)
  })

  test('without the demo users, a first provider gets a one-time password, which is shown once', async () => {
    const own = await startServer({ REGISTRY_SAMPLE: '0', REGISTRY_DEMO_USERS: '0' })
    try {
      const [, password = ''] = /provider \/ (\S+) \(shown once/.exec(own.local?.run.stdout ?? '') ?? []
      const attempt = (body: unknown) => own.api('POST', '/v1/auth/token', { body })
      expect((await attempt({ username: 'agent', password: 'agent' })).status).toBe(401)
      expect((await attempt({ username: 'provider', password: 'provider' })).status).toBe(401)
      expect((await attempt({ username: 'provider', password, new_password: OWN_PASSWORD })).status).toBe(200)
      await own.restart()
      expect(own.local?.run.stdout).not.toContain('shown once')
      expect((await attempt({ username: 'provider', password: OWN_PASSWORD })).status).toBe(200)
    } finally {
      await own.stop()
    }
  })
})

test('a user ends all sessions of their own, and of nobody else, and keeps the password', async () => {
  const grace = `${name}-g`
  const { id, password } = (await call('POST', '/v1/users', { username: grace, role: 'agent' })).as(issuedUserAnswer)
  const logInAgain = async (newPassword?: string) =>
    (await logIn(grace, newPassword ? password : OWN_PASSWORD, newPassword)).as(tokenResponse).access_token
  const [token, other] = [await logInAgain(OWN_PASSWORD), await logInAgain()]
  const statusOf = async (token: string) => (await server.api('GET', '/v1/me', { token })).status
  const ended = await server.api('POST', '/v1/me/end-sessions', { token })
  expect([ended.status, ended.json]).toEqual([200, { user: grace }])
  // In the cloud, tokens that are out live on for some minutes.
  if (server.local) expect(await Promise.all([token, other].map(statusOf))).toEqual([401, 401])
  expect(await statusOf(provider)).toBe(200)
  expect(await statusOf(await logInAgain())).toBe(200)
  const entries = await call('GET', `/v1/audit?action=endOwnSessions&actor=${grace}`)
  expect(entries.text).toContain('"done"')
  await call('DELETE', `/v1/users/${id}`)
})
