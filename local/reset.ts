/** `npm run reset`: empties the data folder, unless a registry runs on it. */
import { existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { InvalidEnvironment, localEnv, readEnv } from '#contract/env.ts'
import { controlFile } from './control.ts'
import { Lock } from './lock.ts'
import { KEYS_FILE, LOCATIONS } from './names.ts'
import { StartupError } from './service.ts'

try {
  const data = resolve(readEnv(localEnv, process.env).REGISTRY_DATA)
  const lock = new Lock(data)
  await lock.start()
  try {
    const folders = LOCATIONS.map(name => join(data, name)).filter(existsSync)
    // Wait for locations that were left over from a killed process.
    for (const folder of folders) await new Lock(folder).start()
    for (const folder of folders) await rm(folder, { recursive: true })
    for (const file of [join(data, KEYS_FILE), controlFile(data)]) await rm(file, { force: true })
    console.log(`${data} is empty`)
  } finally {
    await lock.stop()
  }
} catch (error) {
  console.error(error instanceof StartupError || error instanceof InvalidEnvironment ? error.message : error)
  process.exitCode = 1
}
