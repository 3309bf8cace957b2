import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { z } from 'zod'
import { locationList } from '#contract/schemas/location.ts'
import { driftAnswer } from '#contract/schemas/operations.ts'
import { startServer, type TestServer } from '../e2e/server.ts'
import { until } from '../e2e/until.ts'
import { startFakeServer } from './fake-server.ts'
import { runRegistry } from './run.ts'

const COUNT = 12

let server: TestServer

const runCommand = (...args: string[]) =>
  runRegistry(args, { REGISTRY_URL: server.url, REGISTRY_USER: 'provider', REGISTRY_PASSWORD: 'provider' })

const summary = driftAnswer.omit({ next: true }).extend({ seconds: z.number() }).strict()
const runDrift = async (...words: string[]) =>
  summary.parse(JSON.parse((await runCommand('drift', '--json', ...words)).stdout))

beforeAll(async () => {
  server = await startServer({ REGISTRY_SAMPLE: '0' })
  const token = await server.token('agent')
  for (let n = 0; n < COUNT; n++)
    await server.api('POST', '/v1/customers', { token, body: { surname: `Operated ${n}` } })
  const isIndexed = async () => (await runDrift()).entries === COUNT
  await until(isIndexed, 20_000, 'the index')
})
afterAll(() => server.stop())

describe('registry locations', () => {
  test('lists the locations as a table and as JSON', async () => {
    expect((await runCommand('locations')).stdout).toMatch(/^name +state +heard of.*\nloc1 +up +\d/)
    const { items } = locationList.parse(JSON.parse((await runCommand('locations', '--json')).stdout))
    expect(items.map(({ name, up }) => [name, up])).toEqual([['loc1', true]])
  })

  test.each([
    ['remove loc1', 'A location cannot remove itself: call another location'],
    ['remove loc9', 'Location not found'],
    ['remove', 'must be nothing, or remove and one name'],
    ['drop loc1', 'must be nothing, or remove and one name'],
  ])('with %j explains the error', async (command, message) => {
    const { code, stderr } = await runCommand('locations', ...command.split(' '))
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining(message) })
  })
})

describe('registry rebuild', () => {
  test('prints one line', async () => {
    const { code, stdout, stderr } = await runCommand('rebuild')
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toMatch(
      new RegExp(`^the index is rebuilt: ${COUNT} customers, 0 of them changed meanwhile \\([\\d.]+ s\\)\n$`),
    )
  })

  test('prints JSON', async () => {
    const { code, stdout } = await runCommand('rebuild', '--json')
    expect({ code, told: JSON.parse(stdout) }).toEqual({
      code: 0,
      told: { customers: COUNT, mended: 0, requests: expect.any(Number), seconds: expect.any(Number) },
    })
  })

  test('requires the provider role', async () => {
    expect(await runRegistry(['rebuild'], { REGISTRY_URL: server.url })).toEqual({
      code: 1,
      stdout: '',
      stderr: 'registry rebuild: This operation requires the provider role\n',
    })
  })
})

describe('registry drift', () => {
  test('prints one line when nothing differs', async () => {
    expect(await runCommand('drift', '--repair')).toEqual({
      code: 0,
      stdout: `${COUNT} customers and ${COUNT} entries of the index were compared: nothing differs\n`,
      stderr: '',
    })
  })

  test('prints JSON', async () => {
    const none = { count: 0, ids: [] }
    expect(await runDrift()).toEqual({
      customers: COUNT,
      entries: COUNT,
      differences: { missing: none, behind: none, ahead: none, different: none, orphan: none },
      repaired: 0,
      needs_rebuild: false,
      seconds: expect.any(Number),
    })
  })

  test('requires the provider role', async () => {
    const { code, stdout, stderr } = await runRegistry(['drift'], { REGISTRY_URL: server.url })
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toBe('registry drift: This operation requires the provider role\n')
  })
})

/** Responses of a registry whose index differs from its list in every way, in two pages. */
describe('differences', () => {
  const difference = (count: number, ...ids: string[]) => ({ count, ids })
  const responses = [
    {
      customers: 500,
      entries: 0,
      differences: {
        missing: difference(12, ...Array.from({ length: 10 }, (_, n) => `m${n}`)),
        behind: difference(1, 'b0'),
        ahead: difference(0),
        different: difference(0),
        orphan: difference(0),
      },
      repaired: 0,
      needs_rebuild: false,
      next: 'cursor-1',
    },
    {
      customers: 100,
      entries: 601,
      differences: {
        missing: difference(3, 'm12', 'm13', 'm14'),
        behind: difference(1, 'b1'),
        ahead: difference(1, 'a0'),
        different: difference(0),
        orphan: difference(2, 'o0', 'o1'),
      },
      repaired: 0,
      needs_rebuild: true,
      next: null,
    },
  ]

  const repairedResponses = responses.map((response, n) => ({ ...response, repaired: [13, 6][n] }))

  test('are summed over all pages, and the command exits with 2', async () => {
    await using server = await startFakeServer(responses)
    const { code, stdout } = await runRegistry(['drift'], { REGISTRY_URL: server.url, REGISTRY_TOKEN: 'token' })
    expect({ code, lines: stdout.split('\n') }).toEqual({
      code: 2,
      lines: [
        '600 customers and 601 entries of the index were compared: 20 differ, 0 were repaired',
        '',
        'kind     count  ids',
        'missing  15     m0 m1 m2 m3 m4 m5 m6 m7 m8 m9',
        'behind   2      b0 b1',
        'ahead    1      a0',
        'orphan   2      o0 o1',
        'those who are ahead need a rebuild',
        '',
      ],
    })
    expect(server.requests).toEqual([
      '/v1/index/drift {"repair":false}',
      '/v1/index/drift?cursor=cursor-1 {"repair":false}',
    ])
  })

  test('that could not be repaired make the command exit with 2', async () => {
    await using server = await startFakeServer(repairedResponses)
    const { code, stdout } = await runRegistry(['drift', '--repair'], {
      REGISTRY_URL: server.url,
      REGISTRY_TOKEN: 'token',
    })
    expect(code).toBe(2)
    expect(stdout).toContain('20 differ, 19 were repaired')
    expect(server.requests[0]).toBe('/v1/index/drift {"repair":true}')
  })

  test('that were all repaired make the command exit with 0', async () => {
    const [first] = repairedResponses
    await using server = await startFakeServer([{ ...first, next: null }])
    const { code, stdout } = await runRegistry(['drift', '--repair'], {
      REGISTRY_URL: server.url,
      REGISTRY_TOKEN: 'token',
    })
    expect({ code, stdout: stdout.split('\n')[0] }).toEqual({
      code: 0,
      stdout: '500 customers and 0 entries of the index were compared: 13 differ, 13 were repaired',
    })
  })

  test('a rebuild of several steps continues from each cursor', async () => {
    const parts = [
      { phase: 'fill', read: 500, filled: 500, mended: 0, next: 'one' },
      { phase: 'compare', read: 700, filled: 100, mended: 4, next: 'two' },
      { phase: 'sweep', read: 1200, filled: 0, mended: 1, next: null },
    ]
    await using server = await startFakeServer(parts)
    const { stdout } = await runRegistry(['rebuild', '--json'], { REGISTRY_URL: server.url, REGISTRY_TOKEN: 'token' })
    expect(JSON.parse(stdout)).toEqual({ customers: 600, mended: 5, requests: 3, seconds: expect.any(Number) })
    expect(server.requests.map(request => request.trim())).toEqual([
      '/v1/index/rebuild',
      '/v1/index/rebuild?cursor=one',
      '/v1/index/rebuild?cursor=two',
    ])
  })
})
