import { once } from 'node:events'
import { Agent, request } from 'node:http'
import { buffer } from 'node:stream/consumers'

/** The local engine wants a signature, and does not compare it with the request. */
const HEADERS = {
  'Content-Type': 'application/x-amz-json-1.0',
  'X-Amz-Date': '20260101T000000Z',
  Authorization:
    'AWS4-HMAC-SHA256 Credential=local/20260101/local/dynamodb/aws4_request, SignedHeaders=host;x-amz-date, Signature=0',
}

/**
 * The least that a client of a local table engine does: it sends content that is already encoded over open connections, and decodes the response.
 * It throws an Error if the engine refuses the request.
 */
export function createPlainClient(endpoint: string): (operation: string, content: string) => Promise<unknown> {
  const agent = new Agent({ keepAlive: true })
  return async (operation, content) => {
    const headers = {
      ...HEADERS,
      'X-Amz-Target': `DynamoDB_20120810.${operation}`,
      'Content-Length': Buffer.byteLength(content),
    }
    const sent = request(endpoint, { method: 'POST', agent, headers })
    sent.end(content)
    const [response] = await once(sent, 'response')
    const body = (await buffer(response)).toString()
    if (response.statusCode !== 200) throw new Error(`${operation}: ${body}`)
    return JSON.parse(body)
  }
}
