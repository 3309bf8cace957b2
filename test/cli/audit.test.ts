import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { parse } from 'csv-parse/sync'
import { z } from 'zod'
import { auditItem, auditVerification, summaryItem } from '#contract/schemas/audit.ts'
import { Agent } from '../e2e/agent.ts'
import { startServer, type TestServer } from '../e2e/server.ts'
import { until } from '../e2e/until.ts'
import { answering } from './answering.ts'
import { Folder, registry } from './run.ts'

let server: TestServer
let folder: Folder
let id: string

const ask = (...words: string[]) =>
  registry(words, { REGISTRY_URL: server.url, REGISTRY_USER: 'provider', REGISTRY_PASSWORD: 'provider' })

const listed = z.object({ items: z.array(auditItem) })
const list = async (...words: string[]) =>
  listed.parse(JSON.parse((await ask('audit', '--json', ...words)).stdout)).items
const verification = auditVerification.omit({ next: true }).extend({ seconds: z.number() }).strict()
const verify = async () => verification.parse(JSON.parse((await ask('audit', 'verify', '--json')).stdout))

beforeAll(async () => {
  server = await startServer({ REGISTRY_SAMPLE: '0', REGISTRY_SEAL_AFTER: '5' })
  folder = await Folder.make()
  const agent = await Agent.logIn(server)
  ;({ id } = await agent.create({ surname: 'Lee' }))
  await agent.patch(id, { surname: 'Li' })
  await agent.get(id)
  await until(async () => (await list('--customer', id)).length === 3, 20_000, 'the lines')
})
afterAll(async () => {
  await folder.remove()
  await server.stop()
})

describe('registry audit', () => {
  test('lists the newest for people', async () => {
    const { code, stdout } = await ask('audit', '--customer', id)
    const [heading = '', ...rows] = stdout.trim().split('\n')
    expect({ code, heading: heading.split(/ {2,}/) }).toEqual({
      code: 0,
      heading: ['at', 'actor', 'action', 'outcome', 'record', 'location', 'before', 'after'],
    })
    expect(rows.map(row => row.split(/ +/).slice(1, 4).join(' '))).toEqual([
      'agent getCustomer done',
      'agent update done',
      'agent create done',
    ])
    expect(rows[1]).toMatch(/surname=Lee +surname=Li$/)
  })

  test('says that there are older ones', async () => {
    const { stdout, stderr } = await ask('audit', '--customer', id, '--limit', '2')
    expect(stdout.trim().split('\n')).toHaveLength(3)
    expect(stderr).toBe('registry: there are older entries: see --limit and --format\n')
  })

  test.each(['csv', 'ndjson'])('writes all of them out as %s, oldest first', async format => {
    const file = folder.at(`audit.${format}`)
    const { code, stderr } = await ask('audit', '--customer', id, '--format', format, '--out', file)
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    const text = await readFile(file, 'utf8')
    const rows: { action: string }[] =
      format === 'csv'
        ? parse(text, { columns: true })
        : text
            .trim()
            .split('\n')
            .map(line => JSON.parse(line))
    expect(rows.map(({ action }) => action)).toEqual(['create', 'update', 'getCustomer'])
  })

  test.each([
    [['audit', '--out', 'x.csv'], /--out goes with --format/],
    [['audit', '--format', 'csv', '--limit', '3'], /--limit does not go with --format/],
    [['audit', '--format', 'xml'], /--format must be csv or ndjson/],
    [['audit', 'check'], /must be verify/],
    [['audit', 'verify', '--actor', 'ada'], /audit verify takes no --actor/],
    [['audit', '--from', 'noon'], /--from is not an ISO 8601 time/],
  ])('refuses %j', async (words, why) => {
    const { code, stdout, stderr } = await ask(...words)
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toMatch(why)
  })
})

test('registry report counts by day, location, actor and action', async () => {
  const { stdout } = await ask('report', '--json')
  const { items } = z.object({ items: z.array(summaryItem) }).parse(JSON.parse(stdout))
  const counts = items.map(({ actor, action, count }) => `${actor} ${action} ${count}`)
  expect(counts).toEqual(expect.arrayContaining(['agent create 1', 'agent update 1', 'agent getCustomer 1']))
  const text = await ask('report', '--from', '2020-01-01', '--to', '2020-12-31')
  expect(text).toEqual({ code: 0, stdout: 'day  location  actor  action  count\n', stderr: '' })
})

describe('registry audit verify', () => {
  test('compares what was sealed, and finds nothing wrong', async () => {
    await until(async () => (await verify()).entries >= 3, 40_000, 'a seal')
    const { differences, sealed } = await verify()
    expect(Object.values(differences).map(({ count }) => count)).toEqual([0, 0, 0, 0])
    expect(sealed.loc1).toEqual({
      to: expect.stringMatching(/^20\d\d-.*Z$/),
      hash: expect.stringMatching(/^[\w-]{22}$/),
    })
    const { code, stdout } = await ask('audit', 'verify')
    expect(code).toBe(0)
    expect(stdout).toMatch(/^\d+ entries in \d+ seals? were compared: nothing differs\n/)
  }, 60_000)

  test('is not for an agent', async () => {
    const { code, stderr } = await registry(['audit', 'verify'], { REGISTRY_URL: server.url })
    expect({ code, stderr }).toEqual({ code: 1, stderr: 'registry audit: This operation requires the provider role\n' })
  })

  test('adds up what all parts find, and tells it with a code that is not 0', async () => {
    const none = { count: 0, entries: [] }
    const part = { seals: 1, entries: 1000, sealed: { loc1: { to: '2026-06-01T12:00:00.000Z', hash: 'h1' } } }
    const differences = { removed: { count: 1, entries: ['k1'] }, changed: none, inserted: none, broken: none }
    await using fake = await answering([
      { ...part, differences, next: 'cursor-1' },
      { ...part, differences: { ...differences, inserted: { count: 1, entries: ['k2'] } }, next: null },
    ])
    const { code, stdout } = await registry(['audit', 'verify'], { REGISTRY_URL: fake.url, REGISTRY_TOKEN: 'token' })
    expect({ code, lines: stdout.split('\n') }).toEqual({
      code: 2,
      lines: [
        '2000 entries in 2 seals were compared: 3 differ',
        '',
        'location  sealed up to              hash of its last seal',
        'loc1      2026-06-01T12:00:00.000Z  h1',
        '',
        'kind      entry',
        'removed   k1',
        'removed   k1',
        'inserted  k2',
        '',
      ],
    })
    expect(fake.asked.map(one => one.trim())).toEqual(['/v1/audit/verify', '/v1/audit/verify?cursor=cursor-1'])
  })
})
