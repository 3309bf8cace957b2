import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { ThrottlingProxy } from './throttling-proxy.ts'

let server: Server
let proxy: ThrottlingProxy
let running = 0
let maxRunning = 0

beforeAll(async () => {
  server = createServer(async (request, response) => {
    maxRunning = Math.max(maxRunning, ++running)
    const body = await text(request)
    running--
    response.writeHead(201, { 'X-Answered': 'yes' })
    response.end(JSON.stringify({ host: request.headers.host, path: request.url, body }))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  proxy = await ThrottlingProxy.start(
    typeof address === 'object' && address ? address.port : 0,
    'abc.execute-api.localhost',
    'api',
  )
})
afterAll(() => {
  proxy.stop()
  server.close()
})

test("requests are forwarded under the API's host name, and responses are returned", async () => {
  const response = await fetch(`${proxy.url}/v1/customers?limit=1`, { method: 'POST', body: 'said' })
  expect([response.status, response.headers.get('x-answered')]).toEqual([201, 'yes'])
  expect(await response.json()).toEqual({
    host: 'abc.execute-api.localhost',
    path: '/api/v1/customers?limit=1',
    body: 'said',
  })
})

test('concurrent requests are all answered, a few at a time', async () => {
  maxRunning = 0
  const responses = await Promise.all(Array.from({ length: 40 }, (_, n) => fetch(`${proxy.url}/${n}`)))
  expect(responses.map(({ status }) => status)).toEqual(responses.map(() => 201))
  expect(maxRunning).toBeLessThanOrEqual(6)
})
