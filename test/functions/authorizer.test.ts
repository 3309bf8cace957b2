import { afterAll, beforeAll, expect, jest, test } from '@jest/globals'
import type { APIGatewayAuthorizerResult, APIGatewayRequestAuthorizerEvent } from 'aws-lambda'
import { importJWK, type JWTPayload, SignJWT } from 'jose'
import {
  CLIENT,
  type FunctionEnvironment,
  ISSUER,
  sampleEvent,
  startFunctionEnvironment,
} from './function-environment.ts'

let environment: FunctionEnvironment
let handler: (event: APIGatewayRequestAuthorizerEvent) => Promise<APIGatewayAuthorizerResult>

beforeAll(async () => {
  environment = await startFunctionEnvironment()
  ;({ handler } = await import('#functions/authorizer/handler.ts'))
})
afterAll(() => environment.engine.stop())

const validClaims: JWTPayload = {
  token_use: 'access',
  client_id: CLIENT,
  username: 'ada',
  sub: 'subject-1',
  'cognito:groups': ['service_agent'],
}

const signToken = async (claims: JWTPayload) =>
  new SignJWT(claims)
    .setProtectedHeader({ alg: 'RS256', kid: 'key-1' })
    .setIssuer(ISSUER)
    .setIssuedAt()
    .setExpirationTime('1h')
    .sign(await importJWK(environment.signing, 'RS256'))

async function authorize(headers: Record<string, string>) {
  const event = await sampleEvent<APIGatewayRequestAuthorizerEvent>('authorizer')
  return handler({ ...event, headers: { ...event.headers, ...headers } })
}

test.each([
  ['an agent', ['service_agent'], 'agent'],
  ['a provider', ['service_provider'], 'provider'],
  ['a member of both groups', ['service_agent', 'service_provider'], 'provider'],
  ['a member of further groups', ['x', 'service_agent'], 'agent'],
])('%s is allowed every path of the stage, with name and role', async (_, groups, role) => {
  const result = await authorize({
    Authorization: `Bearer ${await signToken({ ...validClaims, 'cognito:groups': groups })}`,
  })
  expect(result).toEqual({
    principalId: 'ada',
    policyDocument: {
      Version: '2012-10-17',
      Statement: [
        {
          Action: 'execute-api:Invoke',
          Effect: 'Allow',
          Resource: 'arn:aws:execute-api:eu-west-1:123456789012:abc123/v/*',
        },
      ],
    },
    context: { actor: 'ada', role },
  })
})

test('the canary is allowed only the operations it needs, and to erase customers', async () => {
  const result = await authorize({
    Authorization: `Bearer ${await signToken({ ...validClaims, 'cognito:groups': ['service_canary'] })}`,
  })
  const api = 'arn:aws:execute-api:eu-west-1:123456789012:abc123/v'
  expect(result.policyDocument.Statement).toEqual([
    {
      Action: 'execute-api:Invoke',
      Effect: 'Allow',
      Resource: [
        `${api}/POST/v1/customers`,
        `${api}/GET/v1/customers/*`,
        `${api}/POST/v1/search`,
        `${api}/POST/v1/customers/*/erase`,
      ],
    },
  ])
  expect(result.context).toEqual({ actor: 'ada', role: 'provider', canary: 'true' })
})

test("an agent who is also in the canary's group is an agent", async () => {
  const groups = ['service_canary', 'service_agent']
  const { context } = await authorize({
    Authorization: `Bearer ${await signToken({ ...validClaims, 'cognito:groups': groups })}`,
  })
  expect(context).toEqual({ actor: 'ada', role: 'agent' })
})

test('a user without a name is identified by the subject', async () => {
  const { username: _, ...rest } = validClaims
  expect((await authorize({ Authorization: `Bearer ${await signToken(rest)}` })).principalId).toBe('subject-1')
})

test.each([
  ['no groups', []],
  ['groups of other applications', ['visitors', 'SERVICE_AGENT']],
])('a user with %s is denied everything', async (_, groups) => {
  const { policyDocument, context } = await authorize({
    Authorization: `Bearer ${await signToken({ ...validClaims, 'cognito:groups': groups })}`,
  })
  expect(policyDocument.Statement).toMatchObject([{ Effect: 'Deny' }])
  expect(context).toEqual({})
})

test.each([
  ['no token', {}],
  ["the sample's invalid token", { Authorization: 'Bearer TOKEN' }],
  ['another scheme', { Authorization: 'Basic YTpi' }],
])('%s makes it throw the error that the gateway turns into 401', async (_, headers) => {
  const event = await sampleEvent<APIGatewayRequestAuthorizerEvent>('authorizer')
  await expect(handler({ ...event, headers })).rejects.toThrow(/^Unauthorized$/)
})

test("a token of the page's client is accepted as well", async () => {
  process.env.TOKEN_PAGE_CLIENT_ID = 'page'
  jest.resetModules()
  const { handler: handlerWithPage } = await import('#functions/authorizer/handler.ts')
  const event = await sampleEvent<APIGatewayRequestAuthorizerEvent>('authorizer')
  const authorizeFor = async (client_id: string) =>
    handlerWithPage({
      ...event,
      headers: { Authorization: `Bearer ${await signToken({ ...validClaims, client_id })}` },
    })
  expect(await authorizeFor('page')).toMatchObject({ context: { actor: 'ada', role: 'agent' } })
  expect(await authorizeFor(CLIENT)).toMatchObject({ context: { actor: 'ada', role: 'agent' } })
  await expect(authorizeFor('another')).rejects.toThrow(/^Unauthorized$/)
  delete process.env.TOKEN_PAGE_CLIENT_ID
})

test('a token of another client makes it throw too', async () => {
  const token = await signToken({ ...validClaims, client_id: 'another' })
  await expect(authorize({ Authorization: `Bearer ${token}` })).rejects.toThrow(/^Unauthorized$/)
})

test("a caller's requests count towards the usage plan of their group, or else the default plan", async () => {
  process.env.USAGE_PLANS = 'crm,kiosk'
  jest.resetModules()
  const { handler: handlerWithPlans } = await import('#functions/authorizer/handler.ts')
  const event = await sampleEvent<APIGatewayRequestAuthorizerEvent>('authorizer')
  const getPlan = async (...groups: string[]) => {
    const token = await signToken({ ...validClaims, 'cognito:groups': ['service_agent', ...groups] })
    const { usageIdentifierKey } = await handlerWithPlans({ ...event, headers: { Authorization: `Bearer ${token}` } })
    return usageIdentifierKey
  }
  expect(await getPlan('kiosk')).toBe('customer-registry-plan-kiosk')
  expect(await getPlan()).toBe('customer-registry-plan-common')
  delete process.env.USAGE_PLANS
})
