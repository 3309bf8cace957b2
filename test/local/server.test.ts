import { afterAll, beforeAll, expect } from '@jest/globals'
import { problem } from '#contract/schemas/problem.ts'
import { testLocalServer } from '../e2e/conditional-tests.ts'
import { startServer, type TestServer } from '../e2e/server.ts'
import { sendRawTo } from './raw-request.ts'

let server: TestServer
beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.stop())

const sendRaw = (request: string) => sendRawTo(Number(new URL(server.url).port), request)

testLocalServer('returns 431 with a problem document for a URL longer than 16 KB', async () => {
  const { status, body } = await sendRaw(
    `GET /v1/customers?q=${'x'.repeat(20_000)} HTTP/1.1\r\nHost: localhost\r\n\r\n`,
  )
  expect(status).toBe(431)
  expect(problem.parse(JSON.parse(body))).toMatchObject({ status: 431, detail: expect.stringContaining('16 KB') })
})

testLocalServer('returns 400 with a problem document for a request that is not HTTP', async () => {
  const { status, body } = await sendRaw('HELLO\r\n\r\n')
  expect(status).toBe(400)
  expect(problem.parse(JSON.parse(body)).title).toBe('Invalid request')
})

testLocalServer('accepts the absolute form of a request target', async () => {
  const { status, body } = await sendRaw(
    `GET ${server.url}/healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`,
  )
  expect(status).toBe(200)
  expect(body).toContain('Success')
})

testLocalServer('queues requests beyond the concurrency limit', async () => {
  const token = await server.token('agent')
  const responses = await Promise.all(Array.from({ length: 200 }, () => server.api('GET', '/v1/fields', { token })))
  expect(new Set(responses.map(({ status }) => status))).toEqual(new Set([200]))
})

testLocalServer('returns 403 for a Host header that does not name this machine', async () => {
  const getWithHost = (host: string) => sendRaw(`GET /healthz HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`)
  for (const host of ['localhost', 'localhost:8000', '127.0.0.1:8000', 'registry.localhost', '[::1]:8000'])
    expect([host, (await getWithHost(host)).status]).toEqual([host, 200])
  for (const host of ['attacker.example', '127.0.0.1.attacker.example', 'localhost.attacker.example:8000', ''])
    expect([host, (await getWithHost(host)).status]).toEqual([host, 403])
})

testLocalServer('states the length of a response', async () => {
  const answer = await fetch(`${server.url}/ping`)
  const body = Buffer.from(await answer.arrayBuffer())
  expect(body.length).toBeGreaterThan(0)
  expect(answer.headers.get('content-length')).toBe(String(body.length))
})
