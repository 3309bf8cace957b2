import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import { describe, expect, test } from '@jest/globals'
import * as z from 'zod'
import { Cluster } from '#adapters/opensearch/cluster.ts'
import { toRegion } from '#adapters/opensearch/transport.ts'

describe('requests', () => {
  test.each([
    ['https://search-customers-abc.eu-west-1.es.amazonaws.com', undefined, 'eu-west-1'],
    ['https://vpc-customers-abc.cn-north-1.es.amazonaws.com.cn', undefined, 'cn-north-1'],
    ['https://search-customers-abc.aos.us-east-2.on.aws', undefined, 'us-east-2'],
    ['https://search.example.com', 'eu-west-1', 'eu-west-1'],
    ['https://search.example.com', undefined, null],
    ['https://es.amazonaws.com.example.com', undefined, null],
    ['http://127.0.0.1:9200', undefined, null],
  ])('to %s with the region setting %s are signed for %s', (url, region, signedFor) => {
    expect(toRegion({ url, region })).toBe(signedFor)
  })

  /** Sends a request and returns its headers. */
  async function captureHeaders(region: string | undefined): Promise<IncomingHttpHeaders> {
    let headers: IncomingHttpHeaders = {}
    const server = createServer((request, response) => {
      headers = request.headers
      response.writeHead(200, { 'Content-Type': 'application/json' }).end('{}')
    })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const address = server.address()
    const port = typeof address === 'object' ? address?.port : 0
    const cluster = new Cluster({ url: `http://127.0.0.1:${port}`, region })
    await cluster.read({ method: 'POST', path: '/a/_search', body: { size: 1 }, within: 5000 }, z.object({}))
    server.closeAllConnections()
    server.close()
    return headers
  }

  test("are signed with the process's credentials for the region, or not at all", async () => {
    Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE', AWS_SECRET_ACCESS_KEY: 'secret' })
    expect(await captureHeaders('eu-west-1')).toMatchObject({
      authorization: expect.stringMatching(
        /^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE\/\d{8}\/eu-west-1\/es\/aws4_request, /,
      ),
      'x-amz-content-sha256': expect.stringMatching(/^[0-9a-f]{64}$/),
    })
    expect(await captureHeaders(undefined)).not.toHaveProperty('authorization')
  })
})
