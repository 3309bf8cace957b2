/** The real table engine is killed, frozen or out of space while `npm start` runs. */
import { spawnSync } from 'node:child_process'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, expect, test } from '@jest/globals'
import { customerList } from '#contract/schemas/customer.ts'
import { problem } from '#contract/schemas/problem.ts'
import { searchAnswer } from '#contract/schemas/query.ts'
import { ping } from '#contract/schemas/service.ts'
import { Agent } from '../e2e/agent.ts'
import { apiAt } from '../e2e/api.ts'
import { describeLocalServer } from '../e2e/conditional-tests.ts'
import { freePorts } from '../e2e/free-ports.ts'
import { Locations } from '../e2e/locations.ts'
import { freshFolder, isAlive, type LocalServer, ServerProcess } from '../e2e/server.ts'
import { until } from '../e2e/until.ts'

const LONG_MS = 120_000
const WITHOUT_SAMPLE = { REGISTRY_SAMPLE: '0' }
const CUSTOMERS = 48

/** Kills the engine of a location and returns its process id. */
async function killEngine(local: LocalServer, location: string): Promise<number> {
  const { engine } = await local.processes(location)
  process.kill(engine ?? 0, 'SIGKILL')
  return engine ?? 0
}

describeLocalServer('while the table engine fails', () => {
  let running: Locations | null = null
  const start = async (count: number) => {
    running = await Locations.start(WITHOUT_SAMPLE, count)
    return running
  }
  afterEach(async () => {
    await running?.stop()
    running = null
  })

  test(
    'a killed engine is restarted, and nothing is lost or repeated at any location',
    async () => {
      const locations = await start(2)
      const { local } = locations
      const agent = await Agent.logIn(locations.at(1))
      const killed = [] as number[]
      /** Repeats a request with its key until it is answered. */
      const persist = async (method: string, path: string, body: unknown, key: string) => {
        for (;;) {
          const answer = await agent.send(method, path, body, { 'Idempotency-Key': key })
          if (answer.status < 300) return answer
          expect(answer.status).toBe(503)
        }
      }
      const register = async (n: number) => {
        const created = await persist('POST', '/v1/customers', { surname: `Outage${n}` }, `create-${n}`)
        if (n === 15 || n === 40) killed.push(await killEngine(local, 'loc1'))
        const path = created.headers.get('location') ?? ''
        await persist('PATCH', path, { given_name: `Given${n}` }, `change-${n}`)
        return path.split('/').at(-1) ?? ''
      }
      const ids: string[] = []
      for (let n = 0; n < CUSTOMERS; n += 4)
        ids.push(...(await Promise.all([0, 1, 2, 3].map(offset => register(n + offset)))))
      expect(new Set(ids).size).toBe(CUSTOMERS)
      expect(killed).toHaveLength(2)
      expect(killed.filter(isAlive)).toEqual([])
      expect(local.run.stderr.match(/loc1 The table engine ended \(SIGKILL\): restart \d of \d/g)).toHaveLength(2)

      const other = await Agent.logIn(locations.at(2))
      for (const [n, id] of ids.entries()) {
        await until(async () => (await other.get(id)).text.includes(`Given${n}`), 20_000, `customer ${n} at loc2`)
        expect((await other.history(id)).map(({ action }) => action)).toEqual(['update', 'create'])
      }
      for (const place of [agent, other]) {
        const listed = (await place.send('GET', '/v1/customers?limit=100')).as(customerList).items
        expect(listed.map(({ id }) => id).sort()).toEqual([...ids].sort())
        const isFound = async () => {
          const { items } = (await place.send('POST', '/v1/search', { q: 'Given47 Outage47' })).as(searchAnswer)
          return items[0]?.customer.id === ids[47]
        }
        await until(isFound, 20_000, 'the last customer to be found')
      }
      const isWhole = async () =>
        /^loc1 +up .*^loc2 +up .*^loc1 to loc2 +all there/ms.test(await locations.runCommand('status'))
      await until(isWhole, 20_000, 'everything to be up and there')
    },
    LONG_MS,
  )

  test(
    'the location ends with one line when the engine ends again and again',
    async () => {
      const { local } = await start(1)
      const { pid } = await local.processes()
      let last = 0
      const killNext = async () => {
        const { engine } = await local.processes().catch(() => ({ engine: null }))
        if (engine === null || engine === last || !isAlive(engine)) return
        last = engine
        process.kill(engine, 'SIGKILL')
      }
      await until(
        async () => {
          if (local.run.isRunning) await killNext()
          return !local.run.isRunning
        },
        60_000,
        'the location to end',
      )
      const { code, stderr } = await local.run.exit
      expect(code).toBe(1)
      const lines = stderr.split('\n').filter(line => line.startsWith('loc1 '))
      expect(lines).toEqual([
        expect.stringMatching(/^loc1 ended .*its table engine ended 7 times.*npm start restarts it/),
      ])
      expect([pid, last].filter(isAlive)).toEqual([])
    },
    LONG_MS,
  )

  test(
    'a frozen engine is reported down long before requests time out, and up when it goes on',
    async () => {
      const locations = await start(1)
      const engine = (await locations.local.engine()) ?? 0
      const agent = await Agent.logIn(locations.at(1))
      process.kill(engine, 'SIGSTOP')
      try {
        const listed = agent.send('GET', '/v1/customers')
        const pinged = locations.at(1).api('GET', '/ping')
        const first = await Promise.race([pinged.then(() => 'ping'), listed.then(() => 'list')])
        expect(first).toBe('ping')
        const answer = await pinged
        expect(answer.status).toBe(503)
        expect(answer.as(ping)).toMatchObject({ status: 'down', reason: expect.stringContaining('within 2 s') })
        expect(await locations.runCommand('status')).toMatch(/^loc1 +down \(The database does not answer/)
        expect((await listed).as(problem)).toMatchObject({ status: 503, detail: expect.stringContaining('29 s') })
      } finally {
        process.kill(engine, 'SIGCONT')
      }
      await until(
        async () => (await locations.at(1).api('GET', '/ping')).status === 200,
        10_000,
        'the location to be up',
      )
      expect(await locations.runCommand('status')).toMatch(/^loc1 +up /)
    },
    LONG_MS,
  )

  test(
    'listens at an address of its local, which is the same after a restart',
    async () => {
      const { local, say } = await start(1).then(locations => ({
        local: locations.local,
        say: () => locations.runCommand('status', '--json'),
      }))
      const tables = async () => JSON.parse(await say()).items[0].tables as string
      const address = await tables()
      if (process.platform === 'linux') expect(new URL(address).hostname).not.toBe('127.0.0.1')
      expect(address).toMatch(/^http:\/\/127(\.\d+){3}:\d+$/)
      const killed = await killEngine(local, 'loc1')
      await until(async () => ![null, killed].includes(await local.engine()), 10_000, 'the engine to be restarted')
      expect(await tables()).toBe(address)
    },
    LONG_MS,
  )
})

/** Runs a command in a mount namespace of its local, with a small file system at a folder. */
const onSmallDisk = (folder: string, ...command: string[]): [string, ...string[]] => [
  'unshare',
  '--map-root-user',
  '--mount',
  'sh',
  '-c',
  'mount -t tmpfs -o size=32m tmpfs "$0" && exec "$@"',
  folder,
  ...command,
]
const canMount = (() => {
  const [program, ...words] = onSmallDisk('/mnt', 'true')
  return spawnSync(program, words).status === 0
})()
const testSmallDisk = canMount ? test : test.skip

describeLocalServer(`on a full disk${canMount ? '' : ' (this machine permits no mount namespaces)'}`, () => {
  testSmallDisk(
    'the answers, /ping and the log name the cause, and everything works again when there is space',
    async () => {
      const folder = await freshFolder()
      const data = join(folder, 'disk')
      await mkdir(data)
      const port = await freePorts()
      const run = new ServerProcess(
        { ...WITHOUT_SAMPLE, REGISTRY_PORT: String(port), REGISTRY_DATA: data },
        onSmallDisk(data, process.execPath, 'local/main.ts'),
      )
      try {
        await run.ready()
        const api = apiAt(`http://127.0.0.1:${port}`)
        const agent = await Agent.logIn(api)
        const { id } = await agent.create({ surname: 'Before' })
        expect((await api.api('GET', '/ping')).status).toBe(200)
        const filler = join(`/proc/${run.pid}/root`, data, 'filler')
        await writeFile(filler, Buffer.alloc(64 * 1024 * 1024)).catch((error: unknown) =>
          expect(error).toMatchObject({ code: 'ENOSPC' }),
        )

        const isFull = async () => (await agent.send('POST', '/v1/customers', { surname: 'During' })).status === 503
        await until(isFull, 30_000, 'a write to be refused')
        for (const refused of [await agent.send('POST', '/v1/customers', { surname: 'Full' }), await agent.get(id)]) {
          expect(refused.as(problem)).toMatchObject({ status: 503, detail: expect.stringContaining('disk') })
          expect(refused.headers.get('retry-after')).not.toBeNull()
        }
        const state = await api.api('GET', '/ping')
        expect(state.status).toBe(503)
        expect(state.as(ping)).toMatchObject({
          status: 'down',
          reason: expect.stringContaining('disk'),
          database: { status: 'down' },
        })
        await until(() => run.stderr.includes('StorageFull') || run.stdout.includes('StorageFull'), 10_000, 'the log')

        await rm(filler)
        await until(async () => (await api.api('GET', '/ping')).status === 200, 20_000, 'the location to be up')
        expect((await agent.create({ surname: 'After' })).surname).toBe('After')
        expect((await agent.read(id)).surname).toBe('Before')
      } finally {
        run.signal('SIGINT')
        await run.exit
        await rm(folder, { recursive: true, force: true })
      }
    },
    LONG_MS,
  )
})
