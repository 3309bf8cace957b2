import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { importJWK, SignJWT } from 'jose'
import { functionSpecs } from '#contract/functions.ts'
import { ping } from '#contract/schemas/service.ts'
import { freePorts } from '../e2e/free-ports.ts'
import {
  type ApiHandler,
  CLIENT,
  type FunctionEnvironment,
  ISSUER,
  invokeWithSample,
  startFunctionEnvironment,
} from './function-environment.ts'

const DOMAIN = 'customers-eu-west-1'

let environment: FunctionEnvironment
let handler: ApiHandler
/** A server in place of Amazon OpenSearch Service that answers DescribeDomain like its API reference. */
let aws: Server
let receivedRequests: string[]
/** The response about the domain; null: no response. */
let domainResponse: { status: number; body: unknown } | null

const domainStatus = (overrides: Record<string, unknown>) => ({
  status: 200,
  body: {
    DomainStatus: {
      DomainId: `123456789012/${DOMAIN}`,
      DomainName: DOMAIN,
      ARN: `arn:aws:es:eu-west-1:123456789012:domain/${DOMAIN}`,
      Created: true,
      Deleted: false,
      Endpoint: `search-${DOMAIN}-xmpl.eu-west-1.es.amazonaws.com`,
      Processing: false,
      UpgradeProcessing: false,
      EngineVersion: 'OpenSearch_3.1',
      ClusterConfig: { InstanceType: 'r7g.large.search', InstanceCount: 2 },
      ...overrides,
    },
  },
})

beforeAll(async () => {
  environment = await startFunctionEnvironment()
  const port = await freePorts()
  aws = createServer((request, response) => {
    receivedRequests.push(`${request.method} ${request.url}`)
    if (domainResponse === null) return
    response.writeHead(domainResponse.status, { 'Content-Type': 'application/json' })
    response.end(JSON.stringify(domainResponse.body))
  }).listen(port, '127.0.0.1')
  await once(aws, 'listening')
  Object.assign(process.env, {
    OPENSEARCH_DOMAIN: DOMAIN,
    AWS_ENDPOINT_URL_OPENSEARCH: `http://127.0.0.1:${port}`,
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    TOKEN_SIGNING_KEY: JSON.stringify(environment.signing),
    TOKEN_USERS: JSON.stringify({ grace: { password: 'right', groups: ['service_agent'] } }),
  })
  // In the cloud, a function has only the keys that its specification names.
  const { keys = [] } = functionSpecs.get('service') ?? {}
  for (const key of ['CURSOR_KEY', 'RECEIPT_KEY'] as const) if (!keys.includes(key)) delete process.env[key]
  handler = (await import('#functions/service/handler.ts')).handler
})
afterAll(async () => {
  aws.closeAllConnections()
  if (aws.listening) aws.close()
  await environment.engine.stop()
})
beforeEach(() => {
  receivedRequests = []
  domainResponse = domainStatus({ DomainProcessingStatus: 'Active' })
})

const signToken = async (groups: string[], client = CLIENT) =>
  new SignJWT({ token_use: 'access', client_id: client, username: 'grace', 'cognito:groups': groups })
    .setProtectedHeader({ alg: 'RS256', kid: 'key-1' })
    .setIssuer(ISSUER)
    .setSubject('grace')
    .setIssuedAt()
    .setExpirationTime('1h')
    .sign(await importJWK(environment.signing, 'RS256'))

async function getPing(Authorization?: string) {
  const { statusCode, body } = await invokeWithSample(handler, 'service', {
    headers: Authorization ? { Authorization } : {},
  })
  expect(statusCode).toBe(200)
  return ping.parse(JSON.parse(body)).search
}
const getPingAsProvider = async () => getPing(`Bearer ${await signToken(['service_provider'])}`)

test.each([
  ['right', 200],
  ['wrong', 401],
])('a login with the %s password is answered with %d', async (password, status) => {
  const path = '/v1/auth/token'
  const { statusCode } = await invokeWithSample(handler, 'service', {
    ...{ resource: path, path, httpMethod: 'POST', body: JSON.stringify({ username: 'grace', password }) },
    headers: { 'Content-Type': 'application/json' },
  })
  expect(statusCode).toBe(status)
})

describe('a ping by the provider', () => {
  test.each([
    ['active', { DomainProcessingStatus: 'Active' }],
    ['creating', { DomainProcessingStatus: 'Creating', Created: false }],
    ['changing', { DomainProcessingStatus: 'Modifying', Processing: true }],
    ['changing', { DomainProcessingStatus: 'UpgradingEngineVersion' }],
    ['changing', { DomainProcessingStatus: 'UpdatingServiceSoftware' }],
    ['isolated', { DomainProcessingStatus: 'Isolated' }],
    ['deleting', { DomainProcessingStatus: 'Deleting', Deleted: true }],
    ['unknown', { DomainProcessingStatus: 'SomethingNew' }],
    ['active', {}],
    ['creating', { Created: false }],
    ['changing', { Processing: true }],
    ['changing', { UpgradeProcessing: true }],
    ['deleting', { Deleted: true }],
  ])('reports that the search domain is %s when AWS returns %j', async (state, response) => {
    domainResponse = domainStatus(response)
    const domain = { name: DOMAIN, state, engine_version: 'OpenSearch_3.1' }
    expect(await getPingAsProvider()).toEqual({ status: 'up', engine: 'memory', domain })
    expect(receivedRequests).toEqual([`GET /2021-01-01/opensearch/domain/${DOMAIN}`])
  })

  test.each([
    ['does not know the domain', { status: 409, body: { message: 'Domain not found' } }],
    ['denies access', { status: 403, body: { message: 'not authorized' } }],
    ['fails', { status: 500, body: {} }],
    ['returns something else', { status: 200, body: {} }],
    ['does not respond', null],
  ])('reports an unknown state when AWS %s', async (_, response) => {
    domainResponse = response
    expect(await getPingAsProvider()).toMatchObject({ status: 'up', domain: { name: DOMAIN, state: 'unknown' } })
  })
})

describe('a ping by others omits the search domain:', () => {
  test.each([
    ['without credentials', async () => undefined],
    ['an agent', async () => `Bearer ${await signToken(['service_agent'])}`],
    ['a token of another client', async () => `Bearer ${await signToken(['service_provider'], 'another')}`],
    ['an invalid token', async () => 'Bearer TOKEN'],
    ['another kind of credential', async () => 'Basic YTpi'],
  ])('%s', async (_, credential) => {
    expect(await getPing(await credential())).toEqual({ status: 'up', engine: 'memory' })
    expect(receivedRequests).toEqual([])
  })
})

test('the domain is unknown when AWS is unreachable', async () => {
  aws.closeAllConnections()
  aws.close()
  expect(await getPingAsProvider()).toMatchObject({ status: 'up', domain: { state: 'unknown' } })
})
