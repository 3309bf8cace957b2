import { afterAll, beforeAll, expect, jest, test } from '@jest/globals'
import { startServer, type TestServer } from '../e2e/server.ts'
import { type FunctionEnvironment, LOCATION, startFunctionEnvironment } from './function-environment.ts'

let environment: FunctionEnvironment
let server: TestServer

beforeAll(async () => {
  server = await startServer()
  environment = await startFunctionEnvironment()
  Object.assign(process.env, { POWERTOOLS_DEV: 'true', POWERTOOLS_METRICS_DISABLED: 'false' })
})
afterAll(async () => {
  await environment.engine.stop()
  await server.stop()
})

/** Runs the canary against a URL and returns its metrics from standard output. */
async function runAndReadLog(url: string): Promise<Record<string, unknown>[]> {
  Object.assign(process.env, { CANARY_URL: url, CANARY_PASSWORD: 'canary' })
  jest.resetModules()
  const { handler } = await import('#functions/canary/handler.ts')
  const log = jest.spyOn(console, 'log').mockImplementation(() => undefined)
  try {
    await handler()
    return log.mock.calls.map(([line]): Record<string, unknown> => JSON.parse(String(line)))
  } finally {
    log.mockRestore()
  }
}

test('a run publishes metrics: whether it failed, and the duration of each step', async () => {
  const [run, ...steps] = await runAndReadLog(server.url)
  expect(run).toMatchObject({ service: 'customer-registry', location: LOCATION, CanaryFailed: 0, CanaryLeft: 0 })
  expect(steps.map(({ step }) => step)).toEqual(['login', 'tidy', 'create', 'find', 'lookup', 'erase', 'gone'])
  for (const step of steps) {
    expect(step).toMatchObject({ location: LOCATION, CanaryTime: expect.any(Number) })
    expect(step).toHaveProperty('_aws.CloudWatchMetrics.0.Dimensions', [['service', 'location', 'step']])
  }
})

test('a failed run publishes only the failure', async () => {
  const [run, ...steps] = await runAndReadLog('http://127.0.0.1:9')
  expect(run).toMatchObject({ location: LOCATION, CanaryFailed: 1 })
  expect(steps).toEqual([])
})
