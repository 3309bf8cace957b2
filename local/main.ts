import { join, resolve } from 'node:path'
import { type LocalEnv, localEnv, readEnv, WrongEnvironment } from '#contract/env.ts'
import { Engine } from './engine.ts'
import { localKeys } from './keys.ts'
import { Lock } from './lock.ts'
import { CLIENT, LOCATION, TABLES, USERS } from './names.ts'
import { CannotStart, type Service, startAll } from './service.ts'

/** Says to the functions of this process where they are, as Lambda's configuration does in the cloud. */
async function configure(env: LocalEnv, folder: string, endpoint: string): Promise<void> {
  const { cursor, receipt, signing, jwks } = await localKeys(folder)
  Object.assign(process.env, {
    REGISTRY_LOCATION: LOCATION,
    REGISTRY_TABLE: TABLES.registry,
    VIEWS_TABLE: TABLES.views,
    DYNAMODB_ENDPOINT: endpoint,
    CURSOR_KEY: cursor,
    RECEIPT_KEY: receipt,
    TOKEN_ISSUER: `http://127.0.0.1:${env.REGISTRY_PORT}`,
    TOKEN_CLIENT_ID: CLIENT,
    TOKEN_JWKS: jwks,
    TOKEN_SIGNING_KEY: JSON.stringify(signing),
    TOKEN_USERS: JSON.stringify(USERS),
    AWS_REGION: 'local',
  })
}

const service = (name: string, start: () => Promise<void>, stop: () => Promise<void> = async () => {}): Service => ({
  name,
  start,
  stop,
})

/** The parts of one location in the order in which they need one another. */
async function parts(env: LocalEnv, data: string): Promise<Service[]> {
  const folder = join(data, LOCATION)
  const lock = new Lock(folder)
  const engine = new Engine(folder, TABLES, lock)
  const external = env.DYNAMODB_ENDPOINT
  const endpoint = () => external ?? engine.endpoint

  // The functions read their configuration once: they are loaded after it is there.
  const { StreamReader } = await import('./streams.ts')
  const { ApiServer } = await import('./server.ts')
  const { loadIndex } = await import('#functions/project/load.ts')
  const { loadSample } = await import('./sample/sample.ts')
  const { createTables } = await import('#adapters/dynamodb/schema.ts')
  const { connect } = await import('#adapters/dynamodb/tables.ts')
  const { handler: project } = await import('#functions/project/handler.ts')
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
      throw new CannotStart(
        `DYNAMODB_ENDPOINT ${external} does not answer: ${error instanceof Error ? error.message : error}`,
      )
    })
  }
  const tables = external ? service('tables', foreign) : engine
  return [
    lock,
    tables,
    service('configuration', () => configure(env, folder, endpoint())),
    service('index', loadIndex),
    service('sample', env.REGISTRY_SAMPLE === '1' ? loadSample : async () => {}),
    ...streams,
    new ApiServer(env.REGISTRY_PORT, nudge),
  ]
}

function greet(env: LocalEnv, data: string): void {
  const at = `http://127.0.0.1:${env.REGISTRY_PORT}`
  console.log(`customer registry, location ${LOCATION}
  API       ${at}
  docs      ${at}/docs
  data      ${data} (npm run reset empties it)
  users     ${Object.entries(USERS)
    .map(([name, { password }]) => `${name} / ${password}`)
    .join(', ')}   POST ${at}/v1/auth/token
ready`)
}

async function main(): Promise<void> {
  const env = readEnv(localEnv, process.env)
  process.env.POWERTOOLS_LOG_LEVEL ??= 'WARN'
  const data = resolve(env.REGISTRY_DATA)
  const stop = await startAll(await parts(env, data))
  let stopping = false
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (stopping) return
      stopping = true
      stop().then(
        () => process.exit(0),
        (error: unknown) => {
          console.error(error)
          process.exit(1)
        },
      )
    })
  }
  greet(env, data)
}

main().catch((error: unknown) => {
  const expected = error instanceof CannotStart || error instanceof WrongEnvironment
  console.error(expected ? error.message : error)
  process.exit(1)
})
