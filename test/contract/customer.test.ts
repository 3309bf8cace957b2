import { describe, expect, test } from '@jest/globals'
import { batchQuery, batchRow } from '#contract/schemas/batch.ts'
import {
  createBody,
  customerId,
  diffQuery,
  fieldName,
  listQuery,
  pageQuery,
  readQuery,
} from '#contract/schemas/customer.ts'
import { parseOrUndefined, toErrorPointers } from './parse.ts'

const parseJson = (text: string): unknown => JSON.parse(text)

describe('a statement about a customer', () => {
  test('may be empty or partial, and may clear any field except the type', () => {
    expect(parseOrUndefined(createBody, {})).toEqual({})
    const cleared = { surname: null, given_name: null, dob: null, document_number: null, details: { colour: null } }
    expect(parseOrUndefined(createBody, cleared)).toEqual(cleared)
  })

  test.each<[unknown, string[]]>([
    [{ surnam: 'Ann' }, ['#/surnam']],
    [{ id: 'x', state: 'deleted', version: 'v' }, ['#/id', '#/state', '#/version']],
    [{ 'a/b': 1, 'c~d': 2 }, ['#/a~1b', '#/c~0d']],
    [parseJson('{"__proto__": {"surname": "x"}}'), ['#/__proto__']],
    [
      parseJson('{"constructor": 1, "toString": 2, "hasOwnProperty": 3}'),
      ['#/constructor', '#/hasOwnProperty', '#/toString'],
    ],
    [{ surname: 1 }, ['#/surname']],
    [{ surname: ['Ann'] }, ['#/surname']],
    [{ surname: '' }, ['#/surname']],
    [{ surname: 'a'.repeat(201) }, ['#/surname']],
    [{ document_number: 'a'.repeat(65) }, ['#/document_number']],
    [{ type: null }, ['#/type']],
    [{ type: 'person' }, ['#/type']],
    [{ dob: '1999-02-30' }, ['#/dob']],
    [{ dob: 1999 }, ['#/dob']],
    [{ valid_from: 'yesterday' }, ['#/valid_from']],
    [{ valid_from: null }, ['#/valid_from']],
    [{ details: null }, ['#/details']],
    [{ details: [] }, ['#/details']],
    [{ details: { Colour: 'red' } }, ['#/details/Colour']],
    [{ details: { 'a/b~c': 'red' } }, ['#/details/a~1b~0c']],
    [{ details: { colour: { red: 1 } } }, ['#/details/colour']],
    [{ details: { amount: parseJson('1e309') } }, ['#/details/amount']],
    [{ surname: 1, given_name: 2, dob: 'x', other: 3 }, ['#/dob', '#/given_name', '#/other', '#/surname']],
    [[], ['#']],
    ['text', ['#']],
    [null, ['#']],
    [undefined, ['#']],
  ])('%j is refused at %j, with all errors at once', (body, pointers) => {
    expect(toErrorPointers(createBody, body)).toEqual(pointers)
  })

  test('may have details named like the members of every object', () => {
    const details = { constructor: 'x', to_string: 1 }
    expect(parseOrUndefined(createBody, { details })).toEqual({ details })
  })

  test('nested a thousand levels deep is refused like any other invalid detail', () => {
    expect(toErrorPointers(createBody, { details: parseJson(`${'{"a":'.repeat(1000)}1${'}'.repeat(1000)}`) })).toEqual([
      '#/details/a',
    ])
  })

  test('in a batch needs the key of its source', () => {
    expect(toErrorPointers(batchRow, { surname: 'Ann' })).toEqual(['#/id'])
    expect(toErrorPointers(batchRow, { id: '', surname: 'Ann' })).toEqual(['#/id'])
    expect(toErrorPointers(batchRow, { id: 7, surname: 'Ann' })).toEqual(['#/id'])
    expect(toErrorPointers(batchRow, { id: 'a'.repeat(201) })).toEqual(['#/id'])
    expect(parseOrUndefined(batchRow, { id: '7', action: 'delete', valid_from: '2026-01-01' })).toEqual({
      id: '7',
      action: 'delete',
      valid_from: '2026-01-01T00:00:00.000Z',
    })
    expect(toErrorPointers(batchRow, { id: '7', action: 'drop', valid_to: '2026-01-01' })).toEqual([
      '#/action',
      '#/valid_to',
    ])
    expect(parseOrUndefined(batchRow, { id: ' 7 ', surname: 'Ann' })).toEqual({ id: '7', surname: 'Ann' })
    expect(toErrorPointers(batchQuery, {}, '?')).toEqual(['?source'])
  })
})

describe('names and ids', () => {
  test.each(['a', 'colour', 'a1_b', 'a'.repeat(40)])('%s is a valid field name', name => {
    expect(parseOrUndefined(fieldName, name)).toBe(name)
  })

  test.each(['', '1a', '_a', 'Colour', 'a-b', 'a.b', 'a b', '__proto__', 'a'.repeat(41), 'ä', 'a\n'])(
    '%j is not a valid field name',
    name => {
      expect(parseOrUndefined(fieldName, name)).toBeUndefined()
    },
  )

  test('a customer id is a UUID, normalised to lower case', () => {
    const id = '6BA7B810-9DAD-51D1-80B4-00C04FD430C8'
    expect(parseOrUndefined(customerId, id)).toBe(id.toLowerCase())
    for (const invalid of ['', 'x', id.slice(1), `${id}0`, `{${id}}`, `${id}\n`, 7])
      expect(parseOrUndefined(customerId, invalid)).toBeUndefined()
  })
})

describe('queries', () => {
  test.each<[unknown, number | undefined]>([
    [{}, 25],
    [{ limit: '1' }, 1],
    [{ limit: '100' }, 100],
    [{ limit: '0' }, undefined],
    [{ limit: '101' }, undefined],
    [{ limit: '1000000000' }, undefined],
    [{ limit: '-1' }, undefined],
    [{ limit: '1.5' }, undefined],
    [{ limit: '' }, undefined],
    [{ limit: ' ' }, undefined],
    [{ limit: 'ten' }, undefined],
    [{ limit: 'Infinity' }, undefined],
  ])('%j has the page size %j', (query, limit) => {
    expect(parseOrUndefined(pageQuery, query)?.limit).toBe(limit)
    expect(parseOrUndefined(listQuery, query)?.limit).toBe(limit)
  })

  test.each<[unknown, string[]]>([
    [{ type: 'robot' }, ['?type']],
    [{ state: 'purged' }, ['?state']],
    [{ as_of: 'yesterday', known_at: '1999-02-30' }, ['?as_of', '?known_at']],
    [{ changed_since: '' }, ['?changed_since']],
    [{ surname: 'Ann' }, ['?surname']],
    [{ surname: '\u0000' }, ['?surname']],
    [{ 'detail.': 'x' }, ['?detail.']],
    [{ 'detail.Colour': 'x' }, ['?detail.Colour']],
    [{ 'detail.a.b': 'x' }, ['?detail.a.b']],
    [{ 'detail.colour': '' }, ['?detail.colour']],
    [{ q: '' }, ['?q']],
    [{ q: 'a\u202eb' }, ['?q']],
    [{ constructor: 'x' }, ['?constructor']],
    [{ cursor: 'a'.repeat(2001) }, ['?cursor']],
    [{ 'detail.colour': 'red', limit: '5', q: 'Ann' }, []],
  ])('a list query %j is refused at %j', (query, pointers) => {
    expect(toErrorPointers(listQuery, query, '?')).toEqual(pointers)
  })

  test('a diff query needs a start', () => {
    expect(toErrorPointers(diffQuery, {}, '?')).toEqual(['?from'])
    expect(parseOrUndefined(diffQuery, { from: '2026-01-01' })).toEqual({ from: '2026-01-01T00:00:00.000Z', limit: 25 })
    expect(toErrorPointers(readQuery, { consistent: 'yes', limit: '5' }, '?')).toEqual(['?consistent', '?limit'])
  })
})
