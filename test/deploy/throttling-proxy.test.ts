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

test('what is asked of its address is asked of the API by its name, and so is what is answered', async () => {
  const response = await fetch(`${proxy.url}/v1/customers?limit=1`, { method: 'POST', body: 'said' })
  expect([response.status, response.headers.get('x-answered')]).toEqual([201, 'yes'])
  expect(await response.json()).toEqual({
    host: 'abc.execute-api.localhost',
    path: '/api/v1/customers?limit=1',
    body: 'said',
  })
})

test('of many at once all are answered, a few at a time', async () => {
  maxRunning = 0
  const answers = await Promise.all(Array.from({ length: 40 }, (_, n) => fetch(`${proxy.url}/${n}`)))
  expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 201))
  expect(maxRunning).toBeLessThanOrEqual(6)
})
