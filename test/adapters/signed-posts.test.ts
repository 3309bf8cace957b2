import { createHash, createHmac } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { expect, test } from '@jest/globals'
import { SignedPosts } from '#adapters/signed-posts.ts'

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

test('requests with temporary credentials are signed as AWS documents it', async () => {
  const received: { headers: IncomingHttpHeaders; body: string }[] = []
  const server = createServer(async (request, response) => {
    received.push({ headers: request.headers, body: (await buffer(request)).toString() })
    response.end('{}')
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const posts = new SignedPosts({
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    service: 'dynamodb',
    identity: {
      region: REGION,
      credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: SECRET, sessionToken: 'temporary+token/=' },
    },
    timeoutMs: 5000,
  })
  await posts.send('DynamoDB_20120810.GetItem', '{"Key":{"pk":{"S":"Żółć"}}}')
  posts.destroy()
  server.close()
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
