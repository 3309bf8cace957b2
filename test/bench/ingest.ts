/**
 * `npm run -s bench:ingest -- [--rows 10000] [--listed 2000] [--locations 1,3] [--connections 4] [--profile]`: how fast one location takes batches
 * of new customers, alone and with others that follow it.
 *
 * Prints for each number of locations the rows per second until the last response, and until all locations have processed what they read
 * from their streams (`settled`); the processor time per row in microseconds until then, of the location and its table engine, and
 * of all other processes; and the limit of the machine (`engine-limit.ts`): the rows per second that as many table engines alone take.
 * `--profile` prints what of the location's time until the last response belongs to which part of the program.
 */
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import pMap from 'p-map'
import * as z from 'zod'
import { batch, MAX_BATCH_ROWS } from '#contract/schemas/batch.ts'
import { toGeneratedPerson } from '#local/sample/generated-person.ts'
import { apiAt } from '../e2e/api.ts'
import { until } from '../e2e/until.ts'
import { measureEngineLimit } from './engine-limit.ts'
import { startRegistry, waitForAll } from './made-up-registry.ts'
import { startProfile, toLargest } from './process-profile.ts'
import { processorMs } from './processor-time.ts'
import { round } from './quantiles.ts'

const SETTLE_MS = 1_800_000
const REST_MS = 1000
const MAX_SHARE_AT_REST = 0.2
const PROFILE_ENTRIES = 25

const count = z.coerce.number().int().min(1)
const { values } = parseArgs({
  options: {
    rows: { type: 'string', default: '10000' },
    listed: { type: 'string', default: '2000' },
    locations: { type: 'string', default: '1,3' },
    connections: { type: 'string', default: '4' },
    profile: { type: 'boolean', default: false },
  },
})
const { rows, listed, connections } = z.object({ rows: count, listed: count, connections: count }).parse(values)

const toBatch = (from: number, to: number): string =>
  Array.from({ length: to - from }, (_, n) => JSON.stringify(toGeneratedPerson(from + n))).join('\n')

async function measure(locations: number) {
  const { server, folder, url, end } = await startRegistry({ customers: listed, locations })
  try {
    const names = Array.from({ length: locations }, (_, n) => `loc${n + 1}`)
    const pairs = await Promise.all(names.map(name => server.processes(name)))
    const pids = pairs.flatMap(({ pid, engine }) => [pid, engine ?? 0])
    const times = () => pids.map(processorMs)
    const isAtRest = async () => {
      const before = times()
      await wait(REST_MS)
      return times().every((time, n) => time - (before[n] ?? 0) < REST_MS * MAX_SHARE_AT_REST)
    }
    const settle = async () => {
      if (locations > 1) await waitForAll(url, locations, SETTLE_MS)
      await until(isAtRest, SETTLE_MS, 'the locations to be at rest')
    }
    await settle()
    const { api, token } = apiAt(url)
    const agent = await token('agent')
    const starts = Array.from({ length: Math.ceil(rows / MAX_BATCH_ROWS) }, (_, n) => listed + n * MAX_BATCH_ROWS)
    const bodies = starts.map(from => toBatch(from, Math.min(from + MAX_BATCH_ROWS, listed + rows)))
    const headers = { 'Content-Type': 'application/x-ndjson' }
    const endProfile = values.profile ? await startProfile(pids[0] ?? 0) : null
    const [started, before] = [performance.now(), times()]
    const answers = await pMap(
      bodies,
      async body => (await api('POST', '/v1/batches?source=extras', { token: agent, body, headers })).as(batch),
      { concurrency: connections },
    )
    const answered = performance.now()
    if (endProfile) {
      const entries = toLargest(await endProfile(), PROFILE_ENTRIES)
      console.log(entries.map(({ name, share }) => `${name} ${Math.round(share * 1000) / 10} %`).join('\n'))
    }
    await settle()
    const created = answers.reduce((sum, answer) => sum + answer.created, 0)
    if (created !== rows) throw new Error(`${created} of ${rows} rows were created`)
    const settledAt = performance.now()
    const [location = 0, engine = 0, ...others] = times().map((time, n) => ((time - (before[n] ?? 0)) / rows) * 1000)
    await server.end()
    const limit = await measureEngineLimit(join(folder, 'loc1'), rows, locations)
    return {
      locations,
      rows,
      per_second: round((rows / (answered - started)) * 1000, 0),
      limit_per_second: round(limit, 0),
      settled_per_second: round((rows / (settledAt - started)) * 1000, 0),
      cpu_us_per_row: {
        location: round(location, 0),
        engine: round(engine, 0),
        others: round(
          others.reduce((sum, time) => sum + time, 0),
          0,
        ),
      },
    }
  } finally {
    await end()
  }
}

for (const locations of z.array(count).parse(values.locations.split(',')))
  console.log(JSON.stringify(await measure(locations)))
