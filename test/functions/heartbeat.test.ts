import { afterAll, beforeAll, expect, jest, test } from '@jest/globals'
import * as z from 'zod'
import { type FunctionEnvironment, LOCATION, startFunctionEnvironment } from './function-environment.ts'

/** CloudWatch's embedded metric format. */
const embeddedMetrics = z.looseObject({
  _aws: z.object({
    CloudWatchMetrics: z.array(
      z.object({
        Namespace: z.string(),
        Dimensions: z.array(z.array(z.string())),
        Metrics: z.array(z.object({ Name: z.string(), Unit: z.string() })),
      }),
    ),
  }),
})

let environment: FunctionEnvironment
let handler: () => Promise<void>
let createServices: typeof import('#functions/runtime/services.ts').createServices

beforeAll(async () => {
  environment = await startFunctionEnvironment()
  // In this mode metrics go through the console, where a test can read them.
  Object.assign(process.env, { POWERTOOLS_DEV: 'true', POWERTOOLS_METRICS_DISABLED: 'false' })
  ;({ handler } = await import('#functions/heartbeat/handler.ts'))
  ;({ createServices: createServices } = await import('#functions/runtime/services.ts'))
})
afterAll(() => environment.engine.stop())

/** Runs the function and returns the metrics from its standard output. */
async function readPublishedMetrics(): Promise<z.infer<typeof embeddedMetrics>[]> {
  const log = jest.spyOn(console, 'log').mockImplementation(() => undefined)
  try {
    await handler()
    return log.mock.calls.map(([line]) => embeddedMetrics.parse(JSON.parse(String(line))))
  } finally {
    log.mockRestore()
  }
}

test('a heartbeat is stored, and its figures are published as metrics', async () => {
  const { locations } = createServices()
  const now = Date.now()
  const sentAt = new Date(now - 3000).toISOString()
  await locations.putHeartbeat({ name: 'loc2', sent: sentAt, seen: {}, index_lag_ms: 0, conflicts: 0, drift: null })
  await locations.recordArrival('loc2', sentAt, new Date(now - 1000).toISOString())
  await locations.recordDrift(4)
  const [localMetrics, remoteMetrics, ...more] = await readPublishedMetrics()
  expect((await locations.heartbeats()).map(({ name }) => name).sort()).toEqual([LOCATION, 'loc2'])
  expect(more).toEqual([])
  expect(localMetrics).toMatchObject({ location: LOCATION, Conflicts: 0, Drift: 4 })
  expect(remoteMetrics).toMatchObject({ location: LOCATION, from: 'loc2', ReplicationLag: 2000, LocationUp: 1 })
  expect(remoteMetrics?._aws.CloudWatchMetrics).toMatchObject([
    {
      Namespace: 'CustomerRegistry',
      Dimensions: [['service', 'location', 'from']],
      Metrics: [
        { Name: 'ReplicationLag', Unit: 'Milliseconds' },
        { Name: 'LocationUp', Unit: 'Count' },
      ],
    },
  ])
})
