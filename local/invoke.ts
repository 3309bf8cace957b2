/**
 * `npm run -s invoke -- FUNCTION events/FILE.json`: invokes a function with an event and prints its result. It uses temporary tables with
 * the sample data, or those of DYNAMODB_ENDPOINT. It exits with 1 if the function fails. `Bearer TOKEN` in an event stands for a token of the demo agent.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as z from 'zod'
import { InvalidEnvironment, type LocalEnv, localEnv, readEnv } from '#contract/env.ts'
import { configure } from './configuration.ts'
import { Engine } from './engine.ts'
import { invoke, UnknownFunction } from './invocation.ts'
import { Lock } from './lock.ts'
import { FIRST, TABLES } from './names.ts'
import { readSampleEvent } from './sample-event.ts'
import { StartupError, startAll } from './service.ts'
import { prepareUsers } from './users.ts'

const USAGE = 'Which function, and which event? npm run -s invoke -- customers events/customers.json'

/** Invokes the function with temporary tables and the sample, or with the tables of a running engine. */
async function inPlace(name: string, file: string, env: LocalEnv, folder: string): Promise<unknown> {
  const lock = new Lock(folder)
  const engine = new Engine(folder, TABLES, lock)
  const [external] = env.DYNAMODB_ENDPOINT ?? []
  const stop = await startAll(external === undefined ? [lock, engine] : [])
  try {
    await configure(env, { location: FIRST, data: folder, endpoint: external ?? engine.endpoint })
    await prepareUsers(folder, true)
    const event = await readSampleEvent(file, env, folder)
    // Loaded once the configuration that they read exists.
    const { loadSample } = await import('./sample/sample.ts')
    const { bootstrapIndex: prepareIndex } = await import('#functions/project/bootstrap-index.ts')
    if (external === undefined) await loadSample()
    await prepareIndex()
    return await invoke(name, event)
  } finally {
    await stop()
  }
}

const result = z.union([
  z.object({ statusCode: z.number() }).transform(({ statusCode }) => statusCode >= 400),
  z
    .object({ batchItemFailures: z.array(z.unknown()) })
    .transform(({ batchItemFailures }) => batchItemFailures.length > 0),
])

/** Whether a function reports that it failed: an error of HTTP, or stream records that it could not process. */
const isFailure = (answer: unknown): boolean => result.safeParse(answer).data ?? false

async function main(): Promise<void> {
  const [name, file, ...more] = process.argv.slice(2)
  if (name === undefined || file === undefined || more.length > 0) throw new StartupError(USAGE)
  process.env.POWERTOOLS_LOG_LEVEL ??= 'WARN'
  process.env.POWERTOOLS_METRICS_DISABLED ??= 'true'
  const env = readEnv(localEnv, process.env)
  const folder = await mkdtemp(join(tmpdir(), 'registry-invoke-'))
  try {
    const answer = await inPlace(name, file, env, folder)
    console.log(JSON.stringify(answer ?? null, null, 2))
    if (isFailure(answer)) process.exitCode = 1
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

main().catch((error: unknown) => {
  const expected = [StartupError, UnknownFunction, InvalidEnvironment].some(kind => error instanceof kind)
  console.error(expected && error instanceof Error ? error.message : error)
  process.exitCode = 1
})
