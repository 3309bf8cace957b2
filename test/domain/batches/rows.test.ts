import { describe, expect, test } from '@jest/globals'
import { type Field, field as fieldSchema } from '#contract/schemas/field.ts'
import { type ReadRow, readCsv, readNdjson, toBatchIds } from '#domain/batches/rows.ts'
import { InvalidInput, TooLarge } from '#domain/errors.ts'

const field = (name: string, type: Field['type']): [string, Field] => [
  name,
  fieldSchema.parse({ name, label: name, type, state: 'authorised' }),
]
const FIELDS = new Map([
  field('colour', 'text'),
  field('amount', 'number'),
  field('member', 'boolean'),
  field('since', 'date'),
])

const csv = (text: string) => readCsv(text, FIELDS)
const faultPointers = (row: ReadRow | undefined) =>
  row && 'faults' in row ? row.faults.map(({ pointer }) => pointer) : []
const ANN = { row: { id: '1', surname: 'Lee', given_name: 'Ann' } }

/** Returns the error that a function throws, or null. */
function catchError(read: () => unknown): unknown {
  try {
    read()
  } catch (error) {
    return error
  }
  return null
}

describe('CSV rows', () => {
  test.each<[string, string]>([
    ['plain', 'id,surname,given_name\n1,Lee,Ann\n'],
    ['without a final line break', 'id,surname,given_name\n1,Lee,Ann'],
    ['with CRLF', 'id,surname,given_name\r\n1,Lee,Ann\r\n'],
    ['with a byte order mark', '\ufeffid,surname,given_name\n1,Lee,Ann\n'],
    ['with quotes', '"id","surname","given_name"\n"1","Lee","Ann"\n'],
    ['with surrounding spaces', 'id,surname,given_name\n 1 , Lee,Ann \n'],
    ['with empty lines', '\nid,surname,given_name\n\n1,Lee,Ann\n\n'],
    ['with columns in another order', 'given_name,id,surname\nAnn,1,Lee\n'],
  ])('are read %s', (_name, text) => {
    expect(csv(text)).toEqual([ANN])
  })

  test('may hold commas, quotes and other scripts within quotes', () => {
    expect(csv('id,surname\n1,"Lee, ""Ann"""\n2,"ラ,ン"\n')).toEqual([
      { row: { id: '1', surname: 'Lee, "Ann"' } },
      { row: { id: '2', surname: 'ラ,ン' } },
    ])
  })

  test('read an empty cell as null, except for an empty type', () => {
    expect(csv('id,type,surname,dob,details.amount\n1,,Lee, ,""\n')).toEqual([
      { row: { id: '1', surname: 'Lee', dob: null, details: { amount: null } } },
    ])
  })

  test("convert a detail to its field's type", () => {
    const text =
      'id,details.colour,details.amount,details.member,details.since\n1,5, -2.50 ,true,1999\n2,x,1e5,yes,1999-02-30\n3,,,perhaps,1.5.1999\n'
    expect(csv(text)).toEqual([
      { row: { id: '1', details: { colour: '5', amount: -2.5, member: true, since: '1999' } } },
      { row: { id: '2', details: { colour: 'x', amount: '1e5', member: true, since: '1999-02-30' } } },
      { row: { id: '3', details: { colour: null, amount: null, member: 'perhaps', since: '1999-05-01' } } },
    ])
  })

  test('with a wrong number of cells or an invalid value are refused one by one', () => {
    const rows = csv(
      'id,surname,dob\n1,Lee\n2,Lee,1999,x\n3,Lee,1999-02-30\n,Lee,1999\n5,a\u0000b,1999\n6,"a\nb",1999\n7,Lee,1999\n',
    )
    expect(rows.map(faultPointers)).toEqual([['#'], ['#'], ['#/dob'], ['#/id'], ['#/surname'], ['#/surname'], []])
    expect(rows.at(-1)).toEqual({ row: { id: '7', surname: 'Lee', dob: '1999' } })
  })

  test.each<[string, string, string[]]>([
    ['an unknown column', 'id,surnam\n1,Lee\n', ['has an unknown column: surnam']],
    ['a detail that is not a field', 'id,details.shape\n1,x\n', ['has an unknown column: details.shape']],
    ['a detail without a name', 'id,details.\n1,x\n', ['has an unknown column: details.']],
    [
      'names that every object inherits',
      'id,constructor,__proto__\n1,x,y\n',
      ['has an unknown column: constructor', 'has an unknown column: __proto__'],
    ],
    ['a repeated column', 'id,surname,surname\n1,Lee,Lee\n', ['names the column surname twice']],
    ['a column in another case', 'id,Surname\n1,Lee\n', ['has an unknown column: Surname']],
    ['no column id', 'surname\nLee\n', ['has no column id']],
    [
      'several of these',
      'surname,x,surname\n',
      ['has an unknown column: x', 'names the column surname twice', 'has no column id'],
    ],
    ['no content', '', ['has no column id']],
    ['only a header', 'id,surname\n', ['has no rows']],
  ])('with %s are refused as a whole', (_name, text, details) => {
    const error = catchError(() => csv(text))
    expect(error).toBeInstanceOf(InvalidInput)
    expect(error instanceof InvalidInput ? error.faults.map(({ detail }) => detail) : []).toEqual(details)
  })

  test.each(['id,surname\n1,"Lee\n', 'id,surname\n1,"Lee"x\n', 'id,surname\n1,L"ee"\n2,"'])(
    'that are not valid CSV, as in %j, are refused',
    text => {
      expect(catchError(() => csv(text))).toBeInstanceOf(InvalidInput)
    },
  )

  test('are limited to 500', () => {
    const rows = (count: number) => `id\n${Array.from({ length: count }, (_, n) => `${n}\n`).join('')}`
    expect(csv(rows(500))).toHaveLength(500)
    expect(catchError(() => csv(rows(501)))).toBeInstanceOf(TooLarge)
  })
})

describe('NDJSON rows', () => {
  const line = JSON.stringify(ANN.row)

  test.each<[string, string]>([
    ['plain', `${line}\n`],
    ['without a final line break', line],
    ['with CRLF', `${line}\r\n`],
    ['with blank lines', `\n  \n${line}\n\n`],
    ['with a byte order mark', `\ufeff${line}\n`],
  ])('are read %s', (_name, text) => {
    expect(readNdjson(text, FIELDS)).toEqual([ANN])
  })

  test.each<[string, string[]]>([
    ['{', ['#']],
    ['nonsense', ['#']],
    ['null', ['#']],
    ['[]', ['#']],
    ['"text"', ['#']],
    ['{}', ['#/id']],
    ['{"id":1}', ['#/id']],
    ['{"id":"1","surnam":"Lee"}', ['#/surnam']],
    ['{"id":"1","__proto__":{"surname":"Lee"}}', ['#/__proto__']],
    ['{"id":"1","details":{"amount":1e309}}', ['#/details/amount']],
    ['{"id":"1","surname":"a\\u202eb","dob":"1999-02-30"}', ['#/surname', '#/dob']],
    [`{"id":"1","details":${'['.repeat(5000)}${']'.repeat(5000)}}`, ['#/details']],
  ])('such as %s are refused one by one', (invalid, expected) => {
    const [refused, accepted] = readNdjson(`${invalid}\n${line}`, FIELDS)
    expect(faultPointers(refused)).toEqual(expected)
    expect(accepted).toEqual(ANN)
  })

  test('are limited to between 1 and 500', () => {
    expect(catchError(() => readNdjson(' \n', FIELDS))).toBeInstanceOf(InvalidInput)
    expect(readNdjson(`${line}\n`.repeat(500), FIELDS)).toHaveLength(500)
    expect(catchError(() => readNdjson(`${line}\n`.repeat(501), FIELDS))).toBeInstanceOf(TooLarge)
  })
})

/** A customer as the registry exports it. */
const EXPORTED = {
  id: '3f2b8d1e-6c54-4a8e-9d0f-7b1c2a3d4e5f',
  type: 'PERSON',
  surname: 'Lee',
  given_name: 'Ann',
  dob: '1985',
  document_number: null,
  details: { colour: 'red' },
  state: 'active',
  merged_into: null,
  absorbed: [],
  version: 'djE',
  valid_from: '2026-01-01T00:00:00.000Z',
  valid_to: null,
  recorded_at: '2026-01-01T00:00:00.000Z',
  location: 'loc1',
  created_at: '2026-01-01T00:00:00.000Z',
  updated_at: '2026-01-01T00:00:00.000Z',
  dob_approximate: false,
}

describe('rows that programs write', () => {
  test.each([
    ['TRUE', true],
    ['True', true],
    ['yes', true],
    ['Y', true],
    ['1', true],
    ['FALSE', false],
    ['no', false],
    ['0', false],
    [' TRUE ', true],
    ['\u200eTRUE', true],
    ['WAHR', true],
  ])('say %j for yes or no', (text, value) => {
    const [ofCsv] = csv(`id,dob,dob_approximate,details.member\n1,1985,${text},${text}\n`)
    const row = { id: '1', dob: '1985', dob_approximate: text, details: { member: text } }
    const [ofNdjson] = readNdjson(JSON.stringify(row), FIELDS)
    for (const read of [ofCsv, ofNdjson])
      expect(read).toMatchObject({ row: { dob_approximate: value, details: { member: value } } })
  })

  test('say 1 and 0 for yes and no in JSON, for fields of that type only', () => {
    const [one, zero] = [1, 0].map(n => JSON.stringify({ id: '1', details: { member: n, amount: n } }))
    expect(readNdjson(`${one}\n${zero}`, FIELDS)).toEqual([
      { row: { id: '1', details: { member: true, amount: 1 } } },
      { row: { id: '1', details: { member: false, amount: 0 } } },
    ])
  })

  test('say nothing between yes and no: the field refuses it', () => {
    expect(csv('id,details.member\n1,maybe\n')).toEqual([{ row: { id: '1', details: { member: 'maybe' } } }])
  })

  test.each([
    ['rows of commas alone', 'id,surname,given_name\n,,\n1,Lee,Ann\n,,,,\n , ,\n'],
    ['a comma at the end of each row', 'id,surname,given_name,\n1,Lee,Ann,\n'],
    ['several commas at the end of each row', 'id,surname,given_name,,,\n1,Lee,Ann,,,\n'],
    ['commas at the end of rows without columns', 'id,surname,given_name\n1,Lee,Ann,,\n'],
    ['blanks around the names of columns', 'id, surname ,given_name\n1,Lee,Ann\n'],
    ['a direction mark before the first column', '\u200eid,surname,given_name\n1,Lee,Ann\n'],
  ])('have %s', (_, text) => {
    expect(csv(text)).toEqual([ANN])
  })

  test('have no value without a column', () => {
    expect(csv('id,surname,given_name,\n1,Lee,Ann,x\n').map(faultPointers)).toEqual([['#']])
  })

  test.each([
    ['a direction mark', '\u200eLee', 'Ann'],
    ['a zero-width space', 'Lee', 'A\u200bnn'],
    ['a tab', 'Lee\t', 'Ann'],
    ['a byte order mark', '\ufeffLee', 'Ann'],
    ['a soft hyphen', 'L\u00adee', 'Ann'],
  ])('have %s, which is taken off and reported', (_, surname, given_name) => {
    const cleaned = { ...ANN, cleaned: true }
    expect(csv(`id,surname,given_name\n1,"${surname}","${given_name}"\n`)).toEqual([cleaned])
    expect(readNdjson(JSON.stringify({ id: '1', surname, given_name }), FIELDS)).toEqual([cleaned])
  })

  test.each([
    ['semicolons', 'id;surname\n1;Lee\n'],
    ['tabs', 'id\tsurname\n1\tLee\n'],
    ['vertical bars', 'id|surname\n1|Lee\n'],
    ['"^"', 'id^surname^dob\n1^Lee^1985\n'],
    ['"~"', 'id~surname\n1~Lee\n'],
  ])('separate columns by %s: the error names them', (name, text) => {
    expect(catchError(() => csv(text))).toMatchObject({
      faults: [{ pointer: '#', detail: `separates its columns by ${name}: separate them by commas` }],
    })
  })

  test.each([
    ['has a quote inside a cell', 'id,surname\n1,Secretson "Bill" x\n'],
    ['has text after a closing quote', 'id,surname\n1,"Secretson"x\n'],
    ['opens a quote that is never closed', 'id,surname\n1,"Secretson\n2,Lee\n'],
  ])('%s: the error does not repeat the cell', (detail, text) => {
    const error = catchError(() => csv(text))
    expect(error).toMatchObject({ faults: [{ pointer: '#', detail: expect.stringContaining(detail) }] })
    expect(JSON.stringify(error)).not.toContain('Secretson')
  })
})

describe('an own export', () => {
  const row = {
    id: EXPORTED.id,
    type: 'PERSON',
    surname: 'Lee',
    given_name: 'Ann',
    dob: '1985',
    dob_approximate: false,
    document_number: null,
    details: { colour: 'red' },
  }

  test('is read as NDJSON without what the registry sets itself, with its own ids', () => {
    const rows = readNdjson(JSON.stringify(EXPORTED), FIELDS)
    expect(rows).toEqual([{ row, exported: true }])
    expect(toBatchIds(rows)).toBe('registry')
  })

  test('is read as CSV', () => {
    const { details, ...members } = EXPORTED
    const header = [...Object.keys(members), 'details.colour'].join()
    const rows = csv(`${header}\n${[...Object.values(members).map(value => value ?? ''), details.colour].join()}\n`)
    expect(rows).toEqual([{ row, exported: true }])
  })

  test('refuses customers who are not active', () => {
    const rows = readNdjson(JSON.stringify({ ...EXPORTED, state: 'deleted' }), FIELDS)
    expect(rows.map(faultPointers)).toEqual([['#/state']])
  })

  test('is told from rows of a source', () => {
    const rows = readNdjson(JSON.stringify({ id: '1', surname: 'Lee', created_at: 'x' }), FIELDS)
    expect(rows.map(faultPointers)).toEqual([['#/created_at']])
    expect(toBatchIds(readNdjson(JSON.stringify({ id: '1', surname: 'Lee' }), FIELDS))).toBe('source')
  })
})
