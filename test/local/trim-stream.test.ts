import { readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, expect, test } from '@jest/globals'
import { freePort } from '#local/free-port.ts'
import { Agent } from '../e2e/agent.ts'
import { apiAt } from '../e2e/api.ts'
import { describeLocalServer } from '../e2e/conditional-tests.ts'
import { Locations } from '../e2e/locations.ts'
import { freshFolder, LocalServer } from '../e2e/server.ts'
import { until } from '../e2e/until.ts'

const NAME = 'Quillfeather'
const NUMBER = 'QF-83920184'
const LONG_MS = 90_000

/** How many stream records of a location's engine contain a text. */
function streamRecords(folder: string, text: string): number {
  const database = new DatabaseSync(join(folder, 'tables.db'), { readOnly: true, timeout: 1000 })
  try {
    const query = 'SELECT COUNT(*) AS n FROM _stream_records WHERE new_image LIKE ? OR old_image LIKE ?'
    return Number(database.prepare(query).get(`%${text}%`, `%${text}%`)?.n)
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
      const port = await freePort()
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
