import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { DynamoBatchStore } from '#adapters/dynamodb/batch-store.ts'
import { DynamoRateLimiter } from '#adapters/dynamodb/rate-limiter.ts'
import { createTables } from '#adapters/dynamodb/schema.ts'
import { connect } from '#adapters/dynamodb/tables.ts'
import type { StoredBatch } from '#domain/batches/port.ts'
import { startEngine, TABLE_NAMES, type TestEngine } from './engine.ts'

let engine: TestEngine
beforeAll(async () => {
  engine = await startEngine()
})
afterAll(() => engine.stop())

const DAY = '2026-11-21'

describe('a budget', () => {
  const spend = (budget: string, day = DAY, limit = 3) =>
    new DynamoRateLimiter(engine.tables()).consume(budget, day, limit)

  test('is spent once for each time, until there is none left', async () => {
    const spent: boolean[] = []
    for (let n = 0; n < 5; n++) spent.push(await spend('a'))
    expect(spent).toEqual([true, true, true, false, false])
  })

  test('is for one name and one day alone', async () => {
    for (let n = 0; n < 4; n++) await spend('b')
    expect(await spend('b')).toBe(false)
    expect([await spend('c'), await spend('b', '2026-11-22')]).toEqual([true, true])
  })

  test('is not overspent by those who come at the same time', async () => {
    const spent = await Promise.all(Array.from({ length: 20 }, () => spend('d', DAY, 7)))
    expect(spent.filter(Boolean)).toHaveLength(7)
  })

  test('leaves the table by itself, after its day', async () => {
    await spend('e')
    const { Item } = await engine.tables().get({ TableName: TABLE_NAMES.views, Key: { pk: `budget#${DAY}`, sk: 'e' } })
    const expires = Number(Item?.expires_at) * 1000
    expect(expires).toBeGreaterThan(Date.parse(DAY) + 86_400_000)
    expect(expires).toBeLessThan(Date.parse(DAY) + 7 * 86_400_000)
  })
})

describe('a batch', () => {
  const stored = (id: string, said = 'digest'): StoredBatch => ({
    said,
    batch: {
      id,
      source: 'people',
      actor: 'agent',
      at: `${DAY}T00:00:00.000Z`,
      location: 'loc1',
      rows: 2,
      created: 1,
      updated: 0,
      deleted: 0,
      restored: 0,
      unchanged: 0,
      refused: 1,
      results: [
        { row: 1, id: randomUUID(), outcome: 'created', problem: null, likely_duplicates: [] },
        { row: 2, id: null, outcome: 'refused', problem: '#/dob is in the future', likely_duplicates: [] },
      ],
    },
  })

  test('is read as it was kept', async () => {
    const store = new DynamoBatchStore(engine.tables())
    const one = stored(randomUUID())
    await store.putBatch(one)
    expect(await store.batch(one.batch.id)).toEqual(one)
  })

  test('that was kept first stays', async () => {
    const store = new DynamoBatchStore(engine.tables())
    const one = stored(randomUUID())
    await store.putBatch(one)
    await store.putBatch(stored(one.batch.id, 'another'))
    expect(await store.batch(one.batch.id)).toEqual(one)
  })

  test('that is not there is null', async () => {
    expect(await new DynamoBatchStore(engine.tables()).batch(randomUUID())).toBeNull()
  })
})

test('tables that are there are left as they are', async () => {
  const client = connect({ endpoint: engine.endpoint })
  await engine.tables().put({ TableName: TABLE_NAMES.views, Item: { pk: 'kept', sk: 'kept' } })
  await createTables(client, TABLE_NAMES)
  client.destroy()
  expect(
    (await engine.tables().get({ TableName: TABLE_NAMES.views, Key: { pk: 'kept', sk: 'kept' } })).Item,
  ).toBeDefined()
})

test('tables answer when they are there, and throw when they are not', async () => {
  expect(await engine.tables().answers()).toBe(true)
  await expect(engine.tables({ registry: 'registry', views: 'none' }).answers()).rejects.toThrow()
})
