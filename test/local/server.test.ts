import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, expect } from '@jest/globals'
import { problem } from '#contract/schemas/problem.ts'
import { testOurs } from '../e2e/own-server.ts'
import { startServer, type TestServer } from '../e2e/server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.stop())

/** Sends bytes as they are, and reads the response to the end of the connection. */
async function sendRaw(request: string): Promise<{ status: number; body: string }> {
  const socket = connect(Number(new URL(server.url).port), '127.0.0.1')
  socket.write(request)
  const response = await text(socket)
  const [head = '', body = ''] = response.split('\r\n\r\n')
  return { status: Number(head.split(' ')[1]), body }
}

testOurs('a URL that is too long is answered with a problem document', async () => {
  const { status, body } = await sendRaw(
    `GET /v1/customers?q=${'x'.repeat(20_000)} HTTP/1.1\r\nHost: localhost\r\n\r\n`,
  )
  expect(status).toBe(431)
  expect(problem.parse(JSON.parse(body)).detail).toContain('16 KB')
})

testOurs('what is not HTTP is answered with a problem document', async () => {
  const { status, body } = await sendRaw('HELLO\r\n\r\n')
  expect(status).toBe(400)
  expect(problem.parse(JSON.parse(body)).title).toBe('Invalid request')
})

testOurs('the absolute form of a request target is understood', async () => {
  const { status, body } = await sendRaw(
    `GET ${server.url}/healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`,
  )
  expect(status).toBe(200)
  expect(body).toContain('Success')
})

testOurs('more requests than are processed concurrently wait for their turn', async () => {
  const token = await server.token('agent')
  const answers = await Promise.all(Array.from({ length: 200 }, () => server.api('GET', '/v1/fields', { token })))
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]))
})

testOurs('a Host header that does not name this machine is refused', async () => {
  const ask = (host: string) => sendRaw(`GET /healthz HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`)
  for (const host of ['localhost', 'localhost:8000', '127.0.0.1:8000', 'registry.localhost', '[::1]:8000'])
    expect([host, (await ask(host)).status]).toEqual([host, 200])
  for (const host of ['attacker.example', '127.0.0.1.attacker.example', 'localhost.attacker.example:8000', ''])
    expect([host, (await ask(host)).status]).toEqual([host, 403])
})
