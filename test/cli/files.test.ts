import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import writeXlsxFile from 'write-excel-file/node'
import { type Customer, customer } from '#contract/schemas/customer.ts'
import { startServer, type TestServer } from '../e2e/server.ts'
import { type CommandResult, Folder, runRegistry } from './run.ts'

let server: TestServer
let folder: Folder

beforeAll(async () => {
  ;[server, folder] = await Promise.all([startServer({ REGISTRY_SAMPLE: '1' }), Folder.create()])
})
afterAll(() => Promise.all([server.stop(), folder.remove()]))

let sources = 0
const run = (command: string, ...words: string[]): Promise<CommandResult> =>
  runRegistry([command, ...words, '--url', server.url])
const ingestAs = (source: string, file: string, ...words: string[]): Promise<CommandResult> =>
  run('ingest', file, '--source', source, ...words)
const ingest = (file: string, ...words: string[]): Promise<CommandResult> =>
  ingestAs(`files-${++sources}`, file, ...words)

/** The customers of a source. */
async function listed(source = `files-${sources}`): Promise<Customer[]> {
  const token = await server.token('agent')
  const { text } = await server.api('GET', `/v1/customers?source=${source}&limit=100&state=all`, { token })
  return JSON.parse(text).items.map((item: unknown) => customer.parse(item))
}
const summary = ({ stdout, stderr }: CommandResult) => {
  if (stdout === '') throw new Error(stderr)
  return JSON.parse(stdout)
}

describe('a file is read as it is', () => {
  const text =
    'Kundennummer;Nachname;Vorname;Geburtsdatum;Ort\r\n1;Müller;Jürgen;14.03.1961;Köln\r\n;;;;\r\n2;Groß;Zoë;17.04.1988;\r\n'
  const expected = [
    { surname: 'Groß', given_name: 'Zoë', dob: '1988-04-17' },
    { surname: 'Müller', given_name: 'Jürgen', dob: '1961-03-14', details: { city: 'Köln' } },
  ]

  test.each<[encoding: string, content: Buffer, note: string | null]>([
    ['UTF-8', Buffer.from(text), null],
    ['UTF-8 with a byte order mark', Buffer.from(`\ufeff${text}`), null],
    ['UTF-16 little-endian', Buffer.from(`\ufeff${text}`, 'utf16le'), 'utf-16le'],
    ['UTF-16 big-endian', Buffer.from(`\ufeff${text}`, 'utf16le').swap16(), 'utf-16be'],
    ['UTF-16 without a byte order mark', Buffer.from(text, 'utf16le'), 'utf-16le'],
    ['Windows-1252', Buffer.from(text, 'latin1'), 'windows-1252'],
  ])('in %s, with semicolons and German names of columns', async (_, content, note) => {
    const ran = summary(await ingest(await folder.write('encoded.csv', content)))
    expect(ran).toMatchObject({
      rows: 2,
      created: 2,
      columns: {
        Kundennummer: 'id',
        Nachname: 'surname',
        Vorname: 'given_name',
        Geburtsdatum: 'dob',
        Ort: 'details.city',
      },
    })
    expect(ran.notes).toEqual([
      ...(note === null ? [] : [expect.stringContaining(`read as ${note}`)]),
      'columns are separated by semicolons',
    ])
    expect((await listed()).sort((a, b) => (`${a.surname}` < `${b.surname}` ? -1 : 1))).toMatchObject(expected)
  })

  test('in an encoding that is named', async () => {
    const cyrillic = Buffer.from([0xc8, 0xe2, 0xe0, 0xed, 0xee, 0xe2])
    const file = await folder.write('cyrillic.csv', Buffer.concat([Buffer.from('id,surname\n1,'), cyrillic]))
    await ingest(file, '--encoding', 'windows-1251')
    expect(await listed()).toMatchObject([{ surname: 'Иванов' }])
    expect(await ingest(file, '--encoding', 'utf-9')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('is no encoding'),
    })
  })

  test.each([
    [',', undefined],
    [';', ['columns are separated by semicolons']],
    ['\t', ['columns are separated by tabs', 'invisible characters taken off in 1 cell']],
    ['|', ['columns are separated by vertical bars']],
  ])('with %j between cells, and newlines and delimiters in quotes', async (delimiter, notes) => {
    const rows = [
      ['id', 'surname', 'details.street'],
      ['1', `"O${delimiter}Neill"`, '"1 Quay\nCork"'],
      ['2', 'Lee', ''],
    ]
    const ran = summary(await ingest(await folder.write('cells.csv', rows.map(row => row.join(delimiter)).join('\n'))))
    expect(ran).toMatchObject({ rows: 2, created: 2 })
    expect(ran.notes).toEqual(notes)
    expect((await listed()).find(({ surname }) => surname !== 'Lee')).toMatchObject({
      surname: `O${delimiter === '\t' ? ' ' : delimiter}Neill`,
      details: { street: '1 Quay, Cork' },
    })
  })

  test('with a line that names the delimiter, a title, empty columns and rows, and a comma at each end', async () => {
    const content =
      'sep=,\nCustomers 2026,,,,\n,,,,\nID,,Last Name,Passport No.,\n7,,Vance,X 1,\n,,,,\n8,,Vance,X 2,\n,,,,\n'
    const ran = summary(await ingest(await folder.write('untidy.csv', content)))
    expect(ran).toMatchObject({
      rows: 2,
      created: 2,
      columns: { ID: 'id', 'Last Name': 'surname', 'Passport No.': 'document_number' },
    })
    expect(ran.notes).toEqual(['1 row before the header left out'])
  })

  test('without the marks that pasting leaves, which the summary counts', async () => {
    const ran = summary(
      await ingest(await folder.write('pasted.csv', 'id,surname\n\u200e1,Lee\u200b Ann\n2,Tab\tbed\n')),
    )
    expect(ran.notes).toEqual(['invisible characters taken off in 3 cells'])
    expect((await listed()).map(({ surname }) => surname).sort()).toEqual(['Lee Ann', 'Tab bed'])
  })

  test('as NDJSON without the marks that pasting leaves, which the summary counts', async () => {
    const rows = [
      { id: '1', surname: '\u200eLee' },
      { id: '2', surname: 'Roe' },
    ]
    const file = await folder.write('pasted.ndjson', rows.map(row => JSON.stringify(row)).join('\n'))
    expect(summary(await ingest(file)).notes).toEqual(['invisible characters taken off in 1 row'])
  })

  test('without rows that have values only in columns that are left out', async () => {
    const content = 'id,surname,Shoe size\n1,Lee,43\n,,44\n2,Roe,45\n'
    const ran = summary(await ingest(await folder.write('sizes.csv', content), '--ignore-unknown'))
    expect(ran).toMatchObject({ rows: 2, created: 2, refused: 0, notes: ['1 row without a value left out'] })
  })

  test('with columns that are unknown only if they may be left out', async () => {
    const file = await folder.write('unknown.csv', 'id,surname,Shoe size,Town,Blank\n1,Lee,43,Cork,\n')
    const refused = await ingest(file)
    expect(refused).toMatchObject({ code: 1, stdout: '' })
    expect(refused.stderr).toMatch(
      /has columns that are no fields: Shoe size: name their fields with --mapping, or leave/,
    )
    expect(summary(await ingest(file, '--ignore-unknown'))).toMatchObject({
      created: 1,
      columns: { 'Shoe size': null, Town: 'details.city', Blank: null },
    })
  })

  test('and a column without an authorised field is named with the field that it may be', async () => {
    const ran = await ingest(await folder.write('suggest.csv', 'id,surname,membership,Postal Code 2\n1,Lee,gold,x\n'))
    expect(ran.stderr).toContain('membership (details.membership, if that field is authorised), Postal Code 2:')
  })
})

describe('keys and names', () => {
  test('without a column of keys, the file says which columns tell rows apart', async () => {
    const file = await folder.write(
      'keyless.csv',
      'First Name,Last Name,Email\nAnn,Lee,ann@example.org\nBob,Lee,bob@example.org\n',
    )
    expect((await ingest(file)).stderr).toMatch(/has no column id, or of that meaning.*--id-column/)
    expect(summary(await ingest(file, '--id-column', 'email'))).toMatchObject({
      created: 2,
      columns: { Email: 'id + details.email' },
    })
    expect(summary(await ingestAs(`files-${sources}`, file, '--id-column', 'Email'))).toMatchObject({ unchanged: 2 })
    expect(summary(await ingest(file, '--id-column', 'First Name, Last Name'))).toMatchObject({ created: 2 })
  })

  test('whole names are split', async () => {
    const content =
      'ID,Name\n1,"García Lorca, María José"\n2,Pieter van der Berg\n3,MÜLLER Jürgen\n4,Plato\n5,王 小明\n6,John Smith Jr.\n'
    const file = await folder.write('names.csv', content)
    expect((await ingest(file)).stderr).toContain("has whole names: split them with --name-column 'Name'")
    await ingest(file, '--name-column', 'Name')
    const names = (await listed()).map(({ surname, given_name }) => [surname, given_name])
    expect(names.sort()).toEqual(
      [
        ['García Lorca', 'María José'],
        ['van der Berg', 'Pieter'],
        ['MÜLLER', 'Jürgen'],
        ['Plato', null],
        ['王', '小明'],
        ['Smith Jr.', 'John'],
      ].sort(),
    )
  })

  test('parts of names in columns of their own are put together', async () => {
    const content = 'Id,First Name,Middle Name,Tussenvoegsel,Last Name,Segundo apellido\n1,Ann,May,van der,Berg,Ruiz\n'
    await ingest(await folder.write('parts.csv', content))
    expect(await listed()).toMatchObject([{ given_name: 'Ann May', surname: 'van der Berg Ruiz' }])
  })
})

describe('dates', () => {
  const dobs = async (...words: string[]) => {
    const ran = await ingest(...(words as [string]))
    return { ran, dobs: (await listed()).map(({ dob }) => dob).sort() }
  }

  test('with day or month first are read as one row shows', async () => {
    const file = await folder.write('mdy.csv', 'id,surname,dob\n1,Lee,03/04/1985\n2,Lee,04/25/1985\n3,Lee,00/00/1985\n')
    const { ran, dobs: read } = await dobs(file)
    expect(summary(ran).notes).toEqual(['dob: read with the month first, as line 3 shows'])
    expect(read).toEqual(['1985', '1985-03-04', '1985-04-25'])
  })

  test.each([
    ['dmy', '1985-04-03'],
    ['mdy', '1985-03-04'],
  ])('that no row decides need --date-format: %s', async (format, date) => {
    const file = await folder.write('open.csv', 'id,surname,dob\n1,Lee,03/04/1985\n')
    const refused = await ingest(file)
    expect(refused).toMatchObject({ code: 1, stdout: '' })
    expect(refused.stderr).toMatch(/may have the day or the month first \(line 2\).*--date-format dmy or mdy/)
    expect((await dobs(file, '--date-format', format)).dobs).toEqual([date])
  })

  test('of which rows show both are refused', async () => {
    const content = 'id,surname,dob\n1,Lee,03/04/1985\n2,Lee,04/25/1985\n3,Lee,25/04/1985\n'
    expect((await ingest(await folder.write('both.csv', content))).stderr).toMatch(
      /day first \(line 4\).*month first \(line 3\).*line 2 may mean either/,
    )
  })

  test('as serial numbers need --date-format excel', async () => {
    const file = await folder.write('serial.csv', 'id,surname,dob\n1,Lee,31148\n')
    expect((await ingest(file)).code).toBe(2)
    expect(await readFile(`${file}.refused.ndjson`, 'utf8')).toContain('serial number')
    expect((await dobs(file, '--date-format', 'excel')).dobs).toEqual(['1985-04-11'])
  })

  test('in NDJSON are read alike', async () => {
    const rows = ['03/04/1985', '25/04/1985', 'about 1985'].map((dob, n) =>
      JSON.stringify({ id: `${n}`, surname: 'Lee', dob }),
    )
    const file = await folder.write('dates.ndjson', rows.join('\n'))
    expect((await dobs(file)).dobs).toEqual(['1985', '1985-04-03', '1985-04-25'])
  })
})

describe('an Excel workbook', () => {
  test('is read by its first sheet, or by the one that is named, with dates and numbers as they are meant', async () => {
    const path = folder.resolve('people.xlsx')
    const born = { value: new Date('1988-04-17T00:00:00Z'), type: Date, format: 'dd/mm/yyyy' }
    await writeXlsxFile([
      {
        sheet: 'People',
        data: [
          ['Kd-Nr', 'Nachname', 'Vorname', 'geb.', 'Height in cm', 'Resident'],
          [1, 'Groß', 'Zoë', born, 181.5, true],
          [null, null],
          [2, 'Lee', null, '1985', null, null],
        ],
      },
      {
        sheet: 'Others',
        data: [
          ['id', 'surname'],
          ['1', 'Other'],
        ],
      },
    ]).toFile(path)
    expect(summary(await ingest(path))).toMatchObject({ rows: 2, created: 2 })
    expect((await listed()).sort((a, b) => (`${a.surname}` < `${b.surname}` ? -1 : 1))).toMatchObject([
      { surname: 'Groß', given_name: 'Zoë', dob: '1988-04-17', details: { height_cm: 181.5, resident: true } },
      { surname: 'Lee', dob: '1985' },
    ])
    await ingest(path, '--sheet', 'Others')
    expect(await listed()).toMatchObject([{ surname: 'Other' }])
    expect((await ingest(path, '--sheet', 'None')).stderr).toContain('has no sheet None')
  })
})

describe('a dry run', () => {
  test('says what would come of the file, and writes nothing', async () => {
    const content = 'id,surname,given_name,dob\n1,Muller,Jurgen,1961-03-14\n2,Nobody,Else,1999-02-30\n'
    const ran = await ingest(await folder.write('try.csv', content), '--dry-run')
    expect(ran.code).toBe(2)
    expect(summary(ran)).toMatchObject({ dry_run: true, rows: 2, created: 1, refused: 1, likely_duplicates: 1 })
    expect(summary(ran).likely).toMatchObject([{ line: 2, id: '1' }])
    expect(await listed()).toEqual([])
  })
})

describe('a complete file', () => {
  test('shows who is no longer in it, and deletes them when that is confirmed', async () => {
    const both = await folder.write('complete.csv', 'id,surname\n1,Stays\n2,Goes\n')
    await ingest(both, '--complete')
    const source = `files-${sources}`
    const [one, mixed] = [
      await folder.write('one.csv', 'id,surname\n1,Stays\n'),
      await folder.write('mixed.csv', 'id,surname,dob\n1,Stays,\n3,New,1999-02-30\n'),
    ]
    expect(summary(await ingestAs(source, one, '--complete'))).toMatchObject({ missing: 1, deleted_missing: 0 })
    expect(summary(await ingestAs(source, one, '--complete', '--dry-run', '--delete-missing', '--yes'))).toMatchObject({
      missing: 1,
      deleted_missing: 0,
    })
    const unanswered = await ingestAs(source, one, '--complete', '--delete-missing')
    expect(unanswered.stderr).toContain(`Delete 1 customer of ${source} who was not in the file?`)
    const refused = await ingestAs(source, mixed, '--complete', '--delete-missing', '--yes')
    expect(refused.stderr).toContain('nobody is deleted')
    expect((await listed(source)).map(({ state }) => state)).toEqual(['active', 'active'])
    expect(summary(await ingestAs(source, one, '--complete', '--delete-missing', '--yes'))).toMatchObject({
      missing: 1,
      deleted_missing: 1,
    })
    expect((await listed(source)).map(({ surname, state }) => [surname, state]).sort()).toEqual([
      ['Goes', 'deleted'],
      ['Stays', 'active'],
    ])
    expect((await ingestAs(source, one, '--delete-missing')).stderr).toContain('--delete-missing needs --complete')
  })
})

test('the source has to be named', async () => {
  const file = await folder.write('unnamed.csv', 'id,surname\n1,Lee\n')
  expect(await run('ingest', file)).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('--source is missing: name where the rows come from'),
  })
})
