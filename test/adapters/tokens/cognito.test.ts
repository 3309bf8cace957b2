import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { createCognitoLogin } from '#adapters/tokens/cognito.ts'
import { OneTimePassword, Unauthenticated, Unavailable } from '#domain/errors.ts'

/** Responses of a server in place of Cognito, as documented. */
const responses: Record<string, [number, unknown]> = {
  right: [200, { AuthenticationResult: { AccessToken: 'token', ExpiresIn: 3600, TokenType: 'Bearer' } }],
  wrong: [400, { __type: 'NotAuthorizedException', message: 'Incorrect username or password.' }],
  first: [200, { ChallengeName: 'NEW_PASSWORD_REQUIRED', Session: 's' }],
  reset: [400, { __type: 'PasswordResetRequiredException' }],
  often: [400, { __type: 'TooManyRequestsException' }],
  broken: [500, 'no JSON'],
}

let server: Server
let receivedRequest: { target: string | undefined; body: Record<string, unknown> }
let login: ReturnType<typeof createCognitoLogin>

beforeAll(async () => {
  server = createServer(async (request, response) => {
    const body = JSON.parse((await request.toArray()).join('')) as Record<string, { PASSWORD: string }>
    receivedRequest = { target: request.headers['x-amz-target']?.toString(), body }
    const [status, responseBody] = responses[body.AuthParameters?.PASSWORD ?? ''] ?? [404, {}]
    response.writeHead(status).end(typeof responseBody === 'string' ? responseBody : JSON.stringify(responseBody))
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  login = createCognitoLogin({ endpoint: `http://127.0.0.1:${port}/`, clientId: 'client-1' })
})
afterAll(() => void server.close())

test('the right password returns the token that Cognito issues', async () => {
  expect(await login('ada', 'right')).toEqual({ access_token: 'token', token_type: 'Bearer', expires_in: 3600 })
  expect(receivedRequest).toEqual({
    target: 'AWSCognitoIdentityProviderService.InitiateAuth',
    body: {
      AuthFlow: 'USER_PASSWORD_AUTH',
      ClientId: 'client-1',
      AuthParameters: { USERNAME: 'ada', PASSWORD: 'right' },
    },
  })
})

test('a wrong password returns null', async () => {
  expect(await login('ada', 'wrong')).toBeNull()
})

test.each([
  ['with a one-time password', 'first', OneTimePassword],
  ['whose password was reset', 'reset', Unauthenticated],
  ['who logs in too often', 'often', Unavailable],
  ['while Cognito fails', 'broken', Unavailable],
])('a user %s gets the matching error', async (_, password, errorClass) => {
  await expect(login('ada', password)).rejects.toThrow(errorClass)
})

test('login throws Unavailable when Cognito is unreachable', async () => {
  const unreachableLogin = createCognitoLogin({ endpoint: 'http://127.0.0.1:1/', clientId: 'client-1' })
  await expect(unreachableLogin('ada', 'right')).rejects.toThrow(Unavailable)
})
