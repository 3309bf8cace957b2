import { describe, expect, test } from '@jest/globals'
import { InvalidEnvironment, localEnv, readEnv } from '#contract/env.ts'
import { isOwnHost, toLocalUrl } from '#local/address.ts'
import { testLocalServer } from '../e2e/conditional-tests.ts'
import { getLocalServer, startServer } from '../e2e/server.ts'
import { sendRawTo } from './raw-request.ts'

describe('a Host header', () => {
  const own = { names: ['registry.example.org'], address: '192.0.2.7' }

  test.each([
    'localhost',
    'LOCALHOST:8001',
    'loc2.localhost',
    '127.0.0.1:8001',
    '127.8.8.8',
    '[::1]:8001',
    '192.0.2.7',
    '192.0.2.7:8001',
    'registry.example.org',
    'Registry.Example.org:8001',
  ])('%s names this machine', host => {
    expect(isOwnHost(host, own)).toBe(true)
  })

  test.each([
    undefined,
    '',
    'attacker.example',
    'registry.example.org.attacker.example',
    'x.registry.example.org',
    'localhost.attacker.example',
    '192.0.2.7.attacker.example',
    '192.0.2.8',
    '[::1',
  ])('%s does not', host => {
    expect(isOwnHost(host, own)).toBe(false)
  })

  test('with the address that was reached names this machine, also over IPv6', () => {
    expect(isOwnHost('192.0.2.7:8001', { names: [], address: '::ffff:192.0.2.7' })).toBe(true)
    expect(isOwnHost('[2001:db8::7]:8001', { names: [], address: '2001:db8::7' })).toBe(true)
    expect(isOwnHost('[2001:db8::8]', { names: [], address: '2001:db8::7' })).toBe(false)
    expect(isOwnHost('', { names: [], address: undefined })).toBe(false)
  })
})

test.each([
  ['127.0.0.1', 'http://127.0.0.1:8001'],
  ['0.0.0.0', 'http://127.0.0.1:8001'],
  ['::', 'http://[::1]:8001'],
  ['192.0.2.7', 'http://192.0.2.7:8001'],
])('an API that listens on %s is reached at %s from this machine', (address, url) => {
  expect(toLocalUrl(address, 8001)).toBe(url)
})

describe('REGISTRY_HOST', () => {
  test.each(['0.0.0.0', '::', '192.0.2.7'])('%s needs a decision about the demo users', REGISTRY_HOST => {
    expect(() => readEnv(localEnv, { REGISTRY_HOST })).toThrow(InvalidEnvironment)
    expect(() => readEnv(localEnv, { REGISTRY_HOST, REGISTRY_DEMO_USERS: '1' })).toThrow('REGISTRY_DEMO_USERS=0')
    for (const REGISTRY_DEMO_USERS of ['0', 'exposed'])
      expect(readEnv(localEnv, { REGISTRY_HOST, REGISTRY_DEMO_USERS })).toMatchObject({ REGISTRY_HOST })
  })

  test.each(['127.0.0.1', '127.0.0.2', '::1'])(
    '%s has the demo users, since only this machine reaches it',
    REGISTRY_HOST => {
      expect(readEnv(localEnv, { REGISTRY_HOST })).toMatchObject({ REGISTRY_HOST, REGISTRY_DEMO_USERS: '1' })
    },
  )

  test.each<[string, Record<string, string>]>([
    ['a name', { REGISTRY_HOST: 'registry.example.org' }],
    ['a URL among the names', { REGISTRY_HOST_NAMES: 'http://registry.example.org' }],
  ])('%s is refused', (_, environment) => {
    expect(() => readEnv(localEnv, environment)).toThrow(InvalidEnvironment)
  })
})

testLocalServer('a server on all addresses answers to its names, and to no others', async () => {
  const server = await startServer({
    REGISTRY_SAMPLE: '0',
    REGISTRY_HOST: '0.0.0.0',
    REGISTRY_HOST_NAMES: 'registry.example.org, 192.0.2.7',
    REGISTRY_DEMO_USERS: 'exposed',
  })
  try {
    const { port } = getLocalServer(server)
    const getWithHost = (host: string) =>
      sendRawTo(port, `GET /healthz HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`)
    for (const host of ['localhost', 'registry.example.org:80', '192.0.2.7', '127.0.0.1'])
      expect([host, (await getWithHost(host)).status]).toEqual([host, 200])
    for (const host of ['attacker.example', '192.0.2.8'])
      expect([host, (await getWithHost(host)).status]).toEqual([host, 403])
    expect(await server.token('agent')).not.toBe('')
  } finally {
    await server.stop()
  }
})

testLocalServer('a server says why it cannot listen on an address', async () => {
  const start = (environment: Record<string, string>) => startServer({ REGISTRY_SAMPLE: '0', ...environment })
  await expect(start({ REGISTRY_HOST: '0.0.0.0' })).rejects.toThrow('set REGISTRY_DEMO_USERS=0 to leave them out')
  // An address for documentation (RFC 5737), which no machine has.
  const elsewhere = { REGISTRY_HOST: '192.0.2.7', REGISTRY_DEMO_USERS: '0' }
  await expect(start(elsewhere)).rejects.toThrow('is not an address of this machine')
})
