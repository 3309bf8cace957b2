import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { parse } from 'csv-parse/sync'
import { z } from 'zod'
import { auditItem, auditVerification, summaryItem } from '#contract/schemas/audit.ts'
import { Agent } from '../e2e/agent.ts'
import { startServer, type TestServer } from '../e2e/server.ts'
import { until } from '../e2e/until.ts'
import { startFakeServer } from './fake-server.ts'
import { Folder, runRegistry } from './run.ts'

let server: TestServer
let folder: Folder
let id: string

const runCommand = (...args: string[]) =>
  runRegistry(args, { REGISTRY_URL: server.url, REGISTRY_USER: 'provider', REGISTRY_PASSWORD: 'provider' })

const listSchema = z.object({ items: z.array(auditItem) })
const list = async (...args: string[]) =>
  listSchema.parse(JSON.parse((await runCommand('audit', '--json', ...args)).stdout)).items
const verificationSchema = auditVerification.omit({ next: true }).extend({ seconds: z.number() }).strict()
const verify = async () => verificationSchema.parse(JSON.parse((await runCommand('audit', 'verify', '--json')).stdout))

beforeAll(async () => {
  server = await startServer({ REGISTRY_SAMPLE: '0', REGISTRY_SEAL_AFTER: '5' })
  folder = await Folder.create()
  const agent = await Agent.logIn(server)
  ;({ id } = await agent.create({ surname: 'Lee' }))
  await agent.patch(id, { surname: 'Li', note: 'as she writes it' })
  await agent.get(id)
  await until(async () => (await list('--customer', id)).length === 3, 20_000, 'the change log')
})
afterAll(async () => {
  await folder.remove()
  await server.stop()
})

describe('registry audit', () => {
  test('lists the newest entries as a table', async () => {
    const { code, stdout } = await runCommand('audit', '--customer', id)
    const [heading = '', ...rows] = stdout.trim().split('\n')
    expect({ code, heading: heading.split(/ {2,}/) }).toEqual({
      code: 0,
      heading: ['at', 'actor', 'action', 'outcome', 'record', 'location', 'before', 'after', 'note'],
    })
    expect(rows.map(row => row.split(/ +/).slice(1, 4).join(' '))).toEqual([
      'agent getCustomer done',
      'agent update done',
      'agent create done',
    ])
    expect(rows[1]).toMatch(/surname=Lee +surname=Li +as she writes it$/)
  })

  test('says that there are older entries', async () => {
    const { stdout, stderr } = await runCommand('audit', '--customer', id, '--limit', '2')
    expect(stdout.trim().split('\n')).toHaveLength(3)
    expect(stderr).toBe('registry: there are older entries: see --limit and --format\n')
  })

  test.each(['csv', 'ndjson'])('writes all entries as %s, oldest first', async format => {
    const file = folder.resolve(`audit.${format}`)
    const { code, stderr } = await runCommand('audit', '--customer', id, '--format', format, '--out', file)
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
    [['audit', '--out', 'x.csv'], /--out requires --format/],
    [['audit', '--format', 'csv', '--limit', '3'], /--limit cannot be combined with --format/],
    [['audit', '--format', 'xml'], /--format must be csv or ndjson/],
    [['audit', 'check'], /must be verify/],
    [['audit', 'verify', '--actor', 'ada'], /audit verify takes no --actor/],
    [['audit', '--action', 'serach'], /--action is unknown\. Known are: create, update, .*search/],
    [['audit', '--from', 'noon'], /--from is not an ISO 8601 time/],
  ])('refuses %j', async (args, message) => {
    const { code, stdout, stderr } = await runCommand(...args)
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toMatch(message)
  })
})

test('registry report counts by day, location, actor and action', async () => {
  const { stdout } = await runCommand('report', '--json')
  const { items } = z.object({ items: z.array(summaryItem) }).parse(JSON.parse(stdout))
  const counts = items.map(({ actor, action, count }) => `${actor} ${action} ${count}`)
  expect(counts).toEqual(expect.arrayContaining(['agent create 1', 'agent update 1', 'agent getCustomer 1']))
  const text = await runCommand('report', '--from', '2020-01-01', '--to', '2020-12-31')
  expect(text).toEqual({ code: 0, stdout: 'day  location  actor  action  count\n', stderr: '' })
})

describe('registry audit verify', () => {
  test('compares the sealed entries and finds no difference', async () => {
    await until(async () => (await verify()).entries >= 3, 40_000, 'a seal')
    const { differences, sealed } = await verify()
    expect(Object.values(differences).map(({ count }) => count)).toEqual([0, 0, 0, 0])
    expect(sealed.loc1).toEqual({
      to: expect.stringMatching(/^20\d\d-.*Z$/),
      hash: expect.stringMatching(/^[\w-]{22}$/),
    })
    const { code, stdout } = await runCommand('audit', 'verify')
    expect(code).toBe(0)
    expect(stdout).toMatch(/^\d+ entries in \d+ seals? were compared: nothing differs\n/)
  }, 60_000)

  test('requires the provider role', async () => {
    const { code, stderr } = await runRegistry(['audit', 'verify'], { REGISTRY_URL: server.url })
    expect({ code, stderr }).toEqual({ code: 1, stderr: 'registry audit: This operation requires the provider role\n' })
  })

  test('says that nothing is sealed yet', async () => {
    const none = { count: 0, entries: [] }
    const differences = { removed: none, changed: none, inserted: none, broken: none }
    const empty = { seals: 0, entries: 0, sealed: {}, restarts: [], differences, next: null }
    const sealed = { loc1: { to: '2026-06-01T12:00:00.000Z', hash: 'h1' } }
    await using server = await startFakeServer([empty, { ...empty, seals: 1, sealed }])
    const environment = { REGISTRY_URL: server.url, REGISTRY_TOKEN: 'token' }
    const message =
      'No entry is sealed yet, so none was compared. Entries are sealed some minutes after they were made.\n'
    expect(await runRegistry(['audit', 'verify'], environment)).toEqual({ code: 0, stdout: message, stderr: '' })
    const { stdout } = await runRegistry(['audit', 'verify'], environment)
    expect(stdout).toBe(
      `${message}\nlocation  sealed up to              hash of its last seal\nloc1      2026-06-01T12:00:00.000Z  h1\n`,
    )
  })

  test('sums all pages, and exits with 2 when entries differ', async () => {
    const none = { count: 0, entries: [] }
    const page = { seals: 1, entries: 1000, sealed: { loc1: { to: '2026-06-01T12:00:00.000Z', hash: 'h1' } } }
    const restart = { location: 'loc1', at: '2026-06-01T11:00:00.000Z', from: '2026-06-01T10:00:00.000Z' }
    const differences = { removed: { count: 1, entries: ['k1'] }, changed: none, inserted: none, broken: none }
    await using server = await startFakeServer([
      { ...page, differences, restarts: [restart], next: 'cursor-1' },
      { ...page, differences: { ...differences, inserted: { count: 1, entries: ['k2'] } }, restarts: [], next: null },
    ])
    const { code, stdout } = await runRegistry(['audit', 'verify'], {
      REGISTRY_URL: server.url,
      REGISTRY_TOKEN: 'token',
    })
    expect({ code, lines: stdout.split('\n') }).toEqual({
      code: 2,
      lines: [
        '2000 entries in 2 seals were compared: 3 differ',
        '',
        'location  sealed up to              hash of its last seal',
        'loc1      2026-06-01T12:00:00.000Z  h1',
        '',
        'clock set back  noticed                   sealed again from',
        'loc1            2026-06-01T11:00:00.000Z  2026-06-01T10:00:00.000Z',
        '',
        'kind      entry',
        'removed   k1',
        'removed   k1',
        'inserted  k2',
        '',
      ],
    })
    expect(server.requests.map(request => request.trim())).toEqual([
      '/v1/audit/verify',
      '/v1/audit/verify?cursor=cursor-1',
    ])
  })
})
