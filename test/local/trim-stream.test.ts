import { readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, expect, test } from '@jest/globals'
import { searchAnswer } from '#contract/schemas/query.ts'
import { Agent } from '../e2e/agent.ts'
import { apiAt } from '../e2e/api.ts'
import { describeLocalServer } from '../e2e/conditional-tests.ts'
import { freePorts } from '../e2e/free-ports.ts'
import { Locations } from '../e2e/locations.ts'
import { randomWord } from '../e2e/random-word.ts'
import { freshFolder, LocalServer } from '../e2e/server.ts'
import { until } from '../e2e/until.ts'

const NAME = 'Quillfeather'
const NUMBER = 'QF-83920184'
const LONG_MS = 90_000

/** How many stream records of a location's engine contain a text. */
function streamRecords(folder: string, text: string, table = '%'): number {
  const database = new DatabaseSync(join(folder, 'tables.db'), { readOnly: true, timeout: 1000 })
  try {
    const query = `SELECT COUNT(*) AS n FROM _stream_records
      WHERE (new_image LIKE ? OR old_image LIKE ?) AND table_name LIKE ?`
    return Number(database.prepare(query).get(`%${text}%`, `%${text}%`, table)?.n)
  } finally {
    database.close()
  }
}

/** Makes all stream records of a location's engine an hour older. */
function age(folder: string): void {
  const database = new DatabaseSync(join(folder, 'tables.db'), { timeout: 5000 })
  try {
    database.exec('UPDATE _stream_records SET created_at = created_at - 3600')
  } finally {
    database.close()
  }
}

/** How many pages the tables of a location's engine have, and how many of them are unused. It includes those that are still in the log. */
function pages(folder: string): { all: number; unused: number } {
  const database = new DatabaseSync(join(folder, 'tables.db'), { readOnly: true, timeout: 5000 })
  try {
    const value = (pragma: string) => Number(database.prepare(`PRAGMA ${pragma}`).get()?.[pragma])
    return { all: value('page_count'), unused: value('freelist_count') }
  } finally {
    database.close()
  }
}

/** The files of a folder that contain a text. */
async function filesWith(folder: string, text: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const paths = entries.filter(entry => entry.isFile()).map(entry => join(entry.parentPath, entry.name))
  const contents = await Promise.all(paths.map(path => readFile(path)))
  return paths.filter((_, n) => contents[n]?.includes(text))
}

describeLocalServer('the stream of the local engine', () => {
  let server: LocalServer | null = null
  let folder = ''
  afterEach(async () => {
    await server?.end()
    await rm(folder, { recursive: true, force: true })
  })

  /** Creates, changes and links data of one customer, and creates another. */
  const fill = async (agent: Agent) => {
    const { id } = await agent.create({ surname: NAME, document_number: NUMBER })
    const other = await agent.create({ surname: 'Remaining', document_number: 'RM-1' })
    await agent.patch(id, { given_name: 'Ada' })
    await agent.send('POST', '/buy', { username: NAME, userid: id, price: '1', timestamp: '2026-05-31T14:00:00Z' })
    return { id, other }
  }

  test(
    'has nothing of an erased customer a moment later, and no file has after a clean stop',
    async () => {
      folder = await freshFolder()
      const port = await freePorts()
      server = new LocalServer(port, folder, { REGISTRY_SAMPLE: '0' })
      await server.run.ready()
      const api = apiAt(`http://127.0.0.1:${port}`)
      const [agent, provider] = [await Agent.logIn(api), await Agent.logIn(api, 'provider')]
      const { id, other } = await fill(agent)
      expect(streamRecords(join(folder, 'loc1'), NAME)).toBeGreaterThan(4)
      await provider.send('POST', `/v1/customers/${id}/erase`)
      await until(() => streamRecords(join(folder, 'loc1'), NAME) === 0, 10_000, 'the stream to be trimmed')
      expect(streamRecords(join(folder, 'loc1'), 'Remaining')).toBeGreaterThan(0)
      const last = await fill(agent)
      await provider.send('POST', `/v1/customers/${last.id}/erase`)
      expect((await server.end()).code).toBe(0)
      expect(await filesWith(folder, NAME)).toEqual([])
      expect(await filesWith(folder, NUMBER)).toEqual([])

      await server.start().ready()
      expect((await agent.read(other.id)).surname).toBe('Remaining')
      expect((await agent.get(id)).status).toBe(410)
    },
    LONG_MS,
  )

  test(
    'forgets what was processed: the records go, a clean stop gives their space back, and the readers continue',
    async () => {
      folder = await freshFolder()
      const location = join(folder, 'loc1')
      const port = await freePorts()
      server = new LocalServer(port, folder, { REGISTRY_SAMPLE: '0' })
      await server.run.ready()
      const api = apiAt(`http://127.0.0.1:${port}`)
      const agent = await Agent.logIn(api)
      const rows = Array.from({ length: 400 }, (_, n) =>
        JSON.stringify({ id: `${n}`, surname: randomWord(), given_name: randomWord() }),
      )
      const type = { 'Content-Type': 'application/x-ndjson' }
      expect((await agent.send('POST', '/v1/batches?source=trim', rows.join('\n'), type)).status).toBe(200)
      const { id } = await agent.create({ surname: NAME })
      const isFound = async (surname: string) => {
        const { items } = (await agent.send('POST', '/v1/search', { q: surname })).as(searchAnswer)
        return items.some(({ customer }) => customer.surname === surname)
      }
      await until(() => isFound(NAME), 20_000, 'the last one to be found')
      const all = streamRecords(location, '')
      expect(all).toBeGreaterThan(800)
      age(location)
      await until(() => streamRecords(location, NAME) === 0, 40_000, 'the stream to be trimmed')
      // Some records were written after the others had been made older.
      await until(() => streamRecords(location, '') < all / 2, 40_000, 'the rest to be trimmed')

      await agent.create({ surname: 'Later' })
      await until(() => isFound('Later'), 20_000, 'a later one to be found')
      const before = pages(location)
      expect((await server.end()).code).toBe(0)
      const after = pages(location)
      expect(after.unused).toBe(0)
      expect(after.all).toBeLessThan(before.all * 0.75)
      await server.start().ready()
      expect((await agent.read(id)).surname).toBe(NAME)
      await agent.create({ surname: 'Latest' })
      await until(() => isFound('Latest'), 20_000, 'one after the restart to be found')
    },
    LONG_MS,
  )

  test(
    'keeps what the replicator has not read, however old it is',
    async () => {
      const locations = await Locations.start({ REGISTRY_SAMPLE: '0' }, 2)
      try {
        const location = join(locations.local.folder, 'loc1')
        const [agent, there] = [await Agent.logIn(locations.at(1)), await Agent.logIn(locations.at(2))]
        const before = await agent.create({ surname: 'Arrived' })
        await until(async () => (await there.get(before.id)).status === 200, 20_000, 'the first to arrive')
        await locations.runCommand('cut', 'loc1')
        const { id } = await agent.create({ surname: 'Unread' })
        const inRegistry = () => streamRecords(location, 'Unread', 'registry')
        age(location)
        await until(() => streamRecords(location, 'Arrived', 'registry') === 0, 20_000, 'the stream to be trimmed')
        await until(() => streamRecords(location, 'Unread', 'views') === 0, 20_000, 'the other stream to be trimmed')
        expect(inRegistry()).toBeGreaterThan(0)
        await locations.runCommand('heal', 'loc1')
        await until(async () => (await there.get(id)).status === 200, 20_000, 'the other to arrive')
        await until(() => inRegistry() === 0, 20_000, 'the record to go')
      } finally {
        await locations.stop()
      }
    },
    LONG_MS,
  )

  test(
    'is trimmed at every location',
    async () => {
      const locations = await Locations.start({ REGISTRY_SAMPLE: '0' })
      try {
        folder = locations.local.folder
        const [agent, provider] = [await Agent.logIn(locations.at(1)), await Agent.logIn(locations.at(1), 'provider')]
        const { id } = await fill(agent)
        const there = await Agent.logIn(locations.at(2))
        await until(async () => (await there.get(id)).status === 200, 10_000, 'it to arrive')
        await provider.send('POST', `/v1/customers/${id}/erase`)
        for (const name of ['loc1', 'loc2', 'loc3'])
          await until(() => streamRecords(join(folder, name), NAME) === 0, 20_000, `${name} to be trimmed`)
      } finally {
        await locations.stop()
      }
    },
    LONG_MS,
  )
})
