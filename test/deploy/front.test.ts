import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { Front } from './front.ts'

let server: Server
let front: Front
let under = 0
let most = 0

beforeAll(async () => {
  server = createServer(async (request, response) => {
    most = Math.max(most, ++under)
    const body = await text(request)
    under--
    response.writeHead(201, { 'X-Answered': 'yes' })
    response.end(JSON.stringify({ host: request.headers.host, path: request.url, body }))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  front = await Front.start(
    typeof address === 'object' && address ? address.port : 0,
    'abc.execute-api.localhost',
    'api',
  )
})
afterAll(() => {
  front.stop()
  server.close()
})

test('what is asked of its address is asked of the API by its name, and so is what is answered', async () => {
  const answer = await fetch(`${front.url}/v1/customers?limit=1`, { method: 'POST', body: 'said' })
  expect([answer.status, answer.headers.get('x-answered')]).toEqual([201, 'yes'])
  expect(await answer.json()).toEqual({
    host: 'abc.execute-api.localhost',
    path: '/api/v1/customers?limit=1',
    body: 'said',
  })
})

test('of many at once all are answered, a few at a time', async () => {
  most = 0
  const answers = await Promise.all(Array.from({ length: 40 }, (_, n) => fetch(`${front.url}/${n}`)))
  expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 201))
  expect(most).toBeLessThanOrEqual(6)
})
