import { beforeEach, describe, expect, test } from '@jest/globals'
import { Gone, InvalidInput, KeyReused } from '#domain/errors.ts'
import { buy } from '#domain/purchases/buy.ts'
import { callAt } from '#test/in-memory/call.ts'
import { MemoryPurchaseStore } from '#test/in-memory/purchase-store.ts'

const CUSTOMER = '3f2b8d1e-6c54-4a8e-9d0f-7b1c2a3d4e5f'
const sent = { username: 'Ada', userid: 'u1', price: '19.99', timestamp: '2026-06-01T10:00:00Z' }
const { timestamp: _, ...undated } = sent

let store: MemoryPurchaseStore
beforeEach(() => {
  store = new MemoryPurchaseStore()
})

const post = (body: Parameters<typeof buy>[2], key?: string, seconds = 0, actor = 'agent') =>
  buy(store, callAt(seconds, { actor }), body, key, 'EUR')

describe('a purchase with a time of its own', () => {
  test('is stored as it was sent, in the currency of the registry', async () => {
    expect(await post(sent)).toEqual({
      id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-5/),
      username: 'Ada',
      userid: 'u1',
      price: '19.99',
      currency: 'EUR',
      timestamp: '2026-06-01T10:00:00.000Z',
    })
    expect(store.rows.size).toBe(1)
  })

  test('is the same when it is sent again, by whomever and in whatever words about the currency', async () => {
    const first = await post(sent)
    expect(await post(sent, undefined, 60, 'another agent')).toEqual(first)
    expect(await post({ ...sent, currency: 'EUR' })).toEqual(first)
    expect(store.rows.size).toBe(1)
  })

  test.each([
    ['user name', { username: 'Bob' }],
    ['user', { userid: 'u2' }],
    ['price', { price: '19.98' }],
    ['price in its notation', { price: '19.990' }],
    ['currency', { currency: 'USD' }],
    ['time', { timestamp: '2026-06-01T10:00:00.001Z' }],
    ['time by less than a millisecond', { timestamp: '2026-06-01T10:00:00.000001Z' }],
  ])('is another with another %s', async (_, change) => {
    await post(sent)
    await post({ ...sent, ...change })
    expect(store.rows.size).toBe(2)
  })

  test('may be a day ahead of the clock here, and no more', async () => {
    await post({ ...sent, timestamp: '2026-06-02T12:00:00Z' })
    await expect(post({ ...sent, timestamp: '2026-06-02T12:00:00.001Z' })).rejects.toThrow(InvalidInput)
    expect(store.rows.size).toBe(1)
  })
})

describe('a purchase without a time', () => {
  test('is refused without an idempotency key', async () => {
    await expect(post(undated)).rejects.toMatchObject({
      faults: [{ pointer: '#/timestamp', detail: expect.stringContaining('Idempotency-Key') }],
    })
    expect(store.rows.size).toBe(0)
  })

  test('was made when it came, and stays that when it comes again', async () => {
    const first = await post(undated, 'k', 1)
    expect(first.timestamp).toBe('2026-06-01T12:00:01.000Z')
    expect(await post(undated, 'k', 99)).toEqual(first)
    expect(store.rows.size).toBe(1)
  })
})

describe('an idempotency key', () => {
  test('tells two purchases apart that say the same', async () => {
    await post(sent, 'one')
    await post(sent, 'two')
    expect(store.rows.size).toBe(2)
  })

  test("is its caller's own", async () => {
    await post(sent, 'k', 0, 'ada')
    await post({ ...sent, price: '5' }, 'k', 0, 'bob')
    expect(store.rows.size).toBe(2)
  })

  test.each([
    ['price', { price: '5' }],
    ['user', { userid: 'u2' }],
    ['time', { timestamp: '2026-06-01T10:00:01Z' }],
  ])('that came before with another %s is refused, and nothing is stored', async (_, change) => {
    await post(sent, 'k')
    await expect(post({ ...sent, ...change }, 'k')).rejects.toThrow(KeyReused)
    expect(store.rows.size).toBe(1)
  })

  test('of a request that broke off half-way is good for the same again', async () => {
    const first = await post(sent, 'k')
    store.rows.clear()
    expect(await post(sent, 'k')).toEqual(first)
  })
})

test('in the name of a customer who was erased nothing can be bought', async () => {
  store.erasedCustomers.add(CUSTOMER)
  await expect(post({ ...sent, userid: CUSTOMER }, 'k')).rejects.toThrow(Gone)
  expect({ rows: store.rows.size, claims: store.claims.size }).toEqual({ rows: 0, claims: 0 })
})
