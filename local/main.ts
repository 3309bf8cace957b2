/** `npm start`: starts the locations, each in its own process, the replicator between them, and the control endpoint. */
import { resolve } from 'node:path'
import { InvalidEnvironment, type LocalEnv, localEnv, readEnv } from '#contract/env.ts'
import { Control } from './control.ts'
import { localKeys } from './keys.ts'
import { Lock } from './lock.ts'
import { StartupError, startAll } from './service.ts'
import { Supervisor } from './supervisor.ts'
import { prepareUsers } from './users.ts'

function greeting(env: LocalEnv, data: string, users: string, { locations }: Supervisor): string {
  const [first] = locations
  const at = first?.url
  const apis = locations.map(({ name, url }) => `  ${name}      ${url}`)
  const several = [
    ...apis,
    '  locations npm run -s locations -- status | cut loc2 | heal loc2 | lag loc3 5s | kill loc1 | start loc1',
  ]
  return [
    `customer registry, ${locations.length === 1 ? `location ${first?.name}` : `${locations.length} locations`}`,
    ...(locations.length === 1 ? [`  API       ${at}`] : several),
    `  docs      ${at}/docs`,
    `  data      ${data} (npm run reset empties it)`,
    `  search    ${env.OPENSEARCH_ENDPOINT ? `OpenSearch at ${new URL(env.OPENSEARCH_ENDPOINT).origin}` : 'in memory'}`,
    `  users     ${users}   POST ${at}/v1/auth/token`,
  ].join('\n')
}

async function main(): Promise<void> {
  const env = readEnv(localEnv, process.env)
  const data = resolve(env.REGISTRY_DATA)
  let stop: (() => Promise<void>) | null = null
  let users = ''
  let stopping = false
  const end = (code: number) => {
    if (stopping) return
    stopping = true
    // During startup, the locations end by themselves with this process.
    if (stop === null) process.exit(code)
    stop().then(
      () => process.exit(code),
      (error: unknown) => {
        console.error(error)
        process.exit(1)
      },
    )
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => end(0))
  const supervisor: Supervisor = new Supervisor(
    env,
    data,
    () => console.log(greeting(env, data, users, supervisor)),
    () => end(1),
  )
  const keys = {
    name: 'keys and users',
    start: async () => {
      await localKeys(data)
      users = await prepareUsers(data, env.REGISTRY_DEMO_USERS !== '0')
    },
    stop: async () => {},
  }
  stop = await startAll([new Lock(data), keys, new Control(data, command => supervisor.execute(command)), supervisor])
  console.log('ready')
}

main().catch((error: unknown) => {
  const expected = error instanceof StartupError || error instanceof InvalidEnvironment
  console.error(expected ? error.message : error)
  process.exit(1)
})
