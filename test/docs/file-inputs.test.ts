/** The files of docs/inputs.md, ingested with the command line. */
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import writeXlsxFile from 'write-excel-file/node'
import { type Customer, customerList } from '#contract/schemas/customer.ts'
import { searchAnswer } from '#contract/schemas/query.ts'
import { type CommandResult, Folder, runRegistry } from '../cli/run.ts'
import { Agent } from '../e2e/agent.ts'
import { startServer, type TestServer } from '../e2e/server.ts'
import { until } from '../e2e/until.ts'
import { readTable, tableNames, toList, toRefusal } from './tables.ts'

const BOUND = 10_000

let server: TestServer
let folder: Folder
let agent: Agent
let sources = 0

beforeAll(async () => {
  ;[server, folder] = await Promise.all([startServer({ REGISTRY_SAMPLE: '1' }), Folder.create()])
  agent = await Agent.logIn(server)
})
afterAll(() => Promise.all([server.stop(), folder.remove()]))

const toOptions = (cell: string): string[] => cell.split(' ').filter(Boolean)
const nextSource = (): string => `inputs-${++sources}`
const ingest = (file: string, source: string, options: readonly string[]): Promise<CommandResult> =>
  runRegistry(['ingest', file, '--source', source, '--url', server.url, ...options])

/** The customers of a source. */
const listed = async (source: string): Promise<Customer[]> =>
  (await agent.send('GET', `/v1/customers?source=${source}&limit=100`)).as(customerList).items

function summary({ stdout, stderr }: CommandResult) {
  if (stdout === '') throw new Error(stderr)
  return JSON.parse(stdout)
}

const CYRILLIC = new Map(Array.from({ length: 64 }, (_, n) => [String.fromCharCode(0x410 + n), 0xc0 + n]))

const ENCODINGS: Record<string, (text: string) => Buffer> = {
  'UTF-8': text => Buffer.from(text),
  NDJSON: text => Buffer.from(text),
  'UTF-8 with BOM': text => Buffer.from(`\ufeff${text}`),
  'UTF-16 LE': text => Buffer.from(text, 'utf16le'),
  'UTF-16 LE with BOM': text => Buffer.from(`\ufeff${text}`, 'utf16le'),
  'UTF-16 BE with BOM': text => Buffer.from(`\ufeff${text}`, 'utf16le').swap16(),
  'Windows-1252': text => Buffer.from(text, 'latin1'),
  'Windows-1251': text => Buffer.from([...text].map(letter => CYRILLIC.get(letter) ?? letter.charCodeAt(0))),
}

async function writeFile(name: string, text: string, encoding: string): Promise<string> {
  if (encoding === 'workbook') {
    const path = folder.resolve(`${name}.xlsx`)
    await writeXlsxFile(text.split('\n').map(line => line.split(','))).toFile(path)
    return path
  }
  const toBytes = ENCODINGS[encoding]
  if (toBytes === undefined) throw new Error(`there is no encoding ${encoding}`)
  return folder.write(`${name}.${encoding === 'NDJSON' ? 'ndjson' : 'csv'}`, toBytes(text))
}

test('every table is tested', () => {
  expect(tableNames()).toEqual([
    ...['customer', 'typed', 'words', 'request', 'query', 'sort', 'field', 'written', 'dates in the column'],
    ...['file', 'language', 'name', 'first file'],
  ])
})

test.each(readTable('file'))('%j in %s with the options %j gives %s (%s)', async (...cells) => {
  const [text = '', encoding = '', options = '', expected = '', note = ''] = cells
  const source = nextSource()
  const ran = await ingest(await writeFile(source, text, encoding), source, toOptions(options))
  const refusal = toRefusal(expected)
  if (refusal !== null) {
    expect(ran).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining(refusal) })
    return
  }
  const notes: string[] = summary(ran).notes ?? []
  expect(notes).toEqual(note === '' ? [] : expect.arrayContaining([expect.stringContaining(note)]))
  const names = (await listed(source)).map(({ surname, given_name }) =>
    [surname, given_name].filter(Boolean).join(', '),
  )
  expect(names.sort()).toEqual(toList(expected, ';').sort())
})

test.each(readTable('language'))(
  'names of columns in %s (%s) are read',
  async (language, header = '', expected = '') => {
    const source = nextSource()
    const fields = toList(expected)
    const cells: Record<string, string> = { id: '1', surname: 'Surname', given_name: 'Given', dob: '17 April 1988' }
    const row = fields.map(field => cells[field] ?? (field === 'document_number' ? 'X 1' : 'Cork'))
    const file = await writeFile(source, `${toList(header).join(';')}\n${row.join(';')}\n`, 'UTF-8')
    const options: string[] = []
    if (language === 'a mapping file') {
      const mapping = JSON.stringify(Object.fromEntries(toList(header).map((column, n) => [column, fields[n]])))
      options.push('--mapping', await folder.write('mapping.json', mapping))
    }
    const columns = summary(await ingest(file, source, options)).columns ?? Object.fromEntries(fields.map(f => [f, f]))
    expect(columns).toEqual(Object.fromEntries(toList(header).map((column, n) => [column, fields[n]])))
    expect(await listed(source)).toMatchObject([
      { surname: 'Surname', given_name: 'Given', dob: '1988-04-17', document_number: 'X 1', details: { city: 'Cork' } },
    ])
  },
)

test('whole names are split', async () => {
  const source = nextSource()
  const rows = readTable('name').map(([name], n) => `${n},"${name}"\n`)
  const file = await writeFile(source, `id,name\n${rows.join('')}`, 'UTF-8')
  expect(summary(await ingest(file, source, ['--name-column', 'name'])).created).toBe(rows.length)
  const names = (await listed(source)).map(({ surname, given_name }) => [surname ?? '', given_name ?? ''])
  expect(names.sort()).toEqual(
    readTable('name')
      .map(([, ...parts]) => parts)
      .sort(),
  )
})

test.each(readTable('first file'))('%j, then %j with the options %j, gives %s', async (...cells) => {
  const [first = '', second = '', options = '', expected = ''] = cells
  const source = nextSource()
  const file = await writeFile(source, first, 'UTF-8')
  await ingest(file, source, [])
  if (expected.includes('likely_duplicates')) {
    const [, surname, given_name] = first.split('\n')[1]?.split(',') ?? []
    const query = { q: `${given_name} ${surname}`, mode: 'exact' }
    const isFound = async () => (await agent.send('POST', '/v1/search', query)).as(searchAnswer).items.length > 0
    await until(isFound, BOUND, 'the first customer to be found')
  }
  const ran = summary(await ingest(await writeFile(source, second, 'UTF-8'), source, toOptions(options)))
  const counts = toList(expected).map(count => count.match(/^(.*) (\d+)$/)?.slice(1) ?? [])
  const expectedCounts = Object.fromEntries(counts.map(([name, count]) => [name, Number(count)]))
  const { 'on the list': onTheList, ...said } = expectedCounts
  const zeros = Object.fromEntries(['created', 'updated', 'unchanged', 'refused'].map(name => [name, 0]))
  expect(ran).toMatchObject({ ...zeros, ...said })
  if (onTheList !== undefined) expect(await listed(source)).toHaveLength(onTheList)
})

test('a file without a named source is refused', async () => {
  const file = await writeFile('unnamed', 'id,surname\n1,Lee', 'UTF-8')
  expect(await runRegistry(['ingest', file, '--url', server.url])).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('--source is missing'),
  })
})
