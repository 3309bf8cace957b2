import { describe, expect, test } from '@jest/globals'
import { readNdjson } from '#domain/batches/rows.ts'
import { InvalidInput, TooLarge } from '#domain/errors.ts'
import { ANN, catchError, csv, FIELDS, faultPointers } from './read-rows.ts'

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
