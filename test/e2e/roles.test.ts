import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { Role, Route } from '#contract/route.ts'
import { routes } from '#contract/routes.ts'
import { problem } from '#contract/schemas/problem.ts'
import { caller as callerSchema } from '#contract/schemas/service.ts'
import { describeLocalServer } from './conditional-tests.ts'
import { forgedTokens, signedTokens } from './crafted-tokens.ts'
import { startServer, type TestServer } from './server.ts'

const FORGED = [
  'a malformed token',
  'an unsigned token',
  'an unsigned token that names a key id',
  "a token signed with a foreign key under the issuer's key id",
  'a token signed with an unknown key',
  'a token signed with a key without an id',
  'a token whose groups were changed',
]
const INVALID_CLAIMS = [
  'an expired token',
  'a token that is not valid yet',
  'a token of an unknown user',
  'a token without an expiry',
  'a token of another client',
  'a token for another audience in place of a client',
  'a token of another issuer',
  'a token of another use',
  "a token signed by the public key's text",
  'a token with an unknown critical header',
]
const WITHOUT_ROLE = ['a token without groups', 'a token of another group']

/** Credentials, and the expected status for an operation that is not public; null: allowed. */
const refusals: [string, number | null][] = [
  ['no token', 401],
  ['an agent', null],
  ['a provider', null],
  ...FORGED.map((name): [string, number] => [name, 401]),
]
const refusalsOfSigned: [string, number | null][] = [
  ['a valid token', null],
  ...INVALID_CLAIMS.map((name): [string, number] => [name, 401]),
  ...WITHOUT_ROLE.map((name): [string, number] => [name, 403]),
]

const toRefusal = (role: Role, credential: string, refusal: number | null): number | null => {
  if (role === 'public') return null
  return role === 'provider' && credential === 'an agent' ? 403 : refusal
}

const allRoutes = Object.entries<Route>(routes)

/** The path of an unknown record. Requests have no body. */
const toPath = ({ path }: Route): string => path.replaceAll(/\{\w+\}/g, '00000000-0000-4000-8000-000000000000')

let server: TestServer
const tokens = new Map<string, string | undefined>([['no token', undefined]])

beforeAll(async () => {
  server = await startServer({ REGISTRY_SAMPLE: '0' })
  const agent = await server.token('agent')
  tokens.set('an agent', agent)
  tokens.set('a provider', await server.token('provider'))
  const crafted = await forgedTokens(server.url, agent)
  if (server.local) Object.assign(crafted, await signedTokens(server.url, await server.local.signingKey()))
  for (const [name, token] of Object.entries(crafted)) tokens.set(name, token)
})
afterAll(() => server.stop())

async function request(route: Route, credential: string, headers: Record<string, string> = {}) {
  expect(tokens.has(credential)).toBe(true)
  const token = tokens.get(credential)
  return server.api(route.method, toPath(route), { ...(token === undefined ? {} : { token }), headers })
}

async function expectRole(route: Route, credential: string, expected: number | null) {
  const response = await request(route, credential)
  if (expected === null) {
    expect([401, 403]).not.toContain(response.status)
    expect(response.status).toBeLessThan(500)
    return
  }
  expect(response.status).toBe(expected)
  expect(response.headers.get('content-type')).toBe('application/problem+json')
  expect(response.as(problem)).toMatchObject({ status: expected, errors: [] })
  expect(response.headers.has('www-authenticate')).toBe(expected === 401)
}

/**
 * The cases of an operation. That users may end their own sessions is tested in `users.test.ts`: here it would end those of the tests that
 * follow.
 */
const casesOf = (name: string, cases: typeof refusals): typeof refusals =>
  name === 'endOwnSessions' ? cases.filter(([, refusal]) => refusal !== null) : cases

describe.each(allRoutes)('the operation %s', (name, route) => {
  test.each(casesOf(name, refusals))('allows or refuses %s', (credential, refusal) =>
    expectRole(route, credential, toRefusal(route.role, credential, refusal)),
  )

  describeLocalServer('with a token signed by the right key', () => {
    test.each(casesOf(name, refusalsOfSigned))('allows or refuses %s', (credential, refusal) =>
      expectRole(route, credential, toRefusal(route.role, credential, refusal)),
    )
  })

  test('ignores roles in headers', async () => {
    const headers = {
      'X-Role': 'provider',
      'X-Groups': 'service_provider',
      role: 'provider',
      'cognito:groups': 'service_provider',
    }
    const sendable = Object.fromEntries(Object.entries(headers).filter(([name]) => !name.includes(':')))
    const response = await request(route, 'no token', sendable)
    expect(response.status === 401).toBe(route.role !== 'public')
  })
})

test.each(['agent', 'provider'] as const)('a user with the role %s learns what it permits', async role => {
  const caller = (await server.api('GET', '/v1/me', { token: await server.token(role) })).as(callerSchema)
  expect(caller).toMatchObject({ user: role, role, location: server.location })
  const permitted = allRoutes.filter(([, route]) => role === 'provider' || route.role !== 'provider')
  expect(caller.operations).toEqual(permitted.map(([name]) => name))
})

describe('a credential', () => {
  const guarded = '/v1/customers'

  test.each([
    ['of another scheme', 'Basic YWdlbnQ6YWdlbnQ='],
    ['without a scheme', 'TOKEN'],
    ['without a token', 'Bearer '],
    ['with two tokens', 'Bearer TOKEN TOKEN'],
  ])('%s is refused', async (_, header) => {
    const Authorization = header.replaceAll('TOKEN', await server.token('agent'))
    expect((await server.api('GET', guarded, { headers: { Authorization } })).status).toBe(401)
  })

  test('in the URL is ignored', async () => {
    const token = await server.token('agent')
    expect((await server.api('GET', `${guarded}?access_token=${token}`)).status).toBe(401)
  })

  test('with a lower-case scheme is accepted, as HTTP requires', async () => {
    const Authorization = `bearer ${await server.token('agent')}`
    expect((await server.api('GET', guarded, { headers: { Authorization } })).status).toBe(200)
  })

  test('with a wrong password is refused without saying what was wrong', async () => {
    const attempts = [
      { username: 'agent', password: 'wrong' },
      { username: 'nobody', password: 'agent' },
      { username: '__proto__', password: 'agent' },
      { username: 'constructor', password: 'agent' },
    ]
    const responses = await Promise.all(attempts.map(body => server.api('POST', '/v1/auth/token', { body })))
    expect(responses.map(({ status }) => status)).toEqual([401, 401, 401, 401])
    expect(new Set(responses.map(response => response.as(problem).detail)).size).toBe(1)
  })
})
