import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { Agent } from '../e2e/agent.ts'
import { startServer, type TestServer } from '../e2e/server.ts'
import { type CommandResult, Folder, runRegistry } from './run.ts'

let server: TestServer
let folder: Folder
let agent: Agent

beforeAll(async () => {
  ;[server, folder] = await Promise.all([startServer({ REGISTRY_SAMPLE: '1' }), Folder.create()])
  agent = await Agent.logIn(server)
  await agent.create({
    surname: '=1+1',
    given_name: 'O"Brien, Jr',
    dob: 'about 1985',
    details: { height_cm: 181.5, resident: true },
  })
  await agent.create({ type: 'INSTITUTION', surname: 'Företag AB', document_number: '0123', details: { note: '-5' } })
  const { id } = await agent.create({ surname: 'Deleted' })
  await agent.delete(id)
})
afterAll(() => Promise.all([server.stop(), folder.remove()]))

const run = (...words: string[]): Promise<CommandResult> => runRegistry([...words, '--url', server.url])
const ingest = async (file: string) => JSON.parse((await run('ingest', file, '--source', 'round-trip')).stdout)

describe('an export is taken in again as it is', () => {
  test.each([
    ['list.ndjson', []],
    ['list.csv', []],
    ['bom.csv', ['--bom']],
    ['safe.csv', ['--spreadsheet-safe']],
    ['list.xlsx', []],
  ])('%s %j: nothing changes', async (name, options) => {
    const file = folder.resolve(name)
    const { code, stderr } = await run('export', '--out', file, '--state', 'all', ...options)
    expect({ code, stderr }).toEqual({ code: 0, stderr: 'registry: 15 customers\n' })
    expect(await ingest(file)).toMatchObject({
      rows: 14,
      created: 0,
      updated: 0,
      unchanged: 14,
      refused: 0,
      notes: ['1 deleted or merged customer left out'],
    })
  })

  test('with a change in it, this customer changes and no other', async () => {
    const file = folder.resolve('edited.csv')
    await run('export', '--out', file)
    const text = await readFile(file, 'utf8')
    await folder.write('edited.csv', text.replace('Siobhán', 'Siobhan'))
    expect(await ingest(file)).toMatchObject({ rows: 14, updated: 1, unchanged: 13 })
  })

  test('into an empty list, all are created under their ids', async () => {
    const other = await startServer({ REGISTRY_SAMPLE: '0' })
    try {
      const file = folder.resolve('other.ndjson')
      await run('export', '--out', file)
      const before = (await readFile(file, 'utf8'))
        .split('\n')
        .filter(Boolean)
        .map(line => JSON.parse(line))
      const bare = before.map(customer => ({ ...customer, details: {} }))
      await folder.write('other.ndjson', bare.map(customer => JSON.stringify(customer)).join('\n'))
      const ran = await runRegistry(['ingest', file, '--source', 'restore', '--url', other.url])
      expect(JSON.parse(ran.stdout)).toMatchObject({ rows: 14, created: 14 })
      const { stdout } = await runRegistry(['export', '--url', other.url])
      const identity = ({
        id,
        type,
        surname,
        given_name,
        dob,
        dob_approximate,
        document_number,
      }: Record<string, unknown>) => [id, type, surname, given_name, dob, dob_approximate, document_number].join()
      const after = stdout
        .split('\n')
        .filter(Boolean)
        .map(line => JSON.parse(line))
      expect(after.map(identity).sort()).toEqual(before.map(identity).sort())
    } finally {
      await other.stop()
    }
  })
})

test('a byte order mark comes first, once', async () => {
  const { stdout } = await run('export', '--format', 'csv', '--bom')
  expect(stdout.lastIndexOf('\ufeff')).toBe(0)
  expect(await run('export', '--bom')).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('--bom is for --format csv'),
  })
})
