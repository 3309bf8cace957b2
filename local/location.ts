/** The process of one location. `npm start` starts it with the location's name. */
import { join, resolve } from 'node:path'
import { InvalidEnvironment, type LocalEnv, localEnv, readEnv } from '#contract/env.ts'
import { startup } from '#functions/runtime/startup.ts'
import { configure, toPageConfiguration } from './configuration.ts'
import { Engine } from './engine.ts'
import { IndexMaker } from './index-bootstrap.ts'
import { Lock } from './lock.ts'
import type { Message } from './messages.ts'
import { FIRST, LOCATIONS, TABLES } from './names.ts'
import { type Service, StartupError, startAll } from './service.ts'

const HEARTBEAT_MS = 5000
const SEAL_MS = 10_000

const service = (name: string, start: () => Promise<void>, stop: () => Promise<void> = async () => {}): Service => ({
  name,
  start,
  stop,
})

interface Location {
  /** In the order of their dependencies. */
  parts: Service[]
  /** The endpoint of its table engine, once that is running. */
  endpoint: () => string
  /** Resolves to the reason why the location cannot go on. */
  failed: Promise<string>
  /** A warning about its clock at its start. */
  clock: () => string | null
}

async function toLocation(
  env: LocalEnv,
  name: (typeof LOCATIONS)[number],
  serving: () => Promise<void>,
): Promise<Location> {
  const data = resolve(env.REGISTRY_DATA)
  const folder = join(data, name)
  const number = LOCATIONS.indexOf(name)
  const lock = new Lock(folder, process.ppid)
  const failed = Promise.withResolvers<string>()
  const engine = new Engine(folder, TABLES, lock, failed.resolve)
  const external = env.DYNAMODB_ENDPOINT?.[number]
  const endpoint = () => external ?? engine.endpoint

  await engine.reserve()
  // The functions read their configuration once, when they are loaded.
  await configure(env, { location: name, data, endpoint: endpoint() })
  const { StreamReader } = await import('./streams.ts')
  const { Schedule } = await import('./schedule.ts')
  const { ApiServer } = await import('./server.ts')
  const { preload } = await import('./gateway.ts')
  const { bootstrapIndex: prepareIndex } = await import('#functions/project/bootstrap-index.ts')
  const { loadSample } = await import('./sample/sample.ts')
  const { createTables } = await import('#adapters/dynamodb/schema.ts')
  const { connect } = await import('#adapters/dynamodb/sdk-documents.ts')
  const { checkClockAtStart } = await import('#functions/heartbeat/check-clock.ts')
  const { handler: heartbeat } = await import('#functions/heartbeat/handler.ts')
  const { handler: purge } = await import('#functions/purge/handler.ts')
  const { handler: project } = await import('#functions/project/handler.ts')
  const { handler: seal } = await import('#functions/seal/handler.ts')
  const { handler: reconcile } = await import('#functions/reconcile/handler.ts')

  const streams = [
    new StreamReader(TABLES.registry, folder, endpoint, reconcile),
    new StreamReader(TABLES.views, folder, endpoint, project),
  ]
  const nudge = () => {
    for (const stream of streams) stream.nudge()
  }
  const foreign = async () => {
    await createTables(connect({ endpoint: external }), TABLES).catch((error: unknown) => {
      throw new StartupError(
        `DYNAMODB_ENDPOINT ${external} does not answer: ${error instanceof Error ? error.message : error}`,
      )
    })
  }
  const address = { host: env.REGISTRY_HOST, port: env.REGISTRY_PORT + number, names: env.REGISTRY_HOST_NAMES }
  const api = new ApiServer(address, toPageConfiguration(env), nudge)
  let clock: string | null = null
  const parts = [
    lock,
    api,
    external ? service('tables', foreign) : engine,
    service('clock', async () => {
      clock = await checkClockAtStart()
    }),
    // So that no request waits for it.
    service('functions', preload),
    service('serving', serving),
    new IndexMaker(prepareIndex),
    service('sample', env.REGISTRY_SAMPLE === '1' && name === FIRST ? loadSample : async () => {}),
    ...(external ? [] : [engine.trimmer]),
    ...streams,
    new Schedule('heartbeat', HEARTBEAT_MS, heartbeat),
    new Schedule('purge', env.REGISTRY_PURGE_EVERY * 1000, purge),
    new Schedule('seal', SEAL_MS, seal),
    // Open requests are finished while everything that they need still runs.
    service(
      'startup',
      async () => {
        startup.phase = 'ready'
      },
      () => api.stop(),
    ),
  ]
  return { parts, endpoint, failed: failed.promise, clock: () => clock }
}

/** Resolves when the message was sent, or when there is no receiver. */
const sendMessage = (message: Message): Promise<void> =>
  new Promise(resolve => {
    if (process.connected && process.send) process.send(message, () => resolve())
    else resolve()
  })

async function main(): Promise<void> {
  const name = LOCATIONS.find(location => location === process.argv[2])
  if (name === undefined || !process.connected)
    throw new StartupError('This process is started by npm start: run that instead')
  const leave = new Promise<void>(resolve => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => resolve())
    // The parent is gone, and nothing else would end this process.
    process.on('disconnect', () => resolve())
  })
  // Ignore errors of output that is no longer read.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined)
  process.env.POWERTOOLS_LOG_LEVEL ??= 'WARN'
  // Nothing collects metrics on one machine.
  process.env.POWERTOOLS_METRICS_DISABLED ??= 'true'
  // All functions share this process, concurrently.
  process.env.AWS_LAMBDA_MAX_CONCURRENCY ??= '100'
  startup.phase = 'tables'
  const { parts, endpoint, failed, clock } = await toLocation(readEnv(localEnv, process.env), name, () =>
    sendMessage({ serving: endpoint() }),
  )
  const stop = await startAll(parts)
  await sendMessage({ ready: true, clock: clock() })
  const reason = await Promise.race([leave, failed])
  await stop()
  if (typeof reason === 'string') throw new StartupError(reason)
}

main().then(
  () => process.exit(0),
  async (error: unknown) => {
    const expected = error instanceof StartupError || error instanceof InvalidEnvironment
    if (!expected) console.error(error)
    await sendMessage({ failed: expected ? error.message : 'A location could not be started' })
    process.exit(1)
  },
)
