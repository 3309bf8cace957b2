import { scryptSync } from 'node:crypto'
import { mkdtemp, readFile, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { beforeEach, expect, test } from '@jest/globals'
import { z } from 'zod'
import { FileDirectory } from '#adapters/users/file-directory.ts'
import { testUserDirectory } from './user-directory.ts'

let file: string
const open = async () => {
  file = join(await mkdtemp(join(tmpdir(), 'registry-users-')), 'users.db')
  return new FileDirectory(file)
}

testUserDirectory('a file', open)

const FIRST = 'Aa1-one-time-password'
const NEXT = 'a password of her own'
let users: FileDirectory
beforeEach(async () => {
  users = await open()
})

const addGrace = async () => {
  const user = await users.create('grace', 'agent', FIRST)
  if (user === null) throw new Error('grace exists')
  return user
}

test('the file is readable only by its owner and has no password', async () => {
  await addGrace()
  expect((await stat(file)).mode & 0o777).toBe(0o600)
  expect((await readFile(file)).includes(FIRST)).toBe(false)
})

test('a one-time password must be replaced, and is worth nothing afterwards', async () => {
  await addGrace()
  expect(await users.logIn('grace', FIRST)).toBe('one-time')
  expect(await users.logIn('grace', FIRST, NEXT)).toMatchObject({ groups: ['service_agent'] })
  expect(await users.logIn('grace', FIRST)).toBeNull()
  expect(await users.logIn('grace', NEXT)).toMatchObject({ groups: ['service_agent'] })
})

test('a password that replaces a public one is kept like any other', async () => {
  const user = await users.addPublic('agent', { password: 'agent', groups: ['service_agent'] })
  expect(await users.logIn('agent', 'agent')).toMatchObject({ groups: ['service_agent'] })
  expect(await users.logIn('agent', 'wrong')).toBeNull()
  expect(await users.logIn('agent', 'agent', NEXT)).toMatchObject({ groups: ['service_agent'] })
  expect(await users.logIn('agent', 'agent')).toBeNull()
  expect(await users.logIn('agent', NEXT)).toMatchObject({ groups: ['service_agent'] })
  const stored = new DatabaseSync(file)
  const { salt, hash } = z
    .object({ salt: z.string(), hash: z.string() })
    .parse(stored.prepare('SELECT salt, hash FROM users').get())
  stored.close()
  // OWASP's cost, whatever the password before it cost.
  expect(scryptSync(NEXT, salt, 32, { N: 2 ** 14, r: 8, p: 5, maxmem: 2 ** 26 }).toString('hex')).toBe(hash)
  expect(user?.one_time_password).toBe(false)
})

test('a file of an earlier version, which does not say whose password is public, is read', async () => {
  await addGrace()
  users.close()
  const earlier = new DatabaseSync(file)
  earlier.exec('ALTER TABLE users DROP COLUMN public')
  earlier.close()
  users = new FileDirectory(file)
  expect(await users.logIn('grace', FIRST)).toBe('one-time')
})

test('unknown and disabled users, and wrong passwords, do not log in', async () => {
  const user = await addGrace()
  expect(await users.logIn('grace', 'wrong', NEXT)).toBeNull()
  expect(await users.logIn('nobody', FIRST, NEXT)).toBeNull()
  await users.setDisabled(user, true)
  expect(await users.logIn('grace', FIRST, NEXT)).toBeNull()
})

test.each([
  ['disabled', (user: Parameters<FileDirectory['remove']>[0]) => users.setDisabled(user, true)],
  ['given another role', (user: Parameters<FileDirectory['remove']>[0]) => users.setRole(user, 'provider')],
  ['given a one-time password', (user: Parameters<FileDirectory['remove']>[0]) => users.resetPassword(user, FIRST)],
  ['removed', (user: Parameters<FileDirectory['remove']>[0]) => users.remove(user)],
])('tokens end when their user is %s', async (_, change) => {
  const user = await addGrace()
  const issuedAt = Math.floor(Date.now() / 1000)
  expect(users.acceptsToken('grace', issuedAt)).toBe(true)
  await change(user)
  expect(users.acceptsToken('grace', issuedAt)).toBe(false)
})

test('a change by another process is seen at once', async () => {
  const other = new FileDirectory(file)
  const user = await addGrace()
  await other.remove(user)
  expect(await users.find(user.id)).toBeNull()
})
