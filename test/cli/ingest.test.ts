import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { parse } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { type Customer, customer } from '#contract/schemas/customer.ts'
import { startServer, type TestServer } from '../e2e/server.ts'
import { type Failure, FlakyProxy } from './flaky-proxy.ts'
import { type CommandResult, Folder, runRegistry } from './run.ts'

const PATH = '/v1/batches'
const PROBLEM = { type: 't', title: 'T', detail: 'D', instance: PATH, request_id: 'r', errors: [] }

let server: TestServer
let proxy: FlakyProxy
let folder: Folder

beforeAll(async () => {
  ;[server, folder] = await Promise.all([startServer({ REGISTRY_SAMPLE: '1' }), Folder.create()])
  proxy = await new FlakyProxy(server.url).open()
})
afterAll(async () => {
  await proxy.close()
  await Promise.all([server.stop(), folder.remove()])
})

/** Each file is a source of its own, unless another is named. */
const ingest = (file: string, ...args: string[]): Promise<CommandResult> =>
  runRegistry([
    'ingest',
    file,
    '--url',
    proxy.url,
    ...(args.includes('--source') ? [] : ['--source', parse(file).name]),
    ...args,
  ])

const NONE = { rows: 0, created: 0, updated: 0, unchanged: 0, refused: 0, likely_duplicates: 0 }

/** Parses the last line and leaves out the duration. */
function counts({ stdout }: CommandResult) {
  const { seconds, ...all } = JSON.parse(stdout)
  expect(seconds).toBeGreaterThan(0)
  return all
}

const toCsv = (name: string, rows: number) =>
  `id,surname,dob\n${Array.from({ length: rows }, (_, n) => `${n},${name} ${n},1980-01-01\n`).join('')}`

/** Reads the whole list. */
async function exportCustomers(): Promise<Customer[]> {
  const { stdout } = await runRegistry(['export', '--url', server.url])
  return stdout
    .trimEnd()
    .split('\n')
    .map(line => customer.parse(JSON.parse(line)))
}

/** Rows that are rejected at little cost, to fill batches with. */
const createRejectedRows = (count: number) =>
  Array.from({ length: count }, () => ({ id: 'filler', surname: 'Filler', dob: '1999-02-30' }))

const readRejectedRows = async (path: string) =>
  (await readFile(path, 'utf8'))
    .trimEnd()
    .split('\n')
    .map(line => JSON.parse(line))

describe('a file is ingested', () => {
  test('once, and again without a change', async () => {
    const file = await folder.write('twice.csv', toCsv('Twice', 3))
    const first = await ingest(file)
    expect(first).toMatchObject({ code: 0, stderr: '' })
    expect(counts(first)).toEqual({ ...NONE, rows: 3, created: 3, updated: 0, unchanged: 0, refused: 0 })
    expect(counts(await ingest(file))).toEqual({ ...NONE, rows: 3, created: 0, updated: 0, unchanged: 3, refused: 0 })
    expect(existsSync(`${file}.refused.ndjson`)).toBe(false)
  })

  test('under the named source, whose keys do not meet those of other sources', async () => {
    const file = await folder.write('one.csv', toCsv('Source', 1))
    expect(counts(await ingest(file, '--source', 'one'))).toMatchObject({ created: 1 })
    expect(counts(await ingest(file, '--source', 'one'))).toMatchObject({ unchanged: 1 })
    expect(counts(await ingest(file, '--source', 'two'))).toMatchObject({ created: 1 })
  })

  test('with quotes, line breaks, a byte order mark and custom fields', async () => {
    const text =
      '\ufeffid,surname,details.city,details.height_cm\r\n1,"Quote ""Q"", Jr","Köln, Mitte",180\r\n\r\n2,Plain,,\r\n'
    expect(counts(await ingest(await folder.write('forms.csv', text)))).toMatchObject({ rows: 2, created: 2 })
    expect((await exportCustomers()).find(one => one.surname?.includes('Jr'))).toMatchObject({
      surname: 'Quote "Q", Jr',
      details: { city: 'Köln, Mitte', height_cm: 180 },
    })
  })

  test('except for rejected rows, which are written to a file with their numbers and reasons', async () => {
    const text = 'id,surname,dob\n1,Good,\n2,Bad,1999-02-30\n\n3,"Two\nlines",\n4,Short\n,Keyless,\n'
    const file = await folder.write('mixed.csv', text)
    const result = await ingest(file)
    expect(result.code).toBe(2)
    expect(result.stderr).toBe(`registry: 4 of 5 rows were refused: see ${file}.refused.ndjson\n`)
    expect(counts(result)).toEqual({ ...NONE, rows: 5, created: 1, updated: 0, unchanged: 0, refused: 4 })
    expect(await readRejectedRows(`${file}.refused.ndjson`)).toEqual([
      { row: 2, line: 3, id: '2', problem: expect.stringContaining('#/dob') },
      { row: 3, line: 5, id: '3', problem: expect.stringContaining('#/surname') },
      { row: 4, line: 7, id: '4', problem: expect.stringContaining('2 cells') },
      { row: 5, line: 8, id: null, problem: expect.stringContaining('#/id') },
    ])
  })

  test('as NDJSON, and an old file of rejected rows is deleted when no row is rejected', async () => {
    const file = await folder.write('lines.ndjson', '{"id":"1","surname":"A"}\n\n{"id":"2","surname":\n')
    const rejectedFile = folder.resolve('refused.ndjson')
    expect((await ingest(file, '--refused', rejectedFile)).code).toBe(2)
    expect(await readRejectedRows(rejectedFile)).toEqual([
      { row: 2, line: 3, id: null, problem: expect.stringContaining('not valid JSON') },
    ])
    await folder.write('lines.ndjson', '{"id":"1","surname":"A"}')
    expect(counts(await ingest(file, '--refused', rejectedFile))).toMatchObject({ rows: 1, unchanged: 1 })
    expect(existsSync(rejectedFile)).toBe(false)
  })

  test('in order when rows of several batches are about one customer', async () => {
    const rows = ['First', 'Second'].flatMap(surname => [
      { id: 'k', surname, document_number: 'ORDER-1' },
      ...createRejectedRows(549),
    ])
    const file = await folder.write('order.ndjson', rows.map(row => JSON.stringify(row)).join('\n'))
    expect(counts(await ingest(file, '--parallel', '8'))).toMatchObject({
      rows: 1100,
      created: 1,
      updated: 1,
      refused: 1098,
    })
    expect((await exportCustomers()).filter(one => one.document_number === 'ORDER-1').map(one => one.surname)).toEqual([
      'Second',
    ])
  })
})

describe('a file with invalid columns changes nothing:', () => {
  test.each([
    ['an unknown column', 'id,surname,shoe_size\n1,a,b\n', 'has columns that are not fields: shoe_size'],
    ['no column id', 'surname\na\n', 'has no column id'],
    ['a repeated column', 'id,surname,surname\n1,a,b\n', 'has the column surname twice'],
  ])('%s', async (_, text, message) => {
    const { code, stdout, stderr } = await ingest(await folder.write('columns.csv', text))
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toContain(`columns.csv: ${message}`)
    expect(stderr.trimEnd().split('\n')).toHaveLength(1)
  })
})

describe('an ingest retries', () => {
  test.each<[what: string, trouble: Failure]>([
    ['a lost request', 'lost request'],
    ['a lost response', 'lost answer'],
    ['a 503 of an intermediate server', { status: 503, body: '<html>' }],
  ])('after %s, and counts correctly', async (title, failure) => {
    proxy.reset(PATH, [failure, failure])
    const result = await ingest(await folder.write('way.csv', toCsv('Way', 2)), '--source', title)
    expect(result).toMatchObject({ code: 0, stderr: '' })
    expect(counts(result)).toMatchObject({ rows: 2, created: 2, updated: 0, unchanged: 0, refused: 0 })
    expect(new Set(proxy.requests.filter(({ path }) => path === PATH).map(({ key }) => key)).size).toBe(1)
  })

  test('after 429, not before Retry-After', async () => {
    proxy.reset(PATH, [{ status: 429, headers: { 'Retry-After': '1' } }])
    expect((await ingest(await folder.write('slow.csv', toCsv('Slow', 1)))).code).toBe(0)
    const [first, second] = proxy.requests.filter(({ path }) => path === PATH)
    expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(1000)
  })

  test('at once with a new token after 401', async () => {
    proxy.reset(PATH, [{ status: 401, body: JSON.stringify({ ...PROBLEM, status: 401 }) }])
    expect((await ingest(await folder.write('token.csv', toCsv('Token', 1)))).code).toBe(0)
    expect(proxy.requests.map(({ path }) => path)).toEqual(['/v1/auth/token', PATH, '/v1/auth/token', PATH])
  })

  test('until its patience ends, and reports the progress', async () => {
    proxy.reset(PATH, [])
    proxy.onResponse = async path => {
      if (path === PATH)
        proxy.reset(
          PATH,
          Array.from({ length: 100 }, (): Failure => 'lost request'),
        )
    }
    const result = await ingest(
      await folder.write('patience.csv', toCsv('Patience', 501)),
      '--patience',
      '1',
      '--parallel',
      '1',
    )
    proxy.reset('', [])
    expect(result).toMatchObject({ code: 1, stdout: '' })
    expect(result.stderr).toMatch(
      /patience\.csv: no answer from .*: is it running\? \(500 rows were answered; run it again/,
    )
  })

  test('when the server is killed and restarted', async () => {
    const file = await folder.write(
      'killed.csv',
      `${toCsv('Killed', 100)}${'f,Filler,1999-02-30\n'.repeat(450)}z,Last,1980\n`,
    )
    proxy.reset('', [])
    let restarted: Promise<void> | null = null
    proxy.onResponse = async path => {
      if (path === PATH && restarted === null) restarted = server.kill9().then(() => server.restart())
      await restarted
    }
    const result = await ingest(file, '--parallel', '1')
    expect(result.code).toBe(2)
    // A batch that was interrupted is partly unchanged when it is sent again.
    const { created, unchanged, ...rest } = counts(result)
    expect({ ...rest, taken: created + unchanged }).toMatchObject({
      rows: 551,
      updated: 0,
      refused: 450,
      taken: 101,
    })
    expect(counts(await ingest(file))).toEqual({
      ...NONE,
      rows: 551,
      created: 0,
      updated: 0,
      unchanged: 101,
      refused: 450,
    })
  })
})
