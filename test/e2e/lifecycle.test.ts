import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import { connect, createServer } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { batch } from '#contract/schemas/batch.ts'
import { customer } from '#contract/schemas/customer.ts'
import { ping } from '#contract/schemas/service.ts'
import { startEngine } from '../adapters/dynamodb/engine.ts'
import { Agent } from './agent.ts'
import { people, sendBatch, toCounts, toIds } from './batches.ts'
import { describeLocalServer } from './conditional-tests.ts'
import { allCustomers } from './pages.ts'
import { getLocalServer, isAlive, startServer, type TestServer } from './server.ts'
import { until } from './until.ts'

const BATCHES = 18
const ROWS = 40

const toRows = (n: number) =>
  people(ROWS).map(row => ({ ...row, id: `${n}-${row.id}`, surname: `Survivor${n}x${row.id}` }))

describeLocalServer('an acknowledged batch survives', () => {
  test.each([
    ['a kill -9 of the process and its table engine', async (server: TestServer) => server.kill9()],
    [
      'a kill -9 of the process alone, while its engine keeps running',
      async (server: TestServer) => {
        const { run } = getLocalServer(server)
        run.signal('SIGKILL')
        await run.exit
      },
    ],
    [
      'Ctrl-C',
      async (server: TestServer) => {
        expect((await getLocalServer(server).end()).code).toBe(0)
      },
    ],
  ])(
    '%s, and the ingest can be completed',
    async (_, end) => {
      const server = await startServer()
      try {
        const agent = await Agent.logIn(server)
        const { created_at } = await agent.create({ surname: 'Before' })
        const answered = new Map<string, string>()
        let acceptedBatches = 0
        const work = async (from: number) => {
          for (let n = from; n < BATCHES; n += 3) {
            const response = await sendBatch(agent, 'survivors', toRows(n)).catch(() => null)
            if (response?.status !== 200) return
            for (const [row, id] of toIds(response.as(batch)).entries()) answered.set(id, toRows(n)[row]?.surname ?? '')
            acceptedBatches += 1
          }
        }
        const ingesting = Promise.all([work(0), work(1), work(2)])
        await until(() => acceptedBatches >= 4, 20_000, 'some accepted batches')
        await end(server)
        await ingesting
        expect(acceptedBatches).toBeLessThan(BATCHES)

        await server.restart()
        const surnames = new Map((await allCustomers(server, agent.token)).map(({ id, surname }) => [id, surname]))
        for (const [id, surname] of answered) expect([id, surnames.get(id)]).toEqual([id, surname])

        const finished: ReturnType<typeof toCounts>[] = []
        const finish = async (from: number) => {
          for (let n = from; n < BATCHES; n += 3)
            finished.push(toCounts((await sendBatch(agent, 'survivors', toRows(n))).as(batch)))
        }
        await Promise.all([finish(0), finish(1), finish(2)])
        const sumOf = (name: 'created' | 'unchanged') =>
          finished.reduce((total, batchCounts) => total + batchCounts[name], 0)
        expect(sumOf('created') + sumOf('unchanged')).toBe(BATCHES * ROWS)
        expect(sumOf('unchanged')).toBeGreaterThanOrEqual(answered.size)
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

describeLocalServer('a server', () => {
  let server: TestServer
  beforeAll(async () => {
    server = await startServer()
  })
  afterAll(() => server.stop())

  test('prints its URL, its folder, the demo users and that it is ready', () => {
    const { stdout, stderr } = getLocalServer(server).run
    expect(stdout).toContain(server.url)
    expect(stdout).toContain(getLocalServer(server).folder)
    expect(stdout).toContain('agent / agent')
    expect(stdout).toContain('provider / provider')
    expect(stdout).toMatch(/^ready$/m)
    expect(stderr).toBe('')
  })

  test('reports its dependencies', async () => {
    const response = await server.api('GET', '/ping')
    expect(response.as(ping)).toMatchObject({
      status: 'up',
      database: { status: 'up' },
      search: { status: 'up', engine: 'memory' },
    })
  })

  test('does not load the sample again on restart', async () => {
    const agent = await Agent.logIn(server)
    const before = await allCustomers(server, agent.token, 'state=all')
    expect(before.length).toBeGreaterThanOrEqual(12)
    await server.restart()
    expect(await allCustomers(server, agent.token, 'state=all')).toEqual(before)
  })

  test.each(['SIGINT', 'SIGTERM'] as const)(
    'on %s answers pending requests, exits with 0 and leaves no process behind',
    async signal => {
      const local = getLocalServer(server)
      const agent = await Agent.logIn(server)
      const engine = (await local.engine()) ?? 0
      const requests = Array.from({ length: 20 }, (_, n) =>
        agent.send('POST', '/v1/customers', { surname: `Last${signal}${n}` }).catch(() => null),
      )
      await Promise.race(requests)
      local.run.signal(signal)
      local.run.signal(signal)
      const { code, stderr } = await local.run.exit
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
      expect(isAlive(engine)).toBe(false)
      expect(existsSync(join(local.folder, 'loc1', 'lock.json'))).toBe(false)
      const listening = createServer().listen(local.port, '127.0.0.1')
      await once(listening, 'listening')
      listening.close()
      await once(listening, 'close')
      await server.restart()
      const createdCustomers = (await Promise.all(requests)).flatMap(response =>
        response?.status === 201 ? [response.as(customer)] : [],
      )
      expect(createdCustomers.length).toBeGreaterThan(0)
      for (const created of createdCustomers) expect(await agent.read(created.id)).toEqual(created)
    },
  )

  test('on Ctrl-C does not wait for clients that keep connections open', async () => {
    const local = getLocalServer(server)
    const open = () => connect(local.port, '127.0.0.1').setEncoding('utf8')
    const [idle, pending] = [open(), open()]
    idle.write('GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n')
    expect((await once(idle, 'data'))[0]).toMatch(/^HTTP\/1\.1 200 /)
    // A request whose body is missing keeps the server from exiting.
    pending.write('POST /v1/search HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n')
    expect((await once(pending, 'data'))[0]).toMatch(/^HTTP\/1\.1 100 /)
    local.run.signal('SIGINT')
    await once(idle, 'close')
    // Had the server closed every connection after its grace period, this one would break without a response.
    pending.write('{}')
    expect((await once(pending, 'data'))[0]).toMatch(/^HTTP\/1\.1 401 [\s\S]*^Connection: close/m)
    await once(pending, 'close')
    expect((await local.run.exit).code).toBe(0)
    await server.restart()
  })

  test('keeps its secrets unreadable for other users of the machine', async () => {
    const local = getLocalServer(server)
    expect((await stat(join(local.folder, 'keys.json'))).mode & 0o077).toBe(0)
    expect(await readFile(join(local.folder, 'keys.json'), 'utf8')).toContain('signing')
  })

  test('returns 503 instead of an empty list when its table engine is gone', async () => {
    // An engine that the server did not start and cannot restart.
    const engine = await startEngine()
    const server = await startServer({ DYNAMODB_ENDPOINT: engine.endpoint })
    const local = getLocalServer(server)
    const agent = await Agent.logIn(server)
    await engine.stop()
    const requests = [
      ['GET', '/v1/customers'],
      ['GET', '/v1/diff?from=2020-01-01'],
      ['POST', '/v1/search', { q: 'Müller' }],
      ['POST', '/v1/lookup', { surname: 'Müller', given_name: 'Jürgen', dob: '1961-03-14' }],
    ] as const
    const responses = await Promise.all(requests.map(([method, path, body]) => agent.send(method, path, body)))
    expect(responses.map(({ status }) => status)).toEqual([503, 503, 503, 503])
    for (const response of responses) {
      expect(response.headers.get('content-type')).toBe('application/problem+json')
      expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0)
    }
    expect(await server.api('GET', '/ping')).toMatchObject({ status: 503 })
    expect(await server.api('GET', '/healthz')).toMatchObject({ status: 200, text: 'Success' })
    local.run.signal('SIGINT')
    expect((await local.run.exit).code).toBe(0)
    await server.stop()
  })
})
