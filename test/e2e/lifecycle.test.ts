import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { batch } from '#contract/schemas/batch.ts'
import { customer } from '#contract/schemas/customer.ts'
import { ping } from '#contract/schemas/service.ts'
import { Agent } from './agent.ts'
import { counts, people, send, toIds } from './batch-senders.ts'
import { describeOwnServer } from './own-server.ts'
import { allCustomers } from './pages.ts'
import { startServer, type TestServer, toOwn } from './server.ts'
import { until } from './until.ts'

const BATCHES = 18
const ROWS = 40

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

const toRows = (n: number) =>
  people(ROWS).map(row => ({ ...row, id: `${n}-${row.id}`, surname: `Survivor${n}x${row.id}` }))

describeOwnServer('what was answered while ingesting survives', () => {
  test.each([
    ['a kill -9 of the process and its table engine', async (server: TestServer) => server.kill9()],
    [
      'a kill -9 of the process alone, whose engine lives on',
      async (server: TestServer) => {
        const { run } = toOwn(server)
        run.signal('SIGKILL')
        await run.exit
      },
    ],
    [
      'a Ctrl-C',
      async (server: TestServer) => {
        expect((await toOwn(server).end()).code).toBe(0)
      },
    ],
  ])(
    '%s, and the run can be finished',
    async (_, end) => {
      const server = await startServer()
      try {
        const agent = await Agent.logIn(server)
        const { created_at } = await agent.create({ surname: 'Before' })
        const answered = new Map<string, string>()
        let taken = 0
        const work = async (from: number) => {
          for (let n = from; n < BATCHES; n += 3) {
            const answer = await send(agent, 'survivors', toRows(n)).catch(() => null)
            if (answer?.status !== 200) return
            for (const [row, id] of toIds(answer.as(batch)).entries()) answered.set(id, toRows(n)[row]?.surname ?? '')
            taken += 1
          }
        }
        const ingesting = Promise.all([work(0), work(1), work(2)])
        await until(() => taken >= 4, 20_000, 'a few batches to be taken')
        await end(server)
        await ingesting
        expect(taken).toBeLessThan(BATCHES)

        await server.restart()
        const there = new Map((await allCustomers(server, agent.token)).map(({ id, surname }) => [id, surname]))
        for (const [id, surname] of answered) expect([id, there.get(id)]).toEqual([id, surname])

        const finished: ReturnType<typeof counts>[] = []
        const finish = async (from: number) => {
          for (let n = from; n < BATCHES; n += 3)
            finished.push(counts((await send(agent, 'survivors', toRows(n))).as(batch)))
        }
        await Promise.all([finish(0), finish(1), finish(2)])
        const sum = (name: 'created' | 'unchanged') => finished.reduce((total, one) => total + one[name], 0)
        expect(sum('created') + sum('unchanged')).toBe(BATCHES * ROWS)
        expect(sum('unchanged')).toBeGreaterThanOrEqual(answered.size)
        const all = await allCustomers(server, agent.token, `limit=100&changed_since=${created_at}`)
        expect(all).toHaveLength(BATCHES * ROWS + 1)
        for (const { id } of all.filter((_, n) => n % 100 === 0)) expect(await agent.versions(id)).toBe(1)
        const last = toRows(BATCHES - 1)[0]?.surname
        const isFound = async () =>
          (await agent.send('POST', '/v1/search', { q: last, mode: 'exact' })).text.includes(`"${last}"`)
        await until(isFound, 5000, 'the last row to be found')
      } finally {
        await server.stop()
      }
    },
    60_000,
  )
})

describeOwnServer('a server', () => {
  let server: TestServer
  beforeAll(async () => {
    server = await startServer()
  })
  afterAll(() => server.stop())

  test('says what runs where, who may log in, and that it is ready', () => {
    const { stdout, stderr } = toOwn(server).run
    expect(stdout).toContain(server.url)
    expect(stdout).toContain(toOwn(server).folder)
    expect(stdout).toContain('agent / agent')
    expect(stdout).toContain('provider / provider')
    expect(stdout).toMatch(/^ready$/m)
    expect(stderr).toBe('')
  })

  test('tells what it stands on', async () => {
    const answer = await server.api('GET', '/ping')
    expect(answer.as(ping)).toMatchObject({
      status: 'up',
      database: { status: 'up' },
      search: { status: 'up', engine: 'memory' },
    })
  })

  test('is ready within ten seconds, and a second start brings no second sample', async () => {
    const agent = await Agent.logIn(server)
    const before = await allCustomers(server, agent.token, 'state=all')
    expect(before.length).toBeGreaterThanOrEqual(12)
    const start = performance.now()
    await server.restart()
    expect(performance.now() - start).toBeLessThan(10_000)
    expect(await allCustomers(server, agent.token, 'state=all')).toEqual(before)
  })

  test.each(['SIGINT', 'SIGTERM'] as const)(
    'on %s answers what was asked, ends with 0, and leaves nothing running',
    async signal => {
      const own = toOwn(server)
      const agent = await Agent.logIn(server)
      const engine = (await own.engine()) ?? 0
      const asked = Array.from({ length: 20 }, (_, n) =>
        agent.send('POST', '/v1/customers', { surname: `Last${signal}${n}` }).catch(() => null),
      )
      await Promise.race(asked)
      own.run.signal(signal)
      own.run.signal(signal)
      const { code, stderr } = await own.run.exit
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
      expect(isAlive(engine)).toBe(false)
      expect(existsSync(join(own.folder, 'loc1', 'lock.json'))).toBe(false)
      const listening = createServer().listen(own.port, '127.0.0.1')
      await once(listening, 'listening')
      listening.close()
      await once(listening, 'close')
      await server.restart()
      const answers = (await Promise.all(asked)).flatMap(answer =>
        answer?.status === 201 ? [answer.as(customer)] : [],
      )
      expect(answers.length).toBeGreaterThan(0)
      for (const one of answers) expect(await agent.read(one.id)).toEqual(one)
    },
  )

  test('on Ctrl-C does not wait for clients that keep their connections', async () => {
    const own = toOwn(server)
    const agent = await Agent.logIn(server)
    const asked = Array.from({ length: 8 }, () => agent.send('GET', '/v1/customers').catch(() => null))
    await Promise.race(asked)
    const start = performance.now()
    own.run.signal('SIGINT')
    await own.run.exit
    const took = performance.now() - start
    await server.restart()
    expect(took).toBeLessThan(5000)
  })

  test('keeps its secrets from other users of the machine', async () => {
    const own = toOwn(server)
    expect((await stat(join(own.folder, 'keys.json'))).mode & 0o077).toBe(0)
    expect(await readFile(join(own.folder, 'keys.json'), 'utf8')).toContain('signing')
  })

  test('whose table engine is gone says so, and never answers with an empty list', async () => {
    const own = toOwn(server)
    const agent = await Agent.logIn(server)
    process.kill((await own.engine()) ?? 0, 'SIGKILL')
    const asked = [
      ['GET', '/v1/customers'],
      ['GET', '/v1/diff?from=2020-01-01'],
      ['POST', '/v1/search', { q: 'Müller' }],
      ['POST', '/v1/lookup', { surname: 'Müller', given_name: 'Jürgen', dob: '1961-03-14' }],
    ] as const
    const answers = await Promise.all(asked.map(([method, path, body]) => agent.send(method, path, body)))
    expect(answers.map(({ status }) => status)).toEqual([503, 503, 503, 503])
    for (const answer of answers) {
      expect(answer.headers.get('content-type')).toBe('application/problem+json')
      expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
    }
    expect(await server.api('GET', '/ping')).toMatchObject({ status: 503 })
    expect(await server.api('GET', '/healthz')).toMatchObject({ status: 200, text: 'Success' })
    own.run.signal('SIGINT')
    expect((await own.run.exit).code).toBe(0)
    await server.restart()
    expect((await agent.send('GET', '/v1/customers')).status).toBe(200)
  })
})
