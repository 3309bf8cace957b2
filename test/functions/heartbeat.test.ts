import { afterAll, beforeAll, expect, jest, test } from '@jest/globals'
import * as z from 'zod'
import { type FunctionSurroundings, LOCATION, surroundFunctions } from './surroundings.ts'

/** CloudWatch's embedded metric format: what is measured, by which dimensions. */
const embedded = z.looseObject({
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

let surroundings: FunctionSurroundings
let handler: () => Promise<void>
let services: typeof import('#functions/services.ts').services

beforeAll(async () => {
  surroundings = await surroundFunctions()
  // Metrics go by the console that a test can listen to.
  Object.assign(process.env, { POWERTOOLS_DEV: 'true', POWERTOOLS_METRICS_DISABLED: 'false' })
  ;({ handler } = await import('#functions/heartbeat/handler.ts'))
  ;({ services } = await import('#functions/services.ts'))
})
afterAll(() => surroundings.engine.stop())

/** What the function says on its standard output. */
async function said(): Promise<z.infer<typeof embedded>[]> {
  const log = jest.spyOn(console, 'log').mockImplementation(() => undefined)
  try {
    await handler()
    return log.mock.calls.map(([line]) => embedded.parse(JSON.parse(String(line))))
  } finally {
    log.mockRestore()
  }
}

test('a heartbeat is there for all, and its figures are said as metrics', async () => {
  const { locations } = services()
  const now = Date.now()
  const sent = new Date(now - 3000).toISOString()
  await locations.beat({ name: 'loc2', sent, seen: {}, index_lag_ms: 0, conflicts: 0, drift: null })
  await locations.arrived('loc2', sent, new Date(now - 1000).toISOString())
  await locations.drifted(4)
  const [own, other, ...more] = await said()
  expect((await locations.beats()).map(({ name }) => name).sort()).toEqual([LOCATION, 'loc2'])
  expect(more).toEqual([])
  expect(own).toMatchObject({ location: LOCATION, Conflicts: 0, Drift: 4 })
  expect(other).toMatchObject({ location: LOCATION, from: 'loc2', ReplicationLag: 2000, LocationUp: 1 })
  expect(other?._aws.CloudWatchMetrics).toMatchObject([
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
