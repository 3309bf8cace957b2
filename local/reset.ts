/** `npm run reset`: removes everything of the registry from the data folder, unless a registry runs on it. Other files stay. */
import { readdir, rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { InvalidEnvironment, localEnv, readEnv } from '#contract/env.ts'
import { controlFile } from './control.ts'
import { Lock } from './lock.ts'
import { KEYS_FILE, LOCATIONS } from './names.ts'
import { StartupError } from './service.ts'
import { toUsersFile } from './users.ts'

/** What may lie beside a file after a process was killed: parts of a database, and a new content that was not put in its place. */
const COMPANIONS = ['-wal', '-shm', '-journal', '.new'] as const

/** Removes the registry's folders and files, the lock last. @throws StartupError if a registry or a location runs. */
async function reset(data: string): Promise<void> {
  const lock = new Lock(data)
  await lock.start()
  try {
    const names = await readdir(data)
    const folders = LOCATIONS.filter(name => names.includes(name)).map(name => join(data, name))
    // Wait for locations that were left over from a killed process.
    for (const folder of folders) await new Lock(folder).start()
    const files = [join(data, KEYS_FILE), controlFile(data), toUsersFile(data)]
    const isOurs = (path: string) => files.some(file => path === file || COMPANIONS.some(end => path === file + end))
    const paths = names.map(name => join(data, name)).filter(path => folders.includes(path) || isOurs(path))
    for (const path of paths) await rm(path, { recursive: true, force: true })
  } finally {
    await lock.stop()
  }
}

try {
  const data = resolve(readEnv(localEnv, process.env).REGISTRY_DATA)
  await reset(data)
  const others = await readdir(data)
  console.log(others.length === 0 ? `${data} is empty` : `${data} keeps files of others: ${others.join(', ')}`)
} catch (error) {
  console.error(error instanceof StartupError || error instanceof InvalidEnvironment ? error.message : error)
  process.exitCode = 1
}
