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
import { taken, toPointers } from './faults-of.ts'

const json = (text: string): unknown => JSON.parse(text)

describe('a statement about a customer', () => {
  test('may say nothing, anything in part, and clear what is not its type', () => {
    expect(taken(createBody, {})).toEqual({})
    const cleared = { surname: null, given_name: null, dob: null, document_number: null, details: { colour: null } }
    expect(taken(createBody, cleared)).toEqual(cleared)
  })

  test.each<[unknown, string[]]>([
    [{ surnam: 'Ann' }, ['#/surnam']],
    [{ id: 'x', state: 'deleted', version: 'v' }, ['#/id', '#/state', '#/version']],
    [{ 'a/b': 1, 'c~d': 2 }, ['#/a~1b', '#/c~0d']],
    [json('{"__proto__": {"surname": "x"}}'), ['#/__proto__']],
    [
      json('{"constructor": 1, "toString": 2, "hasOwnProperty": 3}'),
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
    [{ details: { amount: json('1e309') } }, ['#/details/amount']],
    [{ surname: 1, given_name: 2, dob: 'x', other: 3 }, ['#/dob', '#/given_name', '#/other', '#/surname']],
    [[], ['#']],
    ['text', ['#']],
    [null, ['#']],
    [undefined, ['#']],
  ])('%j is refused at %j, all at once', (body, pointers) => {
    expect(toPointers(createBody, body)).toEqual(pointers)
  })

  test('details may have the names of what every object has', () => {
    const details = { constructor: 'x', to_string: 1 }
    expect(taken(createBody, { details })).toEqual({ details })
  })

  test('a thousand levels deep is refused like any other detail', () => {
    expect(toPointers(createBody, { details: json(`${'{"a":'.repeat(1000)}1${'}'.repeat(1000)}`) })).toEqual([
      '#/details/a',
    ])
  })

  test('of a batch has the key that its source gave', () => {
    expect(toPointers(batchRow, { surname: 'Ann' })).toEqual(['#/id'])
    expect(toPointers(batchRow, { id: '', surname: 'Ann' })).toEqual(['#/id'])
    expect(toPointers(batchRow, { id: 7, surname: 'Ann' })).toEqual(['#/id'])
    expect(toPointers(batchRow, { id: 'a'.repeat(201) })).toEqual(['#/id'])
    expect(taken(batchRow, { id: '7', action: 'delete', valid_from: '2026-01-01' })).toEqual({
      id: '7',
      action: 'delete',
      valid_from: '2026-01-01T00:00:00.000Z',
    })
    expect(toPointers(batchRow, { id: '7', action: 'drop', valid_to: '2026-01-01' })).toEqual([
      '#/action',
      '#/valid_to',
    ])
    expect(taken(batchRow, { id: ' 7 ', surname: 'Ann' })).toEqual({ id: '7', surname: 'Ann' })
    expect(toPointers(batchQuery, {}, '?')).toEqual(['?source'])
  })
})

describe('names', () => {
  test.each(['a', 'colour', 'a1_b', 'a'.repeat(40)])('%s is one of a field', name => {
    expect(taken(fieldName, name)).toBe(name)
  })

  test.each(['', '1a', '_a', 'Colour', 'a-b', 'a.b', 'a b', '__proto__', 'a'.repeat(41), 'ä', 'a\n'])(
    '%j is none of a field',
    name => {
      expect(taken(fieldName, name)).toBeUndefined()
    },
  )

  test('an id of a customer is a UUID, in small letters', () => {
    const id = '6BA7B810-9DAD-51D1-80B4-00C04FD430C8'
    expect(taken(customerId, id)).toBe(id.toLowerCase())
    for (const none of ['', 'x', id.slice(1), `${id}0`, `{${id}}`, `${id}\n`, 7])
      expect(taken(customerId, none)).toBeUndefined()
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
  ])('%j pages by %j', (query, limit) => {
    expect(taken(pageQuery, query)?.limit).toBe(limit)
    expect(taken(listQuery, query)?.limit).toBe(limit)
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
  ])('the list refuses %j at %j', (query, pointers) => {
    expect(toPointers(listQuery, query, '?')).toEqual(pointers)
  })

  test('an interval has a beginning', () => {
    expect(toPointers(diffQuery, {}, '?')).toEqual(['?from'])
    expect(taken(diffQuery, { from: '2026-01-01' })).toEqual({ from: '2026-01-01T00:00:00.000Z', limit: 25 })
    expect(toPointers(readQuery, { consistent: 'yes', limit: '5' }, '?')).toEqual(['?consistent', '?limit'])
  })
})
