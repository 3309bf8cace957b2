/**
 * `npm run -s bench:history -- --rows N`: a source's history of N rows with effective dates, loaded once in order by one server, and
 * twice in shuffled order by another. Compares the lists by export and by diff, measures the durations, and prints JSON.
 */
import { isDeepStrictEqual, parseArgs } from 'node:util'
import * as z from 'zod'
import { shuffled } from '../domain/records/random.ts'
import { Agent } from '../e2e/agent.ts'
import { historyRows, listAsOf, readDiff, sendHistory, waitForChangeLog } from '../e2e/histories.ts'
import { startServer, type TestServer } from '../e2e/server.ts'

const TIMEOUT_MS = 1_800_000
const [BEFORE, AFTER] = ['1999-12-31', '2026-01-01']
const DAYS = ['2001-01-01', '2004-06-01', '2008-12-24', '2014-03-03', '2019-10-10', AFTER]

const rows = historyRows(
  z.coerce
    .number()
    .int()
    .min(10)
    .parse(parseArgs({ options: { rows: { type: 'string', default: '10000' } } }).values.rows),
)

const times: Record<string, number> = {}
/** Runs an operation and records its duration in seconds. */
async function timed<T>(what: string, operation: () => Promise<T>): Promise<T> {
  const startedAt = performance.now()
  const answer = await operation()
  times[what] = Math.round((performance.now() - startedAt) / 100) / 10
  return answer
}

async function run<T>(use: (server: TestServer, agent: Agent) => Promise<T>): Promise<T> {
  const server = await startServer()
  try {
    return await use(server, await Agent.logIn(server))
  } finally {
    await server.stop()
  }
}

/** The list as of each day, and the difference of the whole time. */
async function read(name: string, server: TestServer, agent: Agent, ids: ReadonlySet<string>) {
  await timed(`${name}_settled_s`, () => waitForChangeLog(agent, TIMEOUT_MS))
  const exported = await timed(`${name}_export_s`, async () => {
    const lists: object[][] = []
    for (const day of DAYS) lists.push(await listAsOf(server, agent.token, ids, day))
    return lists
  })
  const diff = await timed(`${name}_diff_s`, () => readDiff(server, agent.token, ids, BEFORE, AFTER))
  return { exported, diff }
}

const inOrder = await run(async (server, agent) => {
  const once = await timed('in_order_load_s', () => sendHistory(agent, 'history', rows))
  return { once, ...(await read('in_order', server, agent, once.ids)) }
})

const shuffledRun = await run(async (server, agent) => {
  const first = await timed('shuffled_load_s', () => sendHistory(agent, 'history', shuffled(rows, 1)))
  const second = await timed('shuffled_again_s', () => sendHistory(agent, 'history', shuffled(rows, 2)))
  return { first, second, ...(await read('shuffled', server, agent, first.ids)) }
})

const report = {
  rows: rows.length,
  customers: inOrder.once.ids.size,
  in_order: inOrder.once.outcomes,
  shuffled: shuffledRun.first.outcomes,
  shuffled_again: shuffledRun.second.outcomes,
  exports: DAYS.map((as_of, n) => ({
    as_of,
    customers: inOrder.exported[n]?.length,
    same: isDeepStrictEqual(inOrder.exported[n], shuffledRun.exported[n]),
  })),
  diff: { differences: inOrder.diff.length, same: isDeepStrictEqual(inOrder.diff, shuffledRun.diff) },
  ...times,
}
console.log(JSON.stringify(report, null, 1))
const same = report.diff.same && report.exports.every(exported => exported.same)
process.exitCode = same && inOrder.diff.length > 0 ? 0 : 1
