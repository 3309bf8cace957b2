import { createHash, createHmac } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { expect, test } from '@jest/globals'
import { type Identity, LOCAL_IDENTITY, SignedPosts } from '#adapters/signed-posts.ts'

const REGION = 'eu-west-1'
const SECRET = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY'

/** The signature of a POST to `/`, as "Signature Version 4" in the AWS documentation defines it. */
function expectedSignature(headers: IncomingHttpHeaders, signedHeaders: string, body: string): string {
  const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')
  const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest()
  const date = String(headers['x-amz-date'])
  const canonicalHeaders = signedHeaders.split(';').map(name => `${name}:${String(headers[name]).trim()}\n`)
  const canonical = ['POST', '/', '', canonicalHeaders.join(''), signedHeaders, sha256(body)].join('\n')
  const scope = `${date.slice(0, 8)}/${REGION}/dynamodb/aws4_request`
  const text = ['AWS4-HMAC-SHA256', date, scope, sha256(canonical)].join('\n')
  const key = [date.slice(0, 8), REGION, 'dynamodb', 'aws4_request'].reduce<string | Buffer>(hmac, `AWS4${SECRET}`)
  return hmac(key, text).toString('hex')
}

/** Sends the bodies one after another. Returns what the server received. */
async function receive(identity: Identity, bodies: readonly string[]) {
  const received: { headers: IncomingHttpHeaders; body: string }[] = []
  const server = createServer(async (request, response) => {
    received.push({ headers: request.headers, body: (await buffer(request)).toString() })
    response.end('{}')
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const posts = new SignedPosts({ endpoint, service: 'dynamodb', identity, timeoutMs: 5000 })
  for (const body of bodies) await posts.send('DynamoDB_20120810.GetItem', body)
  posts.destroy()
  server.close()
  return received
}

test('requests with temporary credentials are signed as AWS documents it', async () => {
  const identity = {
    region: REGION,
    credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: SECRET, sessionToken: 'temporary+token/=' },
  }
  const received = await receive(identity, ['{"Key":{"pk":{"S":"Żółć"}}}'])
  const [{ headers, body } = { headers: {} as IncomingHttpHeaders, body: '' }] = received
  expect(headers['x-amz-security-token']).toBe('temporary+token/=')
  const [, scope, signedHeaders = '', signature] =
    /^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE\/(.+), SignedHeaders=(.+), Signature=(.+)$/.exec(
      headers.authorization ?? '',
    ) ?? []
  expect(scope).toMatch(/^\d{8}\/eu-west-1\/dynamodb\/aws4_request$/)
  expect(signedHeaders.split(';')).toEqual(expect.arrayContaining(['host', 'x-amz-date', 'x-amz-security-token']))
  expect(signature).toBe(expectedSignature(headers, signedHeaders, body))
})

test('requests to a local engine have the signature of the first, and the length of their own body', async () => {
  const bodies = ['{"Key":{"pk":{"S":"a"}}}', '{"Key":{"pk":{"S":"Żółć"}},"ConsistentRead":true}']
  const received = await receive(LOCAL_IDENTITY, bodies)
  expect(received.map(({ body }) => body)).toEqual(bodies)
  expect(received.map(({ headers }) => headers['content-length'])).toEqual(
    bodies.map(body => String(Buffer.byteLength(body))),
  )
  const [first, second] = received.map(({ headers }) => headers.authorization)
  expect(first).toContain('Credential=local/')
  expect(second).toBe(first)
})
