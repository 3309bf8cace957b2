/** `npm run reset`: empties the data folder, unless a registry runs on it. */
import { rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { localEnv, readEnv } from '#contract/env.ts'
import { Lock } from './lock.ts'
import { LOCATION } from './names.ts'
import { CannotStart } from './service.ts'

const data = resolve(readEnv(localEnv, process.env).REGISTRY_DATA)
try {
  await new Lock(join(data, LOCATION)).start()
  await rm(join(data, LOCATION), { recursive: true })
  console.log(`${data} is empty`)
} catch (error) {
  console.error(error instanceof CannotStart ? error.message : error)
  process.exitCode = 1
}
