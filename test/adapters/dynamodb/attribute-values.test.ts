import { marshall, unmarshall } from '@aws-sdk/util-dynamodb'
import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { fromAttributes, toAttributes, UnsupportedValue } from '#adapters/dynamodb/attribute-values.ts'

const number = fc
  .oneof(fc.integer(), fc.maxSafeInteger(), fc.double({ noNaN: true, noDefaultInfinity: true }))
  .filter(value => Math.abs(value) <= Number.MAX_SAFE_INTEGER)
/** Assigning `__proto__` to an object gives it another prototype. */
const memberName = fc.string().filter(name => name !== '__proto__')
const item = fc.dictionary(
  memberName,
  fc.letrec(tie => ({
    value: fc.oneof(
      { maxDepth: 4 },
      fc.string({ unit: 'binary' }),
      number,
      fc.boolean(),
      fc.constantFrom(null, undefined),
      fc.uniqueArray(fc.string(), { minLength: 1 }).map(texts => new Set(texts)),
      fc.array(tie('value')),
      fc.dictionary(memberName, tie('value')),
    ),
  })).value,
)
const plain = item.map(value => Object.assign({}, value))

test('items are encoded as the SDK encodes them', () => {
  fc.assert(
    fc.property(plain, value => {
      expect(toAttributes(value)).toEqual(marshall(value, { removeUndefinedValues: true }))
    }),
  )
})

test('items are decoded as the SDK decodes them', () => {
  fc.assert(
    fc.property(plain, value => {
      const attributes = marshall(value, { removeUndefinedValues: true })
      expect(fromAttributes(JSON.parse(JSON.stringify(attributes)))).toEqual(unmarshall(attributes))
    }),
  )
})

test.each([
  ['a large integer', { N: '123456789012345678901234567890' }],
  ['a set of texts', { SS: ['a', 'b'] }],
  ['a set of numbers', { NS: ['1', '2.5'] }],
])('%s is decoded as the SDK decodes it', (_, value) => {
  expect(fromAttributes({ value })).toEqual(unmarshall({ value }))
})

test('bytes are decoded as the SDK decodes them', () => {
  const bytes = new Uint8Array([0, 128, 255])
  const base64 = Buffer.from(bytes).toString('base64')
  expect(fromAttributes({ one: { B: base64 }, all: { BS: [base64] } })).toEqual(
    unmarshall({ one: { B: bytes }, all: { BS: [bytes] } }),
  )
  expect(fromAttributes({ one: { B: bytes }, all: { BS: [bytes] } })).toEqual(
    unmarshall({ one: { B: bytes }, all: { BS: [bytes] } }),
  )
})

test.each([
  ['bytes', new Uint8Array(1)],
  ['a set of numbers', new Set([1])],
  ['a set of texts and others', new Set(['a', 1])],
  ['an empty set', new Set()],
  ['a big integer', 1n],
  ['a number that is not exact', 2 ** 53],
  ['no number', Number.NaN],
  ['infinity', Number.POSITIVE_INFINITY],
  ['an instance of a class', new Date(0)],
])('%s is left to the SDK', (_, value) => {
  expect(() => toAttributes({ list: [{ value }] })).toThrow(UnsupportedValue)
})
