import { describe, expect, test } from '@jest/globals'
import { z } from 'zod'
import { openapi } from '#contract/openapi.ts'
import { buyBody, purchasesQuery, RawNumber, userParams } from '#contract/schemas/purchase.ts'
import { readJson } from '#domain/json.ts'
import { parseOrUndefined, toErrorPointers } from './parse.ts'

const valid = { username: 'Ada', userid: 'u1', price: '19.99', timestamp: '2026-05-31T14:00:00Z' }
const toRawNumber = (text: string) => new RawNumber(text)
const TOO_LONG = '1'.repeat(40)

describe('the price of a purchase', () => {
  test.each(['0', '0.00', '19.99', '19.990', '5', '0.000001', '999999999999.999999'])(
    '%s keeps every digit, as text and as a number',
    text => {
      expect(parseOrUndefined(buyBody, { ...valid, price: text })?.price).toBe(text)
      expect(parseOrUndefined(buyBody, { ...valid, price: toRawNumber(text) })?.price).toBe(text)
    },
  )

  test.each([
    ...['-0.00', '-5', '-0', '1e309', '1e2', '1E2', TOO_LONG, `0.${TOO_LONG}`, `0.1${'0'.repeat(38)}`],
    ...['1000000000000', '0.0000001'],
  ])('%s is refused, as text and as a number', text => {
    expect(toErrorPointers(buyBody, { ...valid, price: text })).toEqual(['#/price'])
    expect(toErrorPointers(buyBody, { ...valid, price: toRawNumber(text) })).toEqual(['#/price'])
  })

  test.each(['', ' ', 'NaN', 'Infinity', '+5', '.5', '5.', '05', '1,5', '1_000', '0x10', '１９', '5 ', '5\n', 'free'])(
    '%j is not a decimal number',
    price => {
      expect(toErrorPointers(buyBody, { ...valid, price })).toEqual(['#/price'])
    },
  )

  test.each([[null], [true], [[]], [{}], [5], [undefined]])('%p has the wrong type', price => {
    expect(toErrorPointers(buyBody, { ...valid, price })).toEqual(['#/price'])
  })
})

describe('a purchase', () => {
  test('keeps only known members', () => {
    const withUnknownMembers = { ...valid, id: 'mine', location: 'loc9', actor: 'somebody', price_in_words: 'twenty' }
    expect(parseOrUndefined(buyBody, withUnknownMembers)).toEqual(valid)
  })

  test('without members reports every required one at once', () => {
    expect(toErrorPointers(buyBody, {})).toEqual(['#/price', '#/userid', '#/username'])
  })

  test.each([
    '+275761-01-01T00:00:00Z',
    '275761-01-01',
    '8.64e15',
    '2026-02-30',
    '2026-05-31T14:00:00',
    'now',
    '',
    5,
    null,
  ])('with the timestamp %p is refused', timestamp => {
    expect(toErrorPointers(buyBody, { ...valid, timestamp })).toEqual(['#/timestamp'])
  })

  test.each(['eur', 'EURO', 'XYZ', '', '€', 978, null])('with the currency %p is refused', currency => {
    expect(toErrorPointers(buyBody, { ...valid, currency })).toEqual(['#/currency'])
  })

  test.each(['', '.', '..', 'a/b', 'a\\b', 'a\u0000', '\u202e', 'x'.repeat(101), 17])(
    'with the user id %j is refused',
    userid => {
      expect(toErrorPointers(buyBody, { ...valid, userid })).toEqual(['#/userid'])
    },
  )
})

test('a customer id as user id is normalised to lower case everywhere', () => {
  const id = '3F2B8D1E-6C54-4A8E-9D0F-7B1C2A3D4E5F'
  expect(parseOrUndefined(buyBody, { ...valid, userid: id })?.userid).toBe(id.toLowerCase())
  expect(parseOrUndefined(userParams, { user: id })?.user).toBe(id.toLowerCase())
  expect(parseOrUndefined(purchasesQuery, { user: id })?.user).toBe(id.toLowerCase())
  expect(parseOrUndefined(userParams, { user: 'U-4711' })?.user).toBe('U-4711')
})

test('the examples in the OpenAPI document make a valid purchase', () => {
  const document = z.object({
    components: z.object({
      schemas: z.object({
        Buy: z.object({ properties: z.record(z.string(), z.object({ examples: z.array(z.unknown()) })) }),
      }),
    }),
  })
  const { properties } = document.parse(openapi('1')).components.schemas.Buy
  expect(Object.keys(properties).sort()).toEqual(['currency', 'price', 'timestamp', 'userid', 'username'])
  const body = Object.fromEntries(Object.entries(properties).map(([name, { examples }]) => [name, examples.at(-1)]))
  const result = readJson(JSON.stringify(body), true)
  expect(toErrorPointers(buyBody, 'value' in result ? result.value : undefined)).toEqual([])
})
