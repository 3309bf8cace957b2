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
  ['one who is both', ['service_agent', 'service_provider'], 'provider'],
  ['one with other groups too', ['x', 'service_agent'], 'agent'],
])('%s is let in by name and role, to every path of the stage', async (_, groups, role) => {
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

test('the canary is let in to what it tries out alone, to erase what it made among it', async () => {
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

test('an agent who is in the canary’s group too is an agent', async () => {
  const groups = ['service_canary', 'service_agent']
  const { context } = await authorize({
    Authorization: `Bearer ${await signToken({ ...validClaims, 'cognito:groups': groups })}`,
  })
  expect(context).toEqual({ actor: 'ada', role: 'agent' })
})

test('a user without a name goes by the subject', async () => {
  const { username: _, ...rest } = validClaims
  expect((await authorize({ Authorization: `Bearer ${await signToken(rest)}` })).principalId).toBe('subject-1')
})

test.each([
  ['no groups', []],
  ['groups of others', ['visitors', 'SERVICE_AGENT']],
])('a user with %s is denied everything', async (_, groups) => {
  const { policyDocument, context } = await authorize({
    Authorization: `Bearer ${await signToken({ ...validClaims, 'cognito:groups': groups })}`,
  })
  expect(policyDocument.Statement).toMatchObject([{ Effect: 'Deny' }])
  expect(context).toEqual({})
})

test.each([
  ['no token', {}],
  ['the sample, whose token is none', { Authorization: 'Bearer TOKEN' }],
  ['another scheme', { Authorization: 'Basic YTpi' }],
])('with %s it throws what the gateway turns into a 401', async (_, headers) => {
  const event = await sampleEvent<APIGatewayRequestAuthorizerEvent>('authorizer')
  await expect(handler({ ...event, headers })).rejects.toThrow(/^Unauthorized$/)
})

test('with a token of another client it throws too', async () => {
  const token = await signToken({ ...validClaims, client_id: 'another' })
  await expect(authorize({ Authorization: `Bearer ${token}` })).rejects.toThrow(/^Unauthorized$/)
})

test('a caller’s requests count in the plan of their group, and in the common one otherwise', async () => {
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
