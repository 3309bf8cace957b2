import { execFileSync, spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from '@jest/globals'
import { parse } from 'yaml'
import * as z from 'zod'

const FOLDER = fileURLToPath(new URL('../../localstack/', import.meta.url))
const SCRIPT = `${FOLDER}deploy.sh`

/** The part of the Compose format that the file uses (compose-spec). */
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

test('the file contains only a name, services and shared settings', () => {
  expect(Object.keys(rest).filter(name => name !== 'name' && !name.startsWith('x-'))).toEqual([])
})

describe.each(serviceEntries)('the service %s', (_, { image, ports, volumes, depends_on, profiles }) => {
  test('has an image of a fixed version', () => {
    expect(image).toMatch(/^[a-z-]+(\/[a-z-]+)?:v?\d+\.\d+\.\d+[\w.-]*$/)
  })

  test('listens only on the loopback interface', () => {
    for (const port of ports) expect(port).toMatch(/^127\.0\.0\.1:\d+:\d+$/)
  })

  test('mounts the project read-only', () => {
    for (const volume of volumes)
      expect(volume).toMatch(/^(\.\.\/:\/project:ro|\/var\/run\/docker\.sock:\/var\/run\/docker\.sock)$/)
  })

  test('depends only on services with a health check that run in the same profile or always', () => {
    for (const name of Object.keys(depends_on)) {
      expect(services[name]?.healthcheck).toBeDefined()
      expect(profiles ?? []).toEqual(expect.arrayContaining(services[name]?.profiles ?? []))
    }
  })
})

test('no two services use the same port', () => {
  const ports = serviceEntries.flatMap(([, { ports }]) => ports.map(port => port.split(':')[1]))
  expect(new Set(ports).size).toBe(ports.length)
})

test('without a profile there are an emulator, its deployment and an OpenSearch', () => {
  const withoutProfile = serviceEntries.filter(([, { profiles }]) => profiles === undefined).map(([name]) => name)
  expect(withoutProfile.sort()).toEqual(['deploy', 'localstack', 'opensearch'])
})

test('the deployment reaches the emulator and OpenSearch by service name', () => {
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

describe('the deploy script', () => {
  test('is valid bash', () => {
    expect(() => execFileSync('bash', ['-n', SCRIPT])).not.toThrow()
  })

  const shellcheck = spawnSync('shellcheck', ['--version']).error === undefined
  const testIfInstalled = shellcheck ? test : test.skip
  testIfInstalled('passes shellcheck', () => {
    expect(spawnSync('shellcheck', [SCRIPT]).stdout.toString()).toBe('')
  })

  test('has a valid context', async () => {
    const { readContext } = await import('#lib/context.ts')
    const text = readFileSync(SCRIPT, 'utf8')
    const [, contextLine = ''] = /^context="(.*)"$/m.exec(text) ?? []
    const [, search = ''] = /^search='(.*)'$/m.exec(text) ?? []
    const contextText = contextLine
      .replaceAll('\\"', '"')
      .replace('$AWS_REGION', 'us-east-1')
      .replace('$search', search)
    expect(readContext(contextText)).toMatchObject({
      regions: ['us-east-1'],
      target: 'emulator',
      search: { kind: 'none' },
    })
  })
})
