import { execFileSync, spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from '@jest/globals'
import { parse } from 'yaml'
import * as z from 'zod'

const FOLDER = fileURLToPath(new URL('../../localstack/', import.meta.url))
const SCRIPT = `${FOLDER}deploy.sh`

/** What of Compose's format the file uses (compose-spec). */
const service = z.strictObject({
  image: z.string(),
  profiles: z.array(z.string()).optional(),
  command: z.array(z.string()).optional(),
  ports: z.array(z.string()).default([]),
  environment: z.record(z.string(), z.string()).default({}),
  volumes: z.array(z.string()).default([]),
  healthcheck: z
    .strictObject({ test: z.array(z.string()), interval: z.string(), timeout: z.string(), retries: z.number() })
    .optional(),
  depends_on: z.record(z.string(), z.strictObject({ condition: z.literal('service_healthy') })).default({}),
  restart: z.literal('no').optional(),
})
const compose = z.looseObject({ name: z.string(), services: z.record(z.string(), service) })

const { services, ...rest } = compose.parse(parse(readFileSync(`${FOLDER}compose.yaml`, 'utf8'), { merge: true }))
const serviceEntries = Object.entries(services)

test('nothing stands beside the services but their name and what they share', () => {
  expect(Object.keys(rest).filter(name => name !== 'name' && !name.startsWith('x-'))).toEqual([])
})

describe.each(serviceEntries)('the service %s', (_, { image, ports, volumes, depends_on, profiles }) => {
  test('has an image of one version', () => {
    expect(image).toMatch(/^[a-z-]+(\/[a-z-]+)?:v?\d+\.\d+\.\d+[\w.-]*$/)
  })

  test('is open to this machine alone', () => {
    for (const port of ports) expect(port).toMatch(/^127\.0\.0\.1:\d+:\d+$/)
  })

  test('reads the project and writes none of it', () => {
    for (const volume of volumes)
      expect(volume).toMatch(/^(\.\.\/:\/project:ro|\/var\/run\/docker\.sock:\/var\/run\/docker\.sock)$/)
  })

  test('waits for services that are there, in its own profile or always, and say that they are healthy', () => {
    for (const name of Object.keys(depends_on)) {
      expect(services[name]?.healthcheck).toBeDefined()
      expect(profiles ?? []).toEqual(expect.arrayContaining(services[name]?.profiles ?? []))
    }
  })
})

test('no two services want one port', () => {
  const ports = serviceEntries.flatMap(([, { ports }]) => ports.map(port => port.split(':')[1]))
  expect(new Set(ports).size).toBe(ports.length)
})

test('without a profile there are an emulator, its deployment and an OpenSearch', () => {
  const withoutProfile = serviceEntries.filter(([, { profiles }]) => profiles === undefined).map(([name]) => name)
  expect(withoutProfile.sort()).toEqual(['deploy', 'localstack', 'opensearch'])
})

test('what deploys is told where the emulator and the OpenSearch are, by names of services', () => {
  for (const [, { command, environment }] of serviceEntries.filter(([name]) => name.startsWith('deploy'))) {
    expect(command).toEqual(['bash', '/project/localstack/deploy.sh'])
    for (const variable of ['AWS_ENDPOINT_URL', 'SEARCH_ENDPOINT'])
      expect(Object.keys(services)).toContain(new URL(environment[variable] ?? '').hostname)
  }
})

test('the README names every service and every profile', () => {
  const readme = readFileSync(`${FOLDER}README.md`, 'utf8')
  for (const [name, { profiles = [] }] of serviceEntries)
    for (const word of [name, ...profiles]) expect(readme).toContain(word)
})

describe('the script', () => {
  test('is one that bash can read', () => {
    expect(() => execFileSync('bash', ['-n', SCRIPT])).not.toThrow()
  })

  const shellcheck = spawnSync('shellcheck', ['--version']).error === undefined
  const testIfInstalled = shellcheck ? test : test.skip
  testIfInstalled('has nothing that shellcheck finds', () => {
    expect(spawnSync('shellcheck', [SCRIPT]).stdout.toString()).toBe('')
  })

  test('has the context that the stacks take', async () => {
    const { readContext } = await import('#lib/context.ts')
    const text = readFileSync(SCRIPT, 'utf8')
    const [, written = ''] = /^context="(.*)"$/m.exec(text) ?? []
    const [, search = ''] = /^search='(.*)'$/m.exec(text) ?? []
    const contextText = written.replaceAll('\\"', '"').replace('$AWS_REGION', 'us-east-1').replace('$search', search)
    expect(readContext(contextText)).toMatchObject({
      regions: ['us-east-1'],
      target: 'emulator',
      search: { kind: 'none' },
    })
  })
})
