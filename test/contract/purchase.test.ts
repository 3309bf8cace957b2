import { describe, expect, test } from '@jest/globals'
import { z } from 'zod'
import { RawNumber, readJson } from '#contract/json.ts'
import { openapi } from '#contract/openapi.ts'
import { buyBody, purchasesQuery, userParams } from '#contract/schemas/purchase.ts'
import { taken, toPointers } from './faults-of.ts'

const sound = { username: 'Ada', userid: 'u1', price: '19.99', timestamp: '2026-05-31T14:00:00Z' }
const number = (text: string) => new RawNumber(text)
const TOO_LONG = '1'.repeat(40)

describe('the price of a purchase', () => {
  test.each(['0', '0.00', '19.99', '19.990', '5', '0.000001', '999999999999.999999'])(
    '%s is taken with every digit, as text and as a number',
    text => {
      expect(taken(buyBody, { ...sound, price: text })?.price).toBe(text)
      expect(taken(buyBody, { ...sound, price: number(text) })?.price).toBe(text)
    },
  )

  test.each([
    ...['-0.00', '-5', '-0', '1e309', '1e2', '1E2', TOO_LONG, `0.${TOO_LONG}`, `0.1${'0'.repeat(38)}`],
    ...['1000000000000', '0.0000001'],
  ])('%s is refused, as text and as a number', text => {
    expect(toPointers(buyBody, { ...sound, price: text })).toEqual(['#/price'])
    expect(toPointers(buyBody, { ...sound, price: number(text) })).toEqual(['#/price'])
  })

  test.each(['', ' ', 'NaN', 'Infinity', '+5', '.5', '5.', '05', '1,5', '1_000', '0x10', '１９', '5 ', '5\n', 'free'])(
    '%j is no decimal',
    price => {
      expect(toPointers(buyBody, { ...sound, price })).toEqual(['#/price'])
    },
  )

  test.each([[null], [true], [[]], [{}], [5], [undefined]])('%p is nothing of the kind', price => {
    expect(toPointers(buyBody, { ...sound, price })).toEqual(['#/price'])
  })
})

describe('a purchase', () => {
  test('is made of the known members alone', () => {
    const said = { ...sound, id: 'mine', location: 'loc9', actor: 'somebody', price_in_words: 'twenty' }
    expect(taken(buyBody, said)).toEqual(sound)
  })

  test('lacks everything that is missing at once, but for the currency and the time', () => {
    expect(toPointers(buyBody, {})).toEqual(['#/price', '#/userid', '#/username'])
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
  ])('made at %p is refused', timestamp => {
    expect(toPointers(buyBody, { ...sound, timestamp })).toEqual(['#/timestamp'])
  })

  test.each(['eur', 'EURO', 'XYZ', '', '€', 978, null])('paid in %p is refused', currency => {
    expect(toPointers(buyBody, { ...sound, currency })).toEqual(['#/currency'])
  })

  test.each(['', '.', '..', 'a/b', 'a\\b', 'a\u0000', '\u202e', 'x'.repeat(101), 17])(
    'of the user %j is refused',
    userid => {
      expect(toPointers(buyBody, { ...sound, userid })).toEqual(['#/userid'])
    },
  )
})

test("a customer's id is the same user in whatever case, wherever it is said", () => {
  const id = '3F2B8D1E-6C54-4A8E-9D0F-7B1C2A3D4E5F'
  expect(taken(buyBody, { ...sound, userid: id })?.userid).toBe(id.toLowerCase())
  expect(taken(userParams, { user: id })?.user).toBe(id.toLowerCase())
  expect(taken(purchasesQuery, { user: id })?.user).toBe(id.toLowerCase())
  expect(taken(userParams, { user: 'U-4711' })?.user).toBe('U-4711')
})

test('the examples of the document make a purchase', () => {
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
  const read = readJson(JSON.stringify(body), true)
  expect(toPointers(buyBody, 'value' in read ? read.value : undefined)).toEqual([])
})
