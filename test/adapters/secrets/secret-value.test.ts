import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals'
import { readSecret, SecretUnavailable } from '#adapters/secrets/secret-value.ts'

/** Responses of a server in place of Secrets Manager, in order; the last one repeats. */
let queuedResponses: [number, string][]
let receivedRequests: { headers: IncomingHttpHeaders; body: string }[]
let server: Server
let environment: Record<string, string>

beforeAll(async () => {
  server = createServer(async (request, response) => {
    receivedRequests.push({ headers: request.headers, body: (await request.toArray()).join('') })
    const [status, responseBody] = (queuedResponses.length > 1 ? queuedResponses.shift() : queuedResponses[0]) ?? [
      404,
      '',
    ]
    response.writeHead(status).end(responseBody)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  environment = {
    AWS_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
    AWS_SECRET_ACCESS_KEY: 'secret',
    AWS_SESSION_TOKEN: 'session',
    AWS_ENDPOINT_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
  }
})
beforeEach(() => {
  receivedRequests = []
})
afterAll(() => void server.close())

const secretResponse: [number, string] = [200, JSON.stringify({ Name: 'list/key', SecretString: 'k'.repeat(64) })]

test('a secret is read with a signed request that names it', async () => {
  queuedResponses = [secretResponse]
  expect(await readSecret('list/key', environment)).toBe('k'.repeat(64))
  const [{ headers, body } = { headers: {}, body: '' }] = receivedRequests
  expect(JSON.parse(body)).toEqual({ SecretId: 'list/key' })
  expect(headers['x-amz-target']).toBe('secretsmanager.GetSecretValue')
  expect(headers['x-amz-security-token']).toBe('session')
  expect(headers.authorization).toMatch(
    /^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE\/\d{8}\/eu-west-1\/secretsmanager\/aws4_request, SignedHeaders=.*host.*, Signature=[0-9a-f]{64}$/,
  )
})

test('a transient error is retried', async () => {
  queuedResponses = [[503, ''], secretResponse]
  expect(await readSecret('list/key', environment)).toHaveLength(64)
  expect(receivedRequests).toHaveLength(2)
})

test("a refusal throws at once, with only the secret's name and the status", async () => {
  queuedResponses = [[400, '{"__type":"AccessDeniedException"}']]
  await expect(readSecret('list/key', environment)).rejects.toThrow(
    new SecretUnavailable('list/key', 'status 400', false).message,
  )
  expect(receivedRequests).toHaveLength(1)
})

test('after three transient errors it throws the last one', async () => {
  queuedResponses = [[500, ''], [500, ''], [503, ''], secretResponse]
  await expect(readSecret('list/key', environment)).rejects.toThrow('status 503')
  expect(receivedRequests).toHaveLength(3)
})
