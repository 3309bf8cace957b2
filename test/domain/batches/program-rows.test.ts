import { describe, expect, test } from '@jest/globals'
import { readNdjson, toBatchIds } from '#domain/batches/rows.ts'
import { ANN, catchError, csv, FIELDS, faultPointers } from './read-rows.ts'

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
