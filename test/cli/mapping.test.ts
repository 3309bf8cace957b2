import { readFile } from 'node:fs/promises'
import { parse } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { type Customer, customer } from '#contract/schemas/customer.ts'
import { startServer, type TestServer } from '../e2e/server.ts'
import { type CommandResult, Folder, runRegistry } from './run.ts'

let server: TestServer
let folder: Folder

beforeAll(async () => {
  ;[server, folder] = await Promise.all([startServer(), Folder.create()])
})
afterAll(() => Promise.all([server.stop(), folder.remove()]))

/** Each file is a source of its own, unless another is named. */
const ingest = (file: string, ...args: string[]): Promise<CommandResult> =>
  runRegistry([
    'ingest',
    file,
    '--url',
    server.url,
    '--patience',
    '5',
    ...(args.includes('--source') ? [] : ['--source', parse(file).name]),
    ...args,
  ])

const counts = ({ stdout }: CommandResult) => {
  const { seconds, ...counts } = JSON.parse(stdout)
  expect(seconds).toBeGreaterThan(0)
  return counts
}

/** Exports the customers whose document number has this prefix. */
async function exportCustomers(numberPrefix: string, ...args: string[]): Promise<Customer[]> {
  const { stdout } = await runRegistry(['export', '--url', server.url, '--state', 'all', ...args])
  return stdout
    .split('\n')
    .filter(line => line !== '')
    .map(line => customer.parse(JSON.parse(line)))
    .filter(customer => customer.document_number?.startsWith(numberPrefix))
}

/** Rows that are rejected at little cost, to fill batches with. */
const createRejectedRows = (count: number) =>
  Array.from({ length: count }, (_, n) => ({ id: `filler ${n}`, surname: 'Filler', dob: '1999-02-30' }))

const ndjson = (rows: readonly unknown[]) => rows.map(row => JSON.stringify(row)).join('\n')

const MAPPING = {
  Kdnr: 'id',
  Nachname: 'surname',
  'Ausweis "Nr."': 'document_number',
  Ort: 'details.city',
  Bemerkung: null,
  Seit: 'valid_from',
  Was: 'action',
}

describe('a mapping', () => {
  test('names the columns of a CSV file, and which to leave out', async () => {
    const mapping = await folder.write('csv.json', JSON.stringify(MAPPING))
    const text = [
      'Kdnr,Bemerkung,Nachname,given_name,"Ausweis ""Nr.""",Ort,Seit,Was',
      '1,"private, not for the list",Okafor,Chidi,MAP-1,Gent,2001-02-03,',
      '1,,,,,,2005-01-01,delete',
      '2,too few cells,Okafor',
      '3,,Okafor,,MAP-3,Lund,2999-01-01,',
      '',
    ].join('\n')
    const file = await folder.write('people.csv', text)
    const result = await ingest(file, '--mapping', mapping)
    expect(result.code).toBe(2)
    expect(counts(result)).toMatchObject({
      columns: { ...MAPPING, given_name: 'given_name' },
      rows: 4,
      created: 1,
      updated: 0,
      deleted: 1,
      restored: 0,
      unchanged: 0,
      refused: 2,
    })
    const refused = (await readFile(`${file}.refused.ndjson`, 'utf8')).trimEnd().split('\n')
    expect(refused.map(line => JSON.parse(line))).toMatchObject([
      { row: 3, line: 4, problem: expect.stringContaining('cells') },
      { row: 4, line: 5, id: '3', problem: '#/valid_from is in the future' },
    ])
    const earlier = await exportCustomers('MAP-', '--as-of', '2002-01-01')
    expect(earlier).toMatchObject([
      { surname: 'Okafor', given_name: 'Chidi', details: { city: 'Gent' }, state: 'active' },
    ])
    expect(await exportCustomers('MAP-')).toMatchObject([{ state: 'deleted', valid_from: '2005-01-01T00:00:00.000Z' }])
  })

  test('names the members of NDJSON rows, and rejects a row with both names of a member', async () => {
    const mapping = await folder.write('ndjson.json', JSON.stringify(MAPPING))
    const rows = [
      {
        Kdnr: 'a',
        Nachname: 'Lee',
        'Ausweis "Nr."': 'MEMBER-1',
        Ort: 'Gent',
        details: { height_cm: 170 },
        Bemerkung: 1,
      },
      { id: 'b', Nachname: 'Lee', surname: 'Li', document_number: 'MEMBER-2' },
      { id: 'c', surname: 'Lee', document_number: 'MEMBER-3', nick: 'X' },
    ]
    const file = await folder.write('people.ndjson', ndjson(rows))
    expect(counts(await ingest(file, '--mapping', mapping))).toMatchObject({ rows: 3, created: 1, refused: 2 })
    const refused = (await readFile(`${file}.refused.ndjson`, 'utf8')).trimEnd().split('\n')
    expect(refused.map(line => JSON.parse(line).problem)).toEqual([
      expect.stringContaining('#/Nachname'),
      expect.stringContaining('#/nick'),
    ])
    expect(await exportCustomers('MEMBER-')).toMatchObject([
      { surname: 'Lee', details: { city: 'Gent', height_cm: 170 } },
    ])
  })

  test.each([
    ['is not valid JSON', '{', 'the mapping wrong.json is not valid JSON'],
    ['is a list', '[]', 'is not an object'],
    [
      'maps to an unknown field',
      '{"A":"id","B":"sur name","C":"details.Town"}',
      'maps B to sur name, which is not one of .*; maps C to details.Town, which is not one of',
    ],
    ['maps to a number', '{"A":"id","B":5}', 'has to map B to the name of a field, or to null'],
    ['maps two columns to one field', '{"A":"id","B":"surname","C":"surname"}', 'maps B and C to surname'],
    ['names a column twice', '{"A":"id","B":"surname","B":"dob"}', 'names B twice'],
    ['does not name a column', '{"A":"id"}', 'has the column B, which the mapping does not name'],
    ['names a missing column', '{"A":"id","B":"dob","D":null}', 'has no column D, as the mapping says'],
    [
      'maps to a field that is also a column',
      '{"A":"id","B":"given_name"}',
      'has given_name twice, as B and given_name',
    ],
  ])('that %s is refused, and nothing is sent', async (_, text, message) => {
    await folder.write('wrong.json', text)
    const file = await folder.write('columns.csv', 'A,B,given_name\n1,a,b\n')
    const args = [
      'ingest',
      file,
      '--source',
      'wrong',
      '--mapping',
      folder.resolve('wrong.json'),
      '--url',
      'http://127.0.0.1:2',
      '--patience',
      '0',
    ]
    const { code, stdout, stderr } = await runRegistry(args)
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr.replaceAll(`${folder.path}/`, '')).toMatch(new RegExp(message))
    expect(stderr.trimEnd().split('\n')).toHaveLength(1)
  })
})

describe('a file', () => {
  test('with distant rows of one customer changes nothing when it is sent again', async () => {
    const rows = ['First', 'Second'].flatMap(surname => [
      { id: 'k', surname, document_number: 'APART-1' },
      ...createRejectedRows(600),
    ])
    const file = await folder.write('apart.ndjson', ndjson(rows))
    expect(counts(await ingest(file))).toMatchObject({
      rows: 1202,
      created: 1,
      updated: 1,
      unchanged: 0,
      refused: 1200,
    })
    expect(counts(await ingest(file))).toMatchObject({
      rows: 1202,
      created: 0,
      updated: 0,
      unchanged: 2,
      refused: 1200,
    })
    expect((await exportCustomers('APART-')).map(({ surname }) => surname)).toEqual(['Second'])
  })

  test('of a history whose restoration comes before its deletion is ingested completely', async () => {
    const rows = [
      { id: 'r', action: 'restore', valid_from: '2005-01-01' },
      ...createRejectedRows(550),
      { id: 'r', action: 'delete', valid_from: '2003-01-01' },
      ...createRejectedRows(550),
      { id: 'r', surname: 'Returned', document_number: 'EARLY-1', valid_from: '2001-01-01' },
    ]
    const file = await folder.write('early.ndjson', ndjson(rows))
    const result = await ingest(file, '--parallel', '1')
    expect(counts(result)).toMatchObject({ rows: 1103, deleted: 1, restored: 1, unchanged: 0, refused: 1100 })
    const states = await Promise.all(
      ['2002', '2004', '2006'].map(year => exportCustomers('EARLY-', '--as-of', `${year}-01-01`)),
    )
    expect(states.flat().map(({ state }) => state)).toEqual(['active', 'deleted', 'active'])
  })
})
