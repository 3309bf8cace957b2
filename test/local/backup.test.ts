import { execFile } from 'node:child_process'
import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { auditVerification } from '#contract/schemas/audit.ts'
import { customer, historyList } from '#contract/schemas/customer.ts'
import { userList } from '#contract/schemas/user.ts'
import { getLocalServer, startServer, type TestServer } from '../e2e/server.ts'
import { until } from '../e2e/until.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const WRITES = 40

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'registry-backup-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const run = (data: string, program: string, ...args: string[]) =>
  promisify(execFile)(process.execPath, [program, ...args], {
    cwd: ROOT,
    env: { ...process.env, REGISTRY_DATA: data, INIT_CWD: folder },
  })

/** Runs `npm run backup` or `backup:restore` on a data folder. */
const backup = (data: string, ...args: string[]) => run(data, 'local/backup.ts', ...args)
const reset = (data: string) => run(data, 'local/reset.ts')

async function verifyAudit(server: TestServer) {
  const token = await server.token('provider')
  return (await server.api('POST', '/v1/audit/verify', { token })).as(auditVerification)
}

test('a backup taken during writes is restored with histories, users, audit and intact seals', async () => {
  const server = await startServer({ REGISTRY_SAMPLE: '0', REGISTRY_SEAL_AFTER: '1' })
  const local = getLocalServer(server)
  const file = join(folder, 'backup.tgz')
  const readHistory = async (id: string) => {
    const token = await server.token('agent')
    return (await server.api('GET', `/v1/customers/${id}/history`, { token })).as(historyList)
  }
  try {
    const token = await server.token('agent')
    const body = { username: 'grace', role: 'agent' }
    await server.api('POST', '/v1/users', { token: await server.token('provider'), body })
    const { id } = (await server.api('POST', '/v1/customers', { token, body: { surname: 'Kept' } })).as(customer)
    await server.api('PATCH', `/v1/customers/${id}`, { token, body: { given_name: 'Kim' } })
    const original = await readHistory(id)
    await until(async () => (await verifyAudit(server)).seals > 0, 40_000, 'a seal')
    const writing = Array.from({ length: WRITES }, (_, n) =>
      server.api('POST', '/v1/customers', { token, body: { surname: `Written ${n}` } }),
    )
    expect((await backup(local.folder, 'backup.tgz')).stdout).toContain('loc1, users and keys')
    await Promise.all(writing)
    expect((await stat(file)).mode & 0o777).toBe(0o600)
    expect(await readdir(folder)).toEqual(['backup.tgz'])

    await expect(reset(local.folder)).rejects.toMatchObject({ stderr: expect.stringContaining('is in use by process') })
    await local.end()
    await expect(backup(local.folder, '--restore', file)).rejects.toMatchObject({
      stderr: expect.stringContaining('run npm run reset'),
    })
    await reset(local.folder)
    expect(await readdir(local.folder)).toEqual([])
    await backup(local.folder, '--restore', file)
    expect((await stat(join(local.folder, 'keys.json'))).mode & 0o777).toBe(0o600)
    await local.start().ready()
    expect(await readHistory(id)).toEqual(original)
    const found = await verifyAudit(server)
    expect(found.seals).toBeGreaterThan(0)
    expect(Object.values(found.differences).map(({ count }) => count)).toEqual([0, 0, 0, 0])
    const users = (await server.api('GET', '/v1/users', { token: await server.token('provider') })).as(userList)
    expect(users.items.map(({ username }) => username)).toContain('grace')
  } finally {
    await server.stop()
  }
})

test('a reset after a killed process removes all of the registry, and nothing else', async () => {
  const server = await startServer({ REGISTRY_SAMPLE: '0' })
  const local = getLocalServer(server)
  try {
    await server.kill9()
    await writeFile(join(local.folder, 'notes.txt'), 'mine')
    expect((await reset(local.folder)).stdout).toContain('keeps files of others: notes.txt')
    expect(await readdir(local.folder)).toEqual(['notes.txt'])
  } finally {
    await server.stop()
  }
})

test.each([
  ['without a file', [], 'No file given'],
  ['of a folder without tables', ['new.tgz'], 'has no tables'],
  ['to restore from a missing file', ['--restore', 'none.tgz'], 'does not exist'],
])('%s, it says what to do', async (_, args, message) => {
  await expect(backup(join(folder, 'nothing'), ...args)).rejects.toMatchObject({
    code: 1,
    stderr: expect.stringContaining(message),
  })
})

test('a folder in use is not overwritten, and an invalid file restores nothing', async () => {
  const data = await mkdtemp(join(folder, 'data-'))
  const file = join(folder, 'text.tgz')
  await writeFile(file, 'no archive')
  await expect(backup(data, '--restore', file)).rejects.toMatchObject({
    stderr: expect.stringContaining('not a backup'),
  })
  expect(await readdir(data)).toEqual([])
  await writeFile(join(data, 'keys.json'), '{}')
  await expect(backup(data, '--restore', file)).rejects.toMatchObject({ stderr: expect.stringContaining('not empty') })
})
