import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { erasureAnswer, runReport } from '#contract/schemas/retention.ts'
import { Agent } from '../e2e/agent.ts'
import { startServer, type TestServer } from '../e2e/server.ts'
import { until } from '../e2e/until.ts'
import { answering } from './answering.ts'
import { registry } from './run.ts'

const MAIN = fileURLToPath(new URL('../../cli/main.ts', import.meta.url))

let server: TestServer
let agent: Agent
beforeAll(async () => {
  server = await startServer({ REGISTRY_SAMPLE: '0', REGISTRY_DAY_SECONDS: '1', REGISTRY_PURGE_WAIT: '0' })
  agent = await Agent.logIn(server)
})
afterAll(() => server.stop())

const environment = () => ({ REGISTRY_URL: server.url, REGISTRY_USER: 'provider', REGISTRY_PASSWORD: 'provider' })
const ask = (...words: string[]) => registry(words, environment())

/** Runs the command line with somebody who types an answer. */
async function typing(typed: string, ...words: string[]) {
  const child = spawn(process.execPath, [MAIN, ...words], { env: { PATH: process.env.PATH, ...environment() } })
  child.stdin.end(typed)
  const [stdout, stderr, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')])
  return { code, stdout, stderr }
}

describe('the policy', () => {
  test('is shown and put, for people and for programs', async () => {
    expect((await ask('retention', 'policy')).stdout).toBe('all  for ever\n')
    const put = await ask('retention', 'policy', '--days', '3650', '--types', 'PERSON=1825,INSTITUTION=7300')
    expect(put).toEqual({
      code: 0,
      stdout: 'all          3650 days\nPERSON       1825 days\nINSTITUTION  7300 days\n',
      stderr: '',
    })
    await ask('retention', 'policy', '--types', 'PERSON=100')
    expect(JSON.parse((await ask('retention', 'policy', '--json')).stdout)).toEqual({
      days: 3650,
      types: { PERSON: 100 },
    })
  })

  test.each([['0'], ['-1'], ['soon']])('is not put with days of %s', async days => {
    const { code, stderr } = await ask('retention', 'policy', `--days=${days}`)
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: expect.stringContaining('--days takes a whole number of days from 1, or never'),
    })
  })
})

describe('a purge', () => {
  test('is tried dry, run, and listed', async () => {
    await agent.create({ surname: 'Old' })
    await ask('retention', 'policy', '--days', '1', '--types', 'INSTITUTION=1')
    const dry = async () => runReport.parse(JSON.parse((await ask('retention', 'run', '--dry-run', '--json')).stdout))
    await until(async () => (await dry()).due === 1, 20_000, 'the customer to be due')
    const { code, stdout } = await ask('retention', 'run')
    const [heading = '', row = ''] = stdout.split('\n')
    expect([code, heading.split(/\s{2,}/)]).toEqual([
      0,
      ['at', 'by', 'due', 'expired', 'marked', 'removed', 'kept', 'waits for'],
    ])
    expect(row.split(/\s{2,}/).slice(1)).toEqual(['provider', '1', '1', '1', '1'])
    expect((await ask('retention', 'runs')).stdout).toBe(stdout)
    await ask('retention', 'policy', '--days', 'never', '--types', 'PERSON=36525')
  })

  test('of many parts is told as one', async () => {
    const part = (n: number) => ({
      ...{ id: `r${n}`, at: `2026-01-0${n}`, ended_at: `2026-01-0${n}`, location: 'loc1', actor: 'provider' },
      ...{ dry_run: false, policy: { days: 1, types: {} }, due: n, expired: n, marked: 1, removed: 0 },
      kept: { held: 1, merged: 0, changed: 0, unheard: n, waiting: 0 },
      waiting_for: [`loc${n + 1}`],
      finished: n === 2,
      next: n === 2 ? null : 'more',
    })
    await using fake = await answering([part(1), part(2)])
    const { stdout } = await registry(['retention', 'run'], { REGISTRY_URL: fake.url, REGISTRY_TOKEN: 'token' })
    expect(stdout.split('\n')[1]).toBe(
      '2026-01-01  provider  3    3        2       0        2 held, 3 unheard  loc2, loc3',
    )
    expect(fake.asked).toEqual([
      '/v1/retention/runs {"dry_run":false}',
      '/v1/retention/runs?cursor=more {"dry_run":false}',
    ])
  })
})

test('a hold is put and ended', async () => {
  const { id } = await agent.create({ surname: 'Held' })
  const put = await ask('hold', id, '--reason', 'a court asked', '--until', '2099-01-01')
  expect(put.stdout).toBe(`${id} is held until 2099-01-01T00:00:00.000Z (a court asked)\n`)
  expect((await ask('erase', id, '--yes')).stderr).toContain('is held (a court asked)')
  expect(JSON.parse((await ask('hold', id, '--end', '--json')).stdout)).toEqual({
    id,
    held: false,
    reason: null,
    until: null,
  })
})

describe('an erasure', () => {
  test.each([['no\n'], ['\n'], ['']])('is not made when %j is typed', async typed => {
    const { id } = await agent.create({ surname: 'Stays' })
    const { code, stdout, stderr } = await typing(typed, 'erase', id)
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toContain('nothing was erased')
    expect((await agent.get(id)).status).toBe(200)
  })

  test('is made when yes is typed, and told with its certificate', async () => {
    const { id } = await agent.create({ surname: 'Goes' })
    const { code, stdout } = await typing('yes\n', 'erase', id)
    expect(code).toBe(0)
    expect(stdout).toMatch(new RegExp(`^erased +${id}\n`))
    expect(stdout).toMatch(/^removed +1 versions, 0 decisions/m)
    expect(stdout).toMatch(/^found +0 registry, 0 views, 0 index, 0 audit, 0 linked$/m)
    expect(stdout).toMatch(/^loc1 +20/m)
    expect((await agent.get(id)).status).toBe(410)
    const again = await ask('erase', id, '--yes', '--json')
    expect(erasureAnswer.parse(JSON.parse(again.stdout)).ids).toEqual([id])
  })

  test('that a location has not acknowledged has an exit code of its own', async () => {
    const pending = {
      ...{ ids: [crypto.randomUUID()], erased_at: 'then', location: 'loc1', read_at: 'now', backups_until: 'later' },
      removed: { versions: 1, decisions: 0, pairs: 0, disputes: 0, linked: 0 },
      found: { registry: 0, views: 0, index: 0, audit: 0, linked: 0 },
      locations: [{ name: 'loc2', acknowledged_at: null }],
      ...{ pending: ['loc2'], certificate: 'x' },
    }
    await using fake = await answering([pending])
    const { code, stdout } = await registry(['erase', pending.ids[0] ?? '', '--yes'], {
      REGISTRY_URL: fake.url,
      REGISTRY_TOKEN: 'token',
    })
    expect(code).toBe(2)
    expect(stdout).toMatch(/^loc2 +pending: ask again$/m)
  })
})
