import { beforeEach, describe, expect, test } from '@jest/globals'
import { Gone, InvalidInput, KeyReused } from '#domain/errors.ts'
import { buy } from '#domain/purchases/buy.ts'
import { contextAt } from '#test/in-memory/context.ts'
import { MemoryPurchaseStore } from '#test/in-memory/purchase-store.ts'

const CUSTOMER = '3f2b8d1e-6c54-4a8e-9d0f-7b1c2a3d4e5f'
const dated = { username: 'Ada', userid: 'u1', price: '19.99', timestamp: '2026-06-01T10:00:00Z' }
const { timestamp: _, ...undated } = dated

let store: MemoryPurchaseStore
beforeEach(() => {
  store = new MemoryPurchaseStore()
})

const post = (body: Parameters<typeof buy>[2], key?: string, seconds = 0, actor = 'agent') =>
  buy(store, contextAt(seconds, { actor }), body, key, 'EUR')

describe('a purchase with a timestamp', () => {
  test('is stored as sent, in the currency of the registry', async () => {
    expect(await post(dated)).toEqual({
      id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-5/),
      username: 'Ada',
      userid: 'u1',
      price: '19.99',
      currency: 'EUR',
      timestamp: '2026-06-01T10:00:00.000Z',
    })
    expect(store.rows.size).toBe(1)
  })

  test('sent again is the same purchase, by any caller and with the default currency stated', async () => {
    const first = await post(dated)
    expect(await post(dated, undefined, 60, 'another agent')).toEqual(first)
    expect(await post({ ...dated, currency: 'EUR' })).toEqual(first)
    expect(store.rows.size).toBe(1)
  })

  test.each([
    ['user name', { username: 'Bob' }],
    ['user id', { userid: 'u2' }],
    ['price', { price: '19.98' }],
    ['currency', { currency: 'USD' }],
    ['timestamp', { timestamp: '2026-06-01T10:00:00.001Z' }],
    ['timestamp, by less than a millisecond', { timestamp: '2026-06-01T10:00:00.000001Z' }],
  ])('is a different purchase with another %s', async (_, change) => {
    await post(dated)
    await post({ ...dated, ...change })
    expect(store.rows.size).toBe(2)
  })

  test.each([
    ['zeros after the price', '19.99', '19.990'],
    ['no zero after the price', '19.90', '19.9'],
    ['a whole price with decimals', '20', '20.00'],
    ['zero with decimals', '0', '0.00'],
    ['a price as a whole number', '100', '100.000000'],
  ])('written with %s is the same purchase', async (_, price, other) => {
    const first = await post({ ...dated, price })
    expect(await post({ ...dated, price: other })).toEqual(first)
    expect(await post({ ...dated, price }, 'k')).toEqual(await post({ ...dated, price: other }, 'k'))
    expect(store.rows.size).toBe(2)
  })

  test.each([
    ['milliseconds', '2026-06-01T10:00:00Z', '2026-06-01T10:00:00.000Z'],
    ['an offset', '2026-06-01T10:00:00Z', '2026-06-01T12:00:00+02:00'],
    ['no seconds', '2026-06-01T10:00:00Z', '2026-06-01T10:00Z'],
    ['a date', '2026-06-01T00:00:00Z', '2026-06-01'],
    ['the end of the day before', '2026-06-01T00:00:00Z', '2026-05-31T24:00:00Z'],
    ['a longer fraction', '2026-06-01T10:00:00.5Z', '2026-06-01T10:00:00.500000Z'],
    ['a fraction and an offset', '2026-06-01T10:00:00.0001Z', '2026-06-01T05:30:00.0001000-04:30'],
  ])('written with %s is the same purchase', async (_, timestamp, other) => {
    const first = await post({ ...dated, timestamp })
    expect(await post({ ...dated, timestamp: other })).toEqual(first)
    expect(await post({ ...dated, timestamp }, 'k')).toEqual(await post({ ...dated, timestamp: other }, 'k'))
    expect(store.rows.size).toBe(2)
  })

  test('keeps the price as it was written first', async () => {
    await post({ ...dated, price: '19.90' })
    expect((await post({ ...dated, price: '19.9' })).price).toBe('19.90')
  })

  test('may have more decimals than coins of the currency', async () => {
    const first = await post({ ...dated, price: '10.50', currency: 'JPY' })
    expect([first.price, first.currency]).toEqual(['10.50', 'JPY'])
  })

  test('may be at most a day ahead of the clock', async () => {
    await post({ ...dated, timestamp: '2026-06-02T12:00:00Z' })
    await expect(post({ ...dated, timestamp: '2026-06-02T12:00:00.001Z' })).rejects.toThrow(InvalidInput)
    expect(store.rows.size).toBe(1)
  })
})

describe('a purchase without a timestamp', () => {
  test('is refused without an idempotency key', async () => {
    await expect(post(undated)).rejects.toMatchObject({
      faults: [{ pointer: '#/timestamp', detail: expect.stringContaining('Idempotency-Key') }],
    })
    expect(store.rows.size).toBe(0)
  })

  test('keeps the time of its first arrival when it is sent again', async () => {
    const first = await post(undated, 'k', 1)
    expect(first.timestamp).toBe('2026-06-01T12:00:01.000Z')
    expect(await post(undated, 'k', 99)).toEqual(first)
    expect(store.rows.size).toBe(1)
  })
})

describe('an idempotency key', () => {
  test('distinguishes two equal purchases', async () => {
    await post(dated, 'one')
    await post(dated, 'two')
    expect(store.rows.size).toBe(2)
  })

  test('belongs to its caller', async () => {
    await post(dated, 'k', 0, 'ada')
    await post({ ...dated, price: '5' }, 'k', 0, 'bob')
    expect(store.rows.size).toBe(2)
  })

  test.each([
    ['price', { price: '5' }],
    ['user id', { userid: 'u2' }],
    ['timestamp', { timestamp: '2026-06-01T10:00:01Z' }],
  ])('used before with another %s is refused, and nothing is stored', async (_, change) => {
    await post(dated, 'k')
    await expect(post({ ...dated, ...change }, 'k')).rejects.toThrow(KeyReused)
    expect(store.rows.size).toBe(1)
  })

  test('of an interrupted request can be used again for the same purchase', async () => {
    const first = await post(dated, 'k')
    store.rows.clear()
    expect(await post(dated, 'k')).toEqual(first)
  })
})

test('a purchase for an erased customer is refused', async () => {
  store.erasedCustomers.add(CUSTOMER)
  await expect(post({ ...dated, userid: CUSTOMER }, 'k')).rejects.toThrow(Gone)
  expect({ rows: store.rows.size, claims: store.claims.size }).toEqual({ rows: 0, claims: 0 })
})
