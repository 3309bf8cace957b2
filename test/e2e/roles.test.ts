import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { Role, Route } from '#contract/route.ts'
import { routes } from '#contract/routes.ts'
import { problem } from '#contract/schemas/problem.ts'
import { forgedTokens, signedTokens } from './crafted-tokens.ts'
import { describeOwnServer } from './own-server.ts'
import { startServer, type TestServer } from './server.ts'

const FORGED = [
  'a token that is none',
  'an unsigned token',
  'an unsigned token that names a key',
  "a token signed with a foreign key under the issuer's name for its own",
  'a token signed with a key that nobody knows',
  'a token signed with a key without a name',
  'a token whose groups were changed',
]
const SIGNED_WRONG = [
  'an expired token',
  'a token that is not valid yet',
  'a token without an expiry',
  'a token of another client',
  'a token for another audience in place of a client',
  'a token of another issuer',
  'a token of another use',
  "a token signed by the public key's text",
  'a token with a critical header that nobody knows',
]
const NO_GROUP = ['a token without groups', 'a token of another group']

/** Credentials, and what becomes of them on a route that is not public: null is let in. */
const refusals: [string, number | null][] = [
  ['no token', 401],
  ['an agent', null],
  ['a provider', null],
  ...FORGED.map((name): [string, number] => [name, 401]),
]
const refusalsOfSigned: [string, number | null][] = [
  ['a well made token', null],
  ...SIGNED_WRONG.map((name): [string, number] => [name, 401]),
  ...NO_GROUP.map((name): [string, number] => [name, 403]),
]

const toRefusal = (role: Role, credential: string, refusal: number | null): number | null => {
  if (role === 'public') return null
  return role === 'provider' && credential === 'an agent' ? 403 : refusal
}

const allRoutes = Object.entries<Route>(routes)

/** The same for every request: no record of that id is there, and no body is sent. */
const toPath = ({ path }: Route): string => path.replaceAll(/\{\w+\}/g, '00000000-0000-4000-8000-000000000000')

let server: TestServer
const tokens = new Map<string, string | undefined>([['no token', undefined]])

beforeAll(async () => {
  server = await startServer({ REGISTRY_SAMPLE: '0' })
  const agent = await server.token('agent')
  tokens.set('an agent', agent)
  tokens.set('a provider', await server.token('provider'))
  const crafted = await forgedTokens(server.url, agent)
  if (server.own) Object.assign(crafted, await signedTokens(server.url, await server.own.signingKey()))
  for (const [name, token] of Object.entries(crafted)) tokens.set(name, token)
})
afterAll(() => server.stop())

async function ask(route: Route, credential: string, headers: Record<string, string> = {}) {
  expect(tokens.has(credential)).toBe(true)
  const token = tokens.get(credential)
  return server.api(route.method, toPath(route), { ...(token === undefined ? {} : { token }), headers })
}

async function expectRole(route: Route, credential: string, expected: number | null) {
  const answer = await ask(route, credential)
  if (expected === null) {
    expect([401, 403]).not.toContain(answer.status)
    expect(answer.status).toBeLessThan(500)
    return
  }
  expect(answer.status).toBe(expected)
  expect(answer.headers.get('content-type')).toBe('application/problem+json')
  expect(answer.as(problem)).toMatchObject({ status: expected, errors: [] })
  expect(answer.headers.has('www-authenticate')).toBe(expected === 401)
}

describe.each(allRoutes)('the operation %s', (_, route) => {
  test.each(refusals)('knows whether to let in %s', (credential, refusal) =>
    expectRole(route, credential, toRefusal(route.role, credential, refusal)),
  )

  describeOwnServer('with a token of the right key', () => {
    test.each(refusalsOfSigned)('knows whether to let in %s', (credential, refusal) =>
      expectRole(route, credential, toRefusal(route.role, credential, refusal)),
    )
  })

  test('takes no role from a header', async () => {
    const headers = {
      'X-Role': 'provider',
      'X-Groups': 'service_provider',
      role: 'provider',
      'cognito:groups': 'service_provider',
    }
    const legal = Object.fromEntries(Object.entries(headers).filter(([name]) => !name.includes(':')))
    const answer = await ask(route, 'no token', legal)
    expect(answer.status === 401).toBe(route.role !== 'public')
  })
})

describe('a credential', () => {
  const guarded = '/v1/customers'

  test.each([
    ['of another scheme', 'Basic YWdlbnQ6YWdlbnQ='],
    ['without a scheme', 'TOKEN'],
    ['with nothing after the scheme', 'Bearer '],
    ['with two tokens', 'Bearer TOKEN TOKEN'],
  ])('%s is refused', async (_, header) => {
    const Authorization = header.replaceAll('TOKEN', await server.token('agent'))
    expect((await server.api('GET', guarded, { headers: { Authorization } })).status).toBe(401)
  })

  test('in the URL is not read', async () => {
    const token = await server.token('agent')
    expect((await server.api('GET', `${guarded}?access_token=${token}`)).status).toBe(401)
  })

  test('in a scheme of small letters is taken, as HTTP has it', async () => {
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
    const answers = await Promise.all(attempts.map(body => server.api('POST', '/v1/auth/token', { body })))
    expect(answers.map(({ status }) => status)).toEqual([401, 401, 401, 401])
    expect(new Set(answers.map(answer => answer.as(problem).detail)).size).toBe(1)
  })
})
