import { once } from 'node:events'
import { createServer, type Server } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { ping } from '#contract/schemas/service.ts'
import { freePorts } from '../e2e/free-ports.ts'
import { type FunctionEnvironment, invokeWithSample, startFunctionEnvironment } from './function-environment.ts'

/** Longer than `/ping` waits, and shorter than the table client's own timeouts and retries. */
const BOUND_MS = 8000

let environment: FunctionEnvironment
/** Accepts connections and never answers, as a frozen engine does. */
let frozen: Server

beforeAll(async () => {
  environment = await startFunctionEnvironment()
  const port = await freePorts()
  frozen = createServer(socket => socket.on('error', () => undefined)).listen(port, '127.0.0.1')
  await once(frozen, 'listening')
  process.env.DYNAMODB_ENDPOINT = `http://127.0.0.1:${port}`
})
afterAll(async () => {
  frozen.close()
  await environment.engine.stop()
})

test('a database that accepts connections and never answers is reported down after two seconds', async () => {
  const { handler } = await import('#functions/service/handler.ts')
  const change = { httpMethod: 'GET', resource: '/ping', path: '/ping', body: null }
  const response = await Promise.race([
    invokeWithSample(handler, 'service', change),
    wait(BOUND_MS, null, { ref: false }),
  ])
  expect(response?.statusCode).toBe(503)
  expect(ping.parse(JSON.parse(response?.body ?? ''))).toMatchObject({
    status: 'down',
    database: { status: 'down' },
    search: { status: 'up' },
  })
})
