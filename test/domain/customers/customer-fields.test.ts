import { describe, expect, test } from '@jest/globals'
import type { Statement } from '#contract/schemas/customer.ts'
import { type Field, field as fieldSchema } from '#contract/schemas/field.ts'
import { flattenFields, validatePatch, validateState } from '#domain/customers/customer-fields.ts'
import type { State } from '#domain/records/version.ts'

const NOW = '2026-06-01T12:00:00.000Z'

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

const pointers = (statement: Statement & { valid_from?: string }) =>
  validatePatch(statement, FIELDS, { now: NOW, actor: 'ada' }).map(({ pointer }) => pointer)

describe('a statement', () => {
  test.each<[Statement & { valid_from?: string }, string[]]>([
    [{}, []],
    [{ dob: '2026-06-01' }, []],
    [{ dob: '2026-06-02' }, ['#/dob']],
    [{ dob: '2026-06' }, []],
    [{ dob: '2026-07' }, ['#/dob']],
    [{ dob: '2026' }, []],
    [{ dob: '2027' }, ['#/dob']],
    [{ dob: null }, []],
    [{ valid_from: NOW }, []],
    [{ valid_from: '2026-06-01T12:00:00.001Z' }, ['#/valid_from']],
    [{ details: { colour: 'red', amount: 0, member: false, since: '1999' } }, []],
    [{ details: { colour: null, amount: null, member: null, since: null } }, []],
    [
      { details: { colour: 1, amount: '1', member: 'true', since: 1999 } },
      ['#/details/colour', '#/details/amount', '#/details/member', '#/details/since'],
    ],
    [{ details: { since: '1999-02-30' } }, ['#/details/since']],
    [{ details: { shape: 'round', constructor: 'x' } }, ['#/details/shape', '#/details/constructor']],
    [{ details: { shape: null } }, ['#/details/shape']],
    [
      { dob: '2027', valid_from: '2027-01-01T00:00:00.000Z', details: { shape: 'round' } },
      ['#/valid_from', '#/dob', '#/details/shape'],
    ],
  ])('%j is refused with all its faults: %j', (statement, expected) => {
    expect(pointers(statement).sort()).toEqual(expected.sort())
  })

  test('is flattened to one field per detail, without undefined members', () => {
    const statement = {
      surname: 'Ann',
      dob: null,
      given_name: undefined,
      details: { colour: 'red', amount: null },
    } as Statement
    expect(flattenFields(statement, new Map())).toEqual({
      surname: 'Ann',
      dob: null,
      'details.colour': 'red',
      'details.amount': null,
    })
    expect(Object.keys(flattenFields(statement, new Map()))).not.toContain('given_name')
  })
})

describe('a customer', () => {
  test.each<[State, number]>([
    [{ surname: 'Lee' }, 0],
    [{ given_name: 'Ann' }, 0],
    [{ document_number: '7' }, 0],
    [{}, 1],
    [{ type: 'PERSON', state: 'active', dob: '1999', 'details.surname': 'Lee' }, 1],
  ])('%j has %d faults', (state, faults) => {
    expect(validateState(state)).toHaveLength(faults)
  })

  test('is at most 64 KB, counted in bytes', () => {
    const filled = (character: string, count: number): State =>
      Object.fromEntries([
        ['surname', 'Lee'],
        ...Array.from({ length: 64 }, (_, n) => [`details.f${n}`, character.repeat(count)]),
      ])
    expect(validateState(filled('a', 1000))).toHaveLength(0)
    expect(validateState(filled('é', 1000))).toHaveLength(1)
  })
})
