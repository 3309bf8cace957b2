import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { erasureAnswer, runReport } from '#contract/schemas/retention.ts'
import { Agent } from '../e2e/agent.ts'
import { startServer, type TestServer } from '../e2e/server.ts'
import { until } from '../e2e/until.ts'
import { startFakeServer } from './fake-server.ts'
import { runRegistry } from './run.ts'

const MAIN = fileURLToPath(new URL('../../cli/main.ts', import.meta.url))

let server: TestServer
let agent: Agent
beforeAll(async () => {
  server = await startServer({ REGISTRY_SAMPLE: '0', REGISTRY_DAY_SECONDS: '1', REGISTRY_PURGE_WAIT: '0' })
  agent = await Agent.logIn(server)
})
afterAll(() => server.stop())

const environment = () => ({ REGISTRY_URL: server.url, REGISTRY_USER: 'provider', REGISTRY_PASSWORD: 'provider' })
const runCommand = (...args: string[]) => runRegistry(args, environment())

/** Runs the command line with this text on standard input. */
async function runWithInput(input: string, ...args: string[]) {
  const child = spawn(process.execPath, [MAIN, ...args], { env: { PATH: process.env.PATH, ...environment() } })
  child.stdin.end(input)
  const [stdout, stderr, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')])
  return { code, stdout, stderr }
}

describe('the retention policy', () => {
  test('is shown and set, as a table and as JSON', async () => {
    expect((await runCommand('retention', 'policy')).stdout).toBe('all  for ever\n')
    const result = await runCommand('retention', 'policy', '--days', '3650', '--types', 'PERSON=1825,INSTITUTION=7300')
    expect(result).toEqual({
      code: 0,
      stdout: 'all          3650 days\nPERSON       1825 days\nINSTITUTION  7300 days\n',
      stderr: '',
    })
    await runCommand('retention', 'policy', '--types', 'PERSON=100')
    expect(JSON.parse((await runCommand('retention', 'policy', '--json')).stdout)).toEqual({
      days: 3650,
      types: { PERSON: 100 },
    })
  })

  test('keeps a type for ever with never, and lets it follow all others with default', async () => {
    const types = async (text: string) => {
      await runCommand('retention', 'policy', '--days', '3650', '--types', text)
      return (await runCommand('retention', 'policy')).stdout
    }
    expect(await types('PERSON=never')).toBe('all     3650 days\nPERSON  for ever\n')
    expect(await types('PERSON=default')).toBe('all  3650 days\n')
  })

  test.each([['0'], ['-1'], ['soon']])('is refused with days of %s', async days => {
    const { code, stderr } = await runCommand('retention', 'policy', `--days=${days}`)
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: expect.stringContaining('--days takes a whole number of days from 1, or never'),
    })
  })
})

describe('a purge', () => {
  test('is run dry, run, and listed', async () => {
    await agent.create({ surname: 'Old' })
    await runCommand('retention', 'policy', '--days', '1', '--types', 'INSTITUTION=1', '--yes')
    const dryRun = async () =>
      runReport.parse(JSON.parse((await runCommand('retention', 'run', '--dry-run', '--json')).stdout))
    await until(async () => (await dryRun()).due === 1, 20_000, 'the customer to be due')
    const list = await runCommand('retention', 'run', '--dry-run', '--list')
    expect(list.stdout).toMatch(/^customer +surname +given name +born\n[-0-9a-f]{36} +Old *$/m)
    const declined = await runWithInput('no\n', 'retention', 'run')
    expect([declined.code, declined.stderr]).toEqual([
      1,
      expect.stringMatching(/1 customer will leave the list with this run.*Nothing was changed/s),
    ])
    expect((await dryRun()).due).toBe(1)
    const { code, stdout } = await runWithInput('yes\n', 'retention', 'run')
    const [heading = '', row = ''] = stdout.split('\n')
    expect([code, heading.split(/\s{2,}/)]).toEqual([
      0,
      ['at', 'by', 'due', 'expired', 'marked', 'removed', 'returned', 'kept', 'waits for', 'state', 'id'],
    ])
    expect(row.split(/\s{2,}/).slice(1, -1)).toEqual(['provider', '1', '1', '1', '1', '0', 'finished'])
    expect((await runCommand('retention', 'runs')).stdout).toBe(stdout)
    const id = row.split(/\s+/).at(-1) ?? ''
    expect((await runCommand('retention', 'cancel', '--run', id)).stderr).toContain('Nothing is left to cancel')
    await runCommand('retention', 'policy', '--days', 'never', '--types', 'PERSON=36525')
  })

  test('that a shorter policy would start is asked about, and the policy stays when it is declined', async () => {
    await agent.create({ surname: 'Nearly Due', type: 'INSTITUTION' })
    const policy = { days: null, types: { INSTITUTION: 1 } }
    const provider = await Agent.logIn(server, 'provider')
    const dryRun = async () =>
      (await provider.send('POST', '/v1/retention/runs', { dry_run: true, policy })).as(runReport)
    await until(async () => (await dryRun()).due === 1, 20_000, 'the customer to be due by the shorter policy')
    const before = (await runCommand('retention', 'policy')).stdout
    const shorter = ['retention', 'policy', '--days', 'never', '--types', 'INSTITUTION=1']
    const declined = await runWithInput('no\n', ...shorter)
    expect([declined.code, declined.stderr]).toEqual([
      1,
      expect.stringMatching(/1 customer will leave the list with the next run.*Nothing was changed/s),
    ])
    expect((await runCommand('retention', 'policy')).stdout).toBe(before)
    expect((await runWithInput('yes\n', ...shorter)).stdout).toBe('all          for ever\nINSTITUTION  1 day\n')
    await runCommand('retention', 'policy', '--days', 'never', '--types', 'INSTITUTION=default')
  })

  test('of several pages is reported as one', async () => {
    const page = (n: number) => ({
      ...{ id: `r${n}`, at: `2026-01-0${n}`, ended_at: `2026-01-0${n}`, location: 'loc1', actor: 'provider' },
      ...{
        dry_run: false,
        policy: { days: 1, types: {} },
        due: n,
        expired: n,
        marked: 1,
        removed: 0,
        returned: 0,
        customers: [],
      },
      kept: { held: 1, merged: 0, changed: 0, unheard: n, waiting: 0 },
      waiting_for: [`loc${n + 1}`],
      finished: n === 2,
      failed: false,
      next: n === 2 ? null : 'more',
    })
    await using server = await startFakeServer([page(1), page(2)])
    const { stdout } = await runRegistry(['retention', 'run', '--yes'], {
      REGISTRY_URL: server.url,
      REGISTRY_TOKEN: 'token',
    })
    expect(stdout.split('\n')[1]).toBe(
      '2026-01-01  provider  3    3        2       0        0         2 held, 3 unheard  loc2, loc3  finished  r1',
    )
    expect(server.requests).toEqual([
      '/v1/retention/runs {"dry_run":false}',
      '/v1/retention/runs?cursor=more {"dry_run":false}',
    ])
  })
})

test('a hold is set and ended', async () => {
  const { id } = await agent.create({ surname: 'Held' })
  const hold = await runCommand('hold', id, '--reason', 'a court asked', '--until', '2099-01-01')
  expect(hold.stdout).toBe(`${id} is held until 2099-01-01T23:59:59.999Z (a court asked)\n`)
  const isListed = async () => (await runCommand('holds')).stdout.includes(id)
  await until(isListed, 5000, 'the hold to be listed')
  expect((await runCommand('holds')).stdout).toMatch(
    new RegExp(`^Held +2099-01-01T23:59:59.999Z +a court asked +${id}$`, 'm'),
  )
  expect((await runCommand('holds', '--user', 'agent', '--password', 'agent')).stderr).toContain('provider')
  expect((await runCommand('erase', id, '--yes')).stderr).toContain('is held (a court asked)')
  expect(JSON.parse((await runCommand('hold', id, '--end', '--json')).stdout)).toEqual({
    id,
    held: false,
    reason: null,
    until: null,
  })
  await until(async () => !(await isListed()), 5000, 'the hold to leave the list')
})

describe('an erasure', () => {
  test.each([['no\n'], ['\n'], ['']])('is cancelled when %j is entered', async input => {
    const { id } = await agent.create({ surname: 'Stays' })
    const { code, stdout, stderr } = await runWithInput(input, 'erase', id)
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toContain('nothing was erased')
    expect((await agent.get(id)).status).toBe(200)
  })

  test('is performed when yes is entered, and prints its certificate', async () => {
    const { id } = await agent.create({ surname: 'Goes' })
    const { code, stdout } = await runWithInput('yes\n', 'erase', id)
    expect(code).toBe(0)
    expect(stdout).toMatch(new RegExp(`^erased +${id}\n`))
    expect(stdout).toMatch(/^removed +1 versions, 0 decisions/m)
    expect(stdout).toMatch(/^found +0 registry, 0 views, 0 index, 0 audit, 0 linked, 0 copies$/m)
    expect(stdout).toMatch(/^loc1 +20/m)
    expect((await agent.get(id)).status).toBe(410)
    const repeated = await runCommand('erase', id, '--yes', '--json')
    expect(erasureAnswer.parse(JSON.parse(repeated.stdout)).ids).toEqual([id])
  })

  test('exits with 2 while a location has not acknowledged it', async () => {
    const pending = {
      ...{ ids: [crypto.randomUUID()], erased_at: 'then', location: 'loc1', read_at: 'now', backups_until: 'later' },
      removed: { versions: 1, decisions: 0, pairs: 0, disputes: 0, linked: 0 },
      found: { registry: 0, views: 0, index: 0, audit: 0, linked: 0 },
      locations: [{ name: 'loc2', acknowledged_at: null }],
      ...{ pending: ['loc2'], certificate: 'x' },
    }
    await using server = await startFakeServer([pending])
    const { code, stdout } = await runRegistry(['erase', pending.ids[0] ?? '', '--yes'], {
      REGISTRY_URL: server.url,
      REGISTRY_TOKEN: 'token',
    })
    expect(code).toBe(2)
    expect(stdout).toMatch(/^loc2 +pending: ask again$/m)
  })
})
