/**
 * `npm run backup -- FILE`: writes a backup of the data folder to a file (tar, gzip) that only this user can read, also while the registry
 * runs. `npm run backup:restore -- FILE` restores it to a data folder that is empty.
 */
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chmod, copyFile, mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { promisify } from 'node:util'
import { InvalidEnvironment, localEnv, readEnv } from '#contract/env.ts'
import { toCheckpointFile } from './checkpoint.ts'
import { KEYS_FILE, LOCATIONS, TABLES, TABLES_FILE } from './names.ts'
import { StartupError } from './service.ts'
import { toUsersFile } from './users.ts'

const run = promisify(execFile)
const BUSY_MS = 30_000

/** Copies a database as it is at one moment, while others write to it. */
function copyDatabase(from: string, to: string): void {
  const database = new DatabaseSync(from, { timeout: BUSY_MS })
  try {
    database.prepare('VACUUM INTO ?').run(to)
  } finally {
    database.close()
  }
}

/**
 * Copies a location. The positions of its stream readers are copied before its tables, so that they never lie after these: what is between
 * them is processed again, which changes nothing. The replicator's journal stays out: it refers to those of other locations, and each
 * copy has its own moment. Without it, the locations compare their tables from the beginning.
 */
async function copyLocation(from: string, to: string): Promise<void> {
  await mkdir(to, { mode: 0o700 })
  for (const table of Object.values(TABLES)) {
    const position = toCheckpointFile(table)
    if (existsSync(join(from, position))) await copyFile(join(from, position), join(to, position))
  }
  copyDatabase(join(from, TABLES_FILE), join(to, TABLES_FILE))
}

/** Writes a backup. @throws StartupError */
async function backUp(data: string, file: string): Promise<void> {
  const locations = LOCATIONS.filter(name => existsSync(join(data, name, TABLES_FILE)))
  if (locations.length === 0) throw new StartupError(`${data} has no tables: set REGISTRY_DATA to the data folder`)
  if (existsSync(file)) throw new StartupError(`${file} exists: name another file`)
  const folder = await mkdtemp(join(dirname(file), `.${basename(file)}-`)).catch(() => {
    throw new StartupError(`${dirname(file)} cannot be written`)
  })
  try {
    const content = join(folder, 'content')
    await mkdir(content, { mode: 0o700 })
    await copyFile(join(data, KEYS_FILE), join(content, KEYS_FILE))
    copyDatabase(toUsersFile(data), toUsersFile(content))
    for (const name of locations) await copyLocation(join(data, name), join(content, name))
    const packed = join(folder, 'packed')
    await run('tar', ['-cz', '-f', packed, '-C', content, '.'])
    await chmod(packed, 0o600)
    await rename(packed, file)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
  console.log(`${file}: ${locations.join(', ')}, users and keys`)
}

/** Restores a backup. @throws StartupError */
async function restore(data: string, file: string): Promise<void> {
  if (!existsSync(file)) throw new StartupError(`${file} does not exist`)
  await mkdir(data, { recursive: true, mode: 0o700 })
  if ((await readdir(data)).length > 0)
    throw new StartupError(`${data} is not empty: set REGISTRY_DATA to an empty folder, or run npm run reset`)
  await run('tar', ['-xz', '-p', '-f', file, '-C', data]).catch(async () => {
    for (const name of await readdir(data)) await rm(join(data, name), { recursive: true })
    throw new StartupError(`${file} is not a backup: nothing was restored`)
  })
  const count = LOCATIONS.filter(name => existsSync(join(data, name))).length
  console.log(`${data} is restored: REGISTRY_LOCATIONS=${count} npm start`)
}

async function main(): Promise<void> {
  process.umask(0o077)
  const words = process.argv.slice(2)
  const isRestore = words[0] === '--restore'
  const [file, ...more] = isRestore ? words.slice(1) : words
  if (file === undefined || more.length > 0)
    throw new StartupError('No file given: run npm run backup -- FILE, or npm run backup:restore -- FILE')
  const data = resolve(readEnv(localEnv, process.env).REGISTRY_DATA)
  const path = resolve(process.env.INIT_CWD ?? '.', file)
  await (isRestore ? restore(data, path) : backUp(data, path))
}

main().catch((error: unknown) => {
  const expected = error instanceof StartupError || error instanceof InvalidEnvironment
  console.error(expected ? error.message : error)
  process.exitCode = 1
})
