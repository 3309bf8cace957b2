import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { issuedUserAnswer } from '#contract/schemas/user.ts'
import { startServer, type TestServer } from '../e2e/server.ts'
import { runRegistry } from './run.ts'

let server: TestServer
beforeAll(async () => {
  server = await startServer({ REGISTRY_SAMPLE: '0' })
})
afterAll(() => server.stop())

const run = (...args: string[]) =>
  runRegistry(args, { REGISTRY_URL: server.url, REGISTRY_USER: 'provider', REGISTRY_PASSWORD: 'provider' })

test('users are added, log in with a new password, are changed, reset, listed and removed', async () => {
  const added = await run('users', 'add', 'grace', '--json')
  const { password } = issuedUserAnswer.parse(JSON.parse(added.stdout))
  const login = ['token', '--user', 'grace', '--password', password]
  expect((await run(...login)).stderr).toContain('new_password')
  expect((await run(...login, '--new-password', 'a password of her own')).code).toBe(0)
  expect((await run('users', 'change', 'grace', '--role', 'provider', '--disable')).stdout).toMatch(/^role +provider$/m)
  expect((await run('users', 'list')).stdout).toMatch(/^grace +provider +disabled +\d{4}-/m)
  expect((await run('users', 'change', 'grace', '--enable')).stdout).toMatch(/^disabled +false$/m)
  expect((await run('users', 'reset-password', 'grace')).stdout).toMatch(/^password +\S+$/m)
  expect((await run('users', 'list')).stdout).toMatch(/^grace +provider +has a one-time password +\d{4}-/m)
  expect((await run('users', 'remove', 'grace', '--yes')).code).toBe(0)
  expect((await run('users')).stdout).not.toContain('grace')
  expect(await run('users')).toEqual(await run('users', 'list'))
})

test.each([
  [['users', 'drop', 'grace'], 'must begin with list, add, change, reset-password, remove'],
  [['users', 'add'], 'add takes one name'],
  [['users', 'list', 'grace'], 'list takes no name'],
  [['users', 'change', 'agent'], 'change needs --role, --disable or --enable'],
  [['users', 'change', 'agent', '--enable', '--disable'], 'change needs --role, --disable or --enable'],
  [['users', 'remove', 'nobody', '--yes'], 'there is no user nobody'],
  [['users', 'remove', 'agent'], 'not confirmed'],
  [['users', 'remove', 'provider', '--yes'], 'ask another provider'],
])('%j is refused', async (args, message) => {
  const { code, stderr } = await run(...args)
  expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining(message) })
})
