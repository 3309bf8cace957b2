import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import writeXlsxFile from 'write-excel-file/node'
import { FileImport, summary } from './file-import.ts'

let files: FileImport

beforeAll(async () => {
  files = await FileImport.start()
})
afterAll(() => files.stop())

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
    const ran = summary(await files.ingest(await files.folder.write('encoded.csv', content)))
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
    expect((await files.listed()).sort((a, b) => (`${a.surname}` < `${b.surname}` ? -1 : 1))).toMatchObject(expected)
  })

  test('in an encoding that is named', async () => {
    const cyrillic = Buffer.from([0xc8, 0xe2, 0xe0, 0xed, 0xee, 0xe2])
    const file = await files.folder.write('cyrillic.csv', Buffer.concat([Buffer.from('id,surname\n1,'), cyrillic]))
    await files.ingest(file, '--encoding', 'windows-1251')
    expect(await files.listed()).toMatchObject([{ surname: 'Иванов' }])
    expect(await files.ingest(file, '--encoding', 'utf-9')).toMatchObject({
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
    const ran = summary(
      await files.ingest(await files.folder.write('cells.csv', rows.map(row => row.join(delimiter)).join('\n'))),
    )
    expect(ran).toMatchObject({ rows: 2, created: 2 })
    expect(ran.notes).toEqual(notes)
    expect((await files.listed()).find(({ surname }) => surname !== 'Lee')).toMatchObject({
      surname: `O${delimiter === '\t' ? ' ' : delimiter}Neill`,
      details: { street: '1 Quay, Cork' },
    })
  })

  test('with a line that names the delimiter, a title, empty columns and rows, and a comma at each end', async () => {
    const content =
      'sep=,\nCustomers 2026,,,,\n,,,,\nID,,Last Name,Passport No.,\n7,,Vance,X 1,\n,,,,\n8,,Vance,X 2,\n,,,,\n'
    const ran = summary(await files.ingest(await files.folder.write('untidy.csv', content)))
    expect(ran).toMatchObject({
      rows: 2,
      created: 2,
      columns: { ID: 'id', 'Last Name': 'surname', 'Passport No.': 'document_number' },
    })
    expect(ran.notes).toEqual(['1 row before the header left out'])
  })

  test('without the marks that pasting leaves, which the summary counts', async () => {
    const ran = summary(
      await files.ingest(await files.folder.write('pasted.csv', 'id,surname\n\u200e1,Lee\u200b Ann\n2,Tab\tbed\n')),
    )
    expect(ran.notes).toEqual(['invisible characters taken off in 3 cells'])
    expect((await files.listed()).map(({ surname }) => surname).sort()).toEqual(['Lee Ann', 'Tab bed'])
  })

  test('as NDJSON without the marks that pasting leaves, which the summary counts', async () => {
    const rows = [
      { id: '1', surname: '\u200eLee' },
      { id: '2', surname: 'Roe' },
    ]
    const file = await files.folder.write('pasted.ndjson', rows.map(row => JSON.stringify(row)).join('\n'))
    expect(summary(await files.ingest(file)).notes).toEqual(['invisible characters taken off in 1 row'])
  })

  test('without rows that have values only in columns that are left out', async () => {
    const content = 'id,surname,Shoe size\n1,Lee,43\n,,44\n2,Roe,45\n'
    const ran = summary(await files.ingest(await files.folder.write('sizes.csv', content), '--ignore-unknown'))
    expect(ran).toMatchObject({ rows: 2, created: 2, refused: 0, notes: ['1 row without a value left out'] })
  })

  test('with columns that are unknown only if they may be left out', async () => {
    const file = await files.folder.write('unknown.csv', 'id,surname,Shoe size,Town,Blank\n1,Lee,43,Cork,\n')
    const refused = await files.ingest(file)
    expect(refused).toMatchObject({ code: 1, stdout: '' })
    expect(refused.stderr).toMatch(
      /has columns that are not fields: Shoe size: name their fields with --mapping, or leave/,
    )
    expect(summary(await files.ingest(file, '--ignore-unknown'))).toMatchObject({
      created: 1,
      columns: { 'Shoe size': null, Town: 'details.city', Blank: null },
    })
  })

  test('and a column without an authorised field is named with the field that it may be', async () => {
    const ran = await files.ingest(
      await files.folder.write('suggest.csv', 'id,surname,membership,Postal Code 2\n1,Lee,gold,x\n'),
    )
    expect(ran.stderr).toContain('membership (details.membership, if that field is authorised), Postal Code 2:')
  })
})

describe('an Excel workbook', () => {
  test('is read by its first sheet, or by the one that is named, with dates and numbers as they are meant', async () => {
    const path = files.folder.resolve('people.xlsx')
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
    expect(summary(await files.ingest(path))).toMatchObject({ rows: 2, created: 2 })
    expect((await files.listed()).sort((a, b) => (`${a.surname}` < `${b.surname}` ? -1 : 1))).toMatchObject([
      { surname: 'Groß', given_name: 'Zoë', dob: '1988-04-17', details: { height_cm: 181.5, resident: true } },
      { surname: 'Lee', dob: '1985' },
    ])
    await files.ingest(path, '--sheet', 'Others')
    expect(await files.listed()).toMatchObject([{ surname: 'Other' }])
    expect((await files.ingest(path, '--sheet', 'None')).stderr).toContain('has no sheet None')
  })
})

describe('a dry run', () => {
  test('says what would come of the file, and writes nothing', async () => {
    const content = 'id,surname,given_name,dob\n1,Muller,Jurgen,1961-03-14\n2,Nobody,Else,1999-02-30\n'
    const ran = await files.ingest(await files.folder.write('try.csv', content), '--dry-run')
    expect(ran.code).toBe(2)
    expect(summary(ran)).toMatchObject({ dry_run: true, rows: 2, created: 1, refused: 1, likely_duplicates: 1 })
    expect(summary(ran).likely).toMatchObject([{ line: 2, id: '1' }])
    expect(await files.listed()).toEqual([])
  })
})

describe('a complete file', () => {
  test('shows who is no longer in it, and deletes them when that is confirmed', async () => {
    const both = await files.folder.write('complete.csv', 'id,surname\n1,Stays\n2,Goes\n')
    await files.ingest(both, '--complete')
    const source = files.source
    const [one, mixed] = [
      await files.folder.write('one.csv', 'id,surname\n1,Stays\n'),
      await files.folder.write('mixed.csv', 'id,surname,dob\n1,Stays,\n3,New,1999-02-30\n'),
    ]
    expect(summary(await files.ingestAs(source, one, '--complete'))).toMatchObject({ missing: 1, deleted_missing: 0 })
    expect(
      summary(await files.ingestAs(source, one, '--complete', '--dry-run', '--delete-missing', '--yes')),
    ).toMatchObject({
      missing: 1,
      deleted_missing: 0,
    })
    const unanswered = await files.ingestAs(source, one, '--complete', '--delete-missing')
    expect(unanswered.stderr).toContain(`Delete 1 customer of ${source} who was not in the file?`)
    const refused = await files.ingestAs(source, mixed, '--complete', '--delete-missing', '--yes')
    expect(refused.stderr).toContain('nobody is deleted')
    expect((await files.listed(source)).map(({ state }) => state)).toEqual(['active', 'active'])
    expect(summary(await files.ingestAs(source, one, '--complete', '--delete-missing', '--yes'))).toMatchObject({
      missing: 1,
      deleted_missing: 1,
    })
    expect((await files.listed(source)).map(({ surname, state }) => [surname, state]).sort()).toEqual([
      ['Goes', 'deleted'],
      ['Stays', 'active'],
    ])
    expect((await files.ingestAs(source, one, '--delete-missing')).stderr).toContain(
      '--delete-missing needs --complete',
    )
  })
})

test('the source has to be named', async () => {
  const file = await files.folder.write('unnamed.csv', 'id,surname\n1,Lee\n')
  expect(await files.run('ingest', file)).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('--source is missing: name where the rows come from'),
  })
})
