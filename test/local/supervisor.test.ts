import { mkdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, expect, test } from '@jest/globals'
import { batch } from '#contract/schemas/batch.ts'
import { Agent } from '../e2e/agent.ts'
import { apiAt } from '../e2e/api.ts'
import { describeLocalServer } from '../e2e/conditional-tests.ts'
import { freePorts } from '../e2e/free-ports.ts'
import { Locations, runLocationsCommand } from '../e2e/locations.ts'
import { freshFolder, isAlive, LocalServer, ServerProcess } from '../e2e/server.ts'
import { until } from '../e2e/until.ts'

/** A test may start three locations several times. */
const LONG_MS = 90_000
const WITHOUT_SAMPLE = { REGISTRY_SAMPLE: '0' }

describeLocalServer('the supervisor of three locations', () => {
  let running: Locations | null = null
  const start = async () => {
    running = await Locations.start(WITHOUT_SAMPLE)
    return running
  }
  afterEach(async () => {
    await running?.stop()
    running = null
  })

  test(
    'prints the URLs, and leaves no process behind after Ctrl-C',
    async () => {
      const { local: own, all } = await start()
      for (const { url } of all) expect(own.run.stdout).toContain(url)
      expect(own.run.stdout).toMatch(/^ready$/m)
      const processes = await own.allProcesses()
      expect(processes).toHaveLength(7)
      own.run.signal('SIGINT')
      own.run.signal('SIGINT')
      expect(await own.run.exit).toMatchObject({ code: 0, stderr: '' })
      expect(processes.filter(isAlive)).toEqual([])
    },
    LONG_MS,
  )

  test(
    'leaves no process behind when it is killed, and can be restarted at once',
    async () => {
      const locations = await start()
      const { local: own } = locations
      const { id } = await (await Agent.logIn(locations.at(3))).create({ surname: 'Before' })
      const processes = await own.allProcesses()
      own.run.signal('SIGKILL')
      await own.run.exit
      await own.start().ready()
      expect(processes.filter(isAlive)).toEqual([])
      expect((await (await Agent.logIn(locations.at(3))).read(id)).surname).toBe('Before')
      const restarted = await own.allProcesses()
      own.run.signal('SIGKILL')
      await own.run.exit
      await until(() => !restarted.some(isAlive), 15_000, 'the processes to end')
    },
    LONG_MS,
  )

  test(
    'reports a location that exited, while the others keep running',
    async () => {
      const locations = await start()
      const { local: own } = locations
      const { pid, engine } = await own.processes('loc2')
      process.kill(pid, 'SIGKILL')
      await until(() => own.run.stderr.includes('loc2'), 10_000, 'a message about loc2')
      expect(own.run.stderr.trim()).toMatch(/^loc2 ended unexpectedly .*start loc2 restarts it/)
      await until(() => !isAlive(engine ?? 0), 10_000, 'its table engine to end')
      const agent = await Agent.logIn(locations.at(1))
      const { id } = await agent.create({ surname: 'Meanwhile' })
      expect(await locations.runCommand('status')).toMatch(/^loc2 +down/m)
      await locations.runCommand('start', 'loc2')
      const loc2Agent = await Agent.logIn(locations.at(2))
      await until(async () => (await loc2Agent.get(id)).status === 200, 10_000, 'the customer that it missed')
    },
    LONG_MS,
  )

  test(
    'continues replication after a restart',
    async () => {
      const locations = await start()
      const agent = await Agent.logIn(locations.at(1))
      await locations.runCommand('cut', 'loc1')
      const rows = Array.from({ length: 300 }, (_, n) => `{"id":"${n}","surname":"Backlog${n}"}`)
      const response = await agent.send('POST', '/v1/batches?source=backlog', rows.join('\n'), {
        'Content-Type': 'application/x-ndjson',
      })
      const ids = response.as(batch).results.map(({ id }) => id ?? '')
      expect(ids).toHaveLength(300)
      await locations.runCommand('heal', 'loc1')
      await locations.restart()
      const loc3Agent = await Agent.logIn(locations.at(3))
      for (const id of ids) await until(async () => (await loc3Agent.get(id)).status === 200, 30_000, `${id} at loc3`)
    },
    LONG_MS,
  )

  test(
    'accepts commands only with its secret, and explains invalid ones',
    async () => {
      const { local: own } = await start()
      const { folder } = own
      const file = join(folder, 'control.json')
      expect((await stat(file)).mode & 0o077).toBe(0)
      const { port } = JSON.parse(await readFile(file, 'utf8'))
      const forgedResponse = await fetch(`http://127.0.0.1:${port}/`, {
        method: 'POST',
        headers: { Authorization: 'Bearer x' },
        body: '{"command":"kill","location":"loc1"}',
      })
      expect(forgedResponse.status).toBe(401)
      for (const [args, code, message] of [
        [[], 2, 'status'],
        [['stop'], 2, 'Unknown command stop'],
        [['cut'], 2, 'cut takes one location'],
        [['cut', 'loc1', 'loc2'], 2, 'cut takes one location'],
        [['cut', 'loc4'], 2, 'There is no location loc4: loc1, loc2, loc3'],
        [['lag', 'loc1'], 2, 'lag takes a location and a time'],
        [['lag', 'loc1', 'soon'], 2, 'soon is not a time'],
        [['lag', 'loc1', '-5s'], 2, '-5s is not a time'],
        [['lag', 'loc1', '11m'], 2, '11m is not a time'],
        [['status', 'loc1'], 2, 'status takes only --json'],
        [['start', 'loc1'], 1, 'loc1 runs already'],
      ] as const)
        expect(await runLocationsCommand(folder, ...args)).toMatchObject({
          code,
          stdout: '',
          stderr: expect.stringContaining(message),
        })
      expect(own.run.stderr).toBe('')
    },
    LONG_MS,
  )
})

describeLocalServer('a start', () => {
  const folders: string[] = []
  const createFolder = async () => {
    const folder = await freshFolder()
    folders.push(folder)
    return folder
  }
  afterEach(async () => {
    for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true })
  })

  test('with fewer table engines than locations, or a repeated one, is refused', async () => {
    const folder = await createFolder()
    for (const [DYNAMODB_ENDPOINT, message] of [
      ['http://127.0.0.1:1,http://127.0.0.1:2', 'REGISTRY_LOCATIONS=2'],
      ['http://127.0.0.1:1,http://127.0.0.1:2, http://127.0.0.1:1', 'twice'],
    ] as const) {
      const run = new ServerProcess({ REGISTRY_LOCATIONS: '3', REGISTRY_DATA: folder, DYNAMODB_ENDPOINT })
      expect(await run.exit).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining(message) })
    }
  })

  test(
    'on a busy port is refused and leaves no process behind',
    async () => {
      const port = await freePorts(4)
      const occupant = new LocalServer(port + 1, await createFolder(), WITHOUT_SAMPLE)
      await occupant.run.ready()
      const own = new LocalServer(port, await createFolder(), { ...WITHOUT_SAMPLE, REGISTRY_LOCATIONS: '2' })
      const { code, stdout, stderr } = await own.run.exit
      expect({ code, stdout, stderr: stderr.trim() }).toEqual({
        code: 1,
        stdout: '',
        stderr: `Port ${port + 1} is busy: stop what listens there, or set REGISTRY_PORT to another`,
      })
      expect(await own.allProcesses()).toEqual([])
      await occupant.end()
    },
    LONG_MS,
  )

  test(
    'of three locations on the data of one keeps its keys and replicates its list',
    async () => {
      const port = await freePorts(3)
      const folder = await createFolder()
      const single = new LocalServer(port, folder, WITHOUT_SAMPLE)
      await single.run.ready()
      const agent = await Agent.logIn(apiAt(`http://127.0.0.1:${port}`))
      const { id } = await agent.create({ surname: 'Early' })
      await single.end()
      // The file layout of an earlier release.
      await mkdir(join(folder, 'loc1'), { recursive: true })
      await rename(join(folder, 'keys.json'), join(folder, 'loc1', 'keys.json'))
      const group = new LocalServer(port, folder, { ...WITHOUT_SAMPLE, REGISTRY_LOCATIONS: '3' })
      try {
        await group.run.ready()
        const { api } = apiAt(`http://127.0.0.1:${port + 2}`)
        const get = () => api('GET', `/v1/customers/${id}`, { token: agent.token })
        await until(async () => (await get()).text.includes('Early'), 10_000, 'the customer at loc3')
      } finally {
        await group.end()
      }
    },
    LONG_MS,
  )

  test('a command without a running supervisor says so', async () => {
    const folder = await createFolder()
    for (const args of [['status'], ['cut', 'loc2']])
      expect(await runLocationsCommand(folder, ...args)).toMatchObject({
        code: 1,
        stderr: expect.stringContaining('npm start'),
      })
  })
})
