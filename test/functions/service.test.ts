import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { importJWK, SignJWT } from 'jose'
import { ping } from '#contract/schemas/service.ts'
import { freePort } from '#local/free-port.ts'
import {
  type ApiHandler,
  answerTo,
  CLIENT,
  type FunctionSurroundings,
  ISSUER,
  surroundFunctions,
} from './surroundings.ts'

const DOMAIN = 'customers-eu-west-1'

let surroundings: FunctionSurroundings
let handler: ApiHandler
/** Stands for Amazon OpenSearch Service: answers DescribeDomain as its API reference has it. */
let aws: Server
let asked: string[]
/** What it says of the domain; null: nothing at all. */
let says: { status: number; body: unknown } | null

const status = (more: Record<string, unknown>) => ({
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
      ...more,
    },
  },
})

beforeAll(async () => {
  surroundings = await surroundFunctions()
  const port = await freePort()
  aws = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`)
    if (says === null) return
    response.writeHead(says.status, { 'Content-Type': 'application/json' })
    response.end(JSON.stringify(says.body))
  }).listen(port, '127.0.0.1')
  await once(aws, 'listening')
  Object.assign(process.env, {
    OPENSEARCH_DOMAIN: DOMAIN,
    AWS_ENDPOINT_URL_OPENSEARCH: `http://127.0.0.1:${port}`,
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
  })
  handler = (await import('#functions/service/handler.ts')).handler
})
afterAll(async () => {
  aws.closeAllConnections()
  if (aws.listening) aws.close()
  await surroundings.engine.stop()
})
beforeEach(() => {
  asked = []
  says = status({ DomainProcessingStatus: 'Active' })
})

const tokenOf = async (groups: string[], client = CLIENT) =>
  new SignJWT({ token_use: 'access', client_id: client, username: 'grace', 'cognito:groups': groups })
    .setProtectedHeader({ alg: 'RS256', kid: 'key-1' })
    .setIssuer(ISSUER)
    .setSubject('grace')
    .setIssuedAt()
    .setExpirationTime('1h')
    .sign(await importJWK(surroundings.signing, 'RS256'))

async function pinged(Authorization?: string) {
  const { statusCode, body } = await answerTo(handler, 'service', { headers: Authorization ? { Authorization } : {} })
  expect(statusCode).toBe(200)
  return ping.parse(JSON.parse(body)).search
}
const pingedByProvider = async () => pinged(`Bearer ${await tokenOf(['service_provider'])}`)

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
  ])('says that the search domain is %s where AWS says %j', async (state, said) => {
    says = status(said)
    const domain = { name: DOMAIN, state, engine_version: 'OpenSearch_3.1' }
    expect(await pingedByProvider()).toEqual({ status: 'up', engine: 'memory', domain })
    expect(asked).toEqual([`GET /2021-01-01/opensearch/domain/${DOMAIN}`])
  })

  test.each([
    ['does not know it', { status: 409, body: { message: 'Domain not found' } }],
    ['does not let one ask', { status: 403, body: { message: 'not authorized' } }],
    ['fails', { status: 500, body: {} }],
    ['answers something else', { status: 200, body: {} }],
    ['says nothing', null],
  ])('is answered, the domain unknown, where AWS %s', async (_, said) => {
    says = said
    const from = performance.now()
    expect(await pingedByProvider()).toMatchObject({ status: 'up', domain: { name: DOMAIN, state: 'unknown' } })
    expect(performance.now() - from).toBeLessThan(5000)
  })
})

describe('a ping by anyone else says nothing of the domain:', () => {
  test.each([
    ['nobody', async () => undefined],
    ['an agent', async () => `Bearer ${await tokenOf(['service_agent'])}`],
    ['one with a token of another client', async () => `Bearer ${await tokenOf(['service_provider'], 'another')}`],
    ['one with a token that is none', async () => 'Bearer TOKEN'],
    ['one with a credential of another kind', async () => 'Basic YTpi'],
  ])('%s', async (_, credential) => {
    expect(await pinged(await credential())).toEqual({ status: 'up', engine: 'memory' })
    expect(asked).toEqual([])
  })
})

test('where AWS cannot be reached the domain is unknown', async () => {
  aws.closeAllConnections()
  aws.close()
  expect(await pingedByProvider()).toMatchObject({ status: 'up', domain: { state: 'unknown' } })
})
