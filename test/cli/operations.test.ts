import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { z } from 'zod'
import { locationList } from '#contract/schemas/location.ts'
import { driftAnswer } from '#contract/schemas/operations.ts'
import { startServer, type TestServer } from '../e2e/server.ts'
import { until } from '../e2e/until.ts'
import { answering } from './answering.ts'
import { registry } from './run.ts'

const COUNT = 12

let server: TestServer

const ask = (...words: string[]) =>
  registry(words, { REGISTRY_URL: server.url, REGISTRY_USER: 'provider', REGISTRY_PASSWORD: 'provider' })

const summary = driftAnswer.omit({ next: true }).extend({ seconds: z.number() }).strict()
const toDrift = async (...words: string[]) => summary.parse(JSON.parse((await ask('drift', '--json', ...words)).stdout))

beforeAll(async () => {
  server = await startServer({ REGISTRY_SAMPLE: '0' })
  const token = await server.token('agent')
  for (let n = 0; n < COUNT; n++)
    await server.api('POST', '/v1/customers', { token, body: { surname: `Operated ${n}` } })
  const settled = async () => (await toDrift()).entries === COUNT
  await until(settled, 20_000, 'the index')
})
afterAll(() => server.stop())

describe('the locations are listed', () => {
  test('for people in columns, and for programs as JSON', async () => {
    expect((await ask('locations')).stdout).toMatch(/^name +state +heard of.*\nloc1 +up +\d/)
    const { items } = locationList.parse(JSON.parse((await ask('locations', '--json')).stdout))
    expect(items.map(({ name, up }) => [name, up])).toEqual([['loc1', true]])
  })

  test.each([
    ['remove loc1', 'A location cannot remove itself: call another location'],
    ['remove loc9', 'Location not found'],
    ['remove', 'must be nothing, or remove and one name'],
    ['drop loc1', 'must be nothing, or remove and one name'],
  ])('and with %j told what is wrong', async (words, wrong) => {
    const { code, stderr } = await ask('locations', ...words.split(' '))
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining(wrong) })
  })
})

describe('the index is made anew', () => {
  test('for people in a line', async () => {
    const { code, stdout, stderr } = await ask('rebuild')
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toMatch(
      new RegExp(`^the index is made anew: ${COUNT} customers, 0 of them changed meanwhile \\([\\d.]+ s\\)\n$`),
    )
  })

  test('for programs as JSON', async () => {
    const { code, stdout } = await ask('rebuild', '--json')
    expect({ code, told: JSON.parse(stdout) }).toEqual({
      code: 0,
      told: { customers: COUNT, mended: 0, requests: expect.any(Number), seconds: expect.any(Number) },
    })
  })

  test('not by an agent', async () => {
    expect(await registry(['rebuild'], { REGISTRY_URL: server.url })).toEqual({
      code: 1,
      stdout: '',
      stderr: 'registry rebuild: This operation requires the provider role\n',
    })
  })
})

describe('list and index are compared', () => {
  test('for people in a line where nothing differs', async () => {
    expect(await ask('drift', '--repair')).toEqual({
      code: 0,
      stdout: `${COUNT} customers and ${COUNT} entries of the index were compared: nothing differs\n`,
      stderr: '',
    })
  })

  test('for programs as JSON', async () => {
    const none = { count: 0, ids: [] }
    expect(await toDrift()).toEqual({
      customers: COUNT,
      entries: COUNT,
      differences: { missing: none, behind: none, ahead: none, different: none, orphan: none },
      repaired: 0,
      needs_rebuild: false,
      seconds: expect.any(Number),
    })
  })

  test('not by an agent', async () => {
    const { code, stdout, stderr } = await registry(['drift'], { REGISTRY_URL: server.url })
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toBe('registry drift: This operation requires the provider role\n')
  })
})

/** A registry whose index differs from its list in all ways, told in two parts. */
describe('differences', () => {
  const found = (count: number, ...ids: string[]) => ({ count, ids })
  const answers = [
    {
      customers: 500,
      entries: 0,
      differences: {
        missing: found(12, ...Array.from({ length: 10 }, (_, n) => `m${n}`)),
        behind: found(1, 'b0'),
        ahead: found(0),
        different: found(0),
        orphan: found(0),
      },
      repaired: 0,
      needs_rebuild: false,
      next: 'cursor-1',
    },
    {
      customers: 100,
      entries: 601,
      differences: {
        missing: found(3, 'm12', 'm13', 'm14'),
        behind: found(1, 'b1'),
        ahead: found(1, 'a0'),
        different: found(0),
        orphan: found(2, 'o0', 'o1'),
      },
      repaired: 0,
      needs_rebuild: true,
      next: null,
    },
  ]

  const repaired = answers.map((answer, n) => ({ ...answer, repaired: [13, 6][n] }))

  test('are added up over all parts, and told with a code that is not 0', async () => {
    await using fake = await answering(answers)
    const { code, stdout } = await registry(['drift'], { REGISTRY_URL: fake.url, REGISTRY_TOKEN: 'token' })
    expect({ code, lines: stdout.split('\n') }).toEqual({
      code: 2,
      lines: [
        '600 customers and 601 entries of the index were compared: 20 differ, 0 were put right',
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
    expect(fake.asked).toEqual(['/v1/index/drift {"repair":false}', '/v1/index/drift?cursor=cursor-1 {"repair":false}'])
  })

  test('that could not be put right are still there', async () => {
    await using fake = await answering(repaired)
    const { code, stdout } = await registry(['drift', '--repair'], {
      REGISTRY_URL: fake.url,
      REGISTRY_TOKEN: 'token',
    })
    expect(code).toBe(2)
    expect(stdout).toContain('20 differ, 19 were put right')
    expect(fake.asked[0]).toBe('/v1/index/drift {"repair":true}')
  })

  test('that were all put right are no matter any more', async () => {
    const [first] = repaired
    await using fake = await answering([{ ...first, next: null }])
    const { code, stdout } = await registry(['drift', '--repair'], {
      REGISTRY_URL: fake.url,
      REGISTRY_TOKEN: 'token',
    })
    expect({ code, stdout: stdout.split('\n')[0] }).toEqual({
      code: 0,
      stdout: '500 customers and 0 entries of the index were compared: 13 differ, 13 were put right',
    })
  })

  test('a rebuild of many parts goes on from each of them', async () => {
    const parts = [
      { phase: 'fill', read: 500, filled: 500, mended: 0, next: 'one' },
      { phase: 'compare', read: 700, filled: 100, mended: 4, next: 'two' },
      { phase: 'sweep', read: 1200, filled: 0, mended: 1, next: null },
    ]
    await using fake = await answering(parts)
    const { stdout } = await registry(['rebuild', '--json'], { REGISTRY_URL: fake.url, REGISTRY_TOKEN: 'token' })
    expect(JSON.parse(stdout)).toEqual({ customers: 600, mended: 5, requests: 3, seconds: expect.any(Number) })
    expect(fake.asked.map(one => one.trim())).toEqual([
      '/v1/index/rebuild',
      '/v1/index/rebuild?cursor=one',
      '/v1/index/rebuild?cursor=two',
    ])
  })
})
