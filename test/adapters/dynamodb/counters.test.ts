import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { DynamoBatchStore } from '#adapters/dynamodb/batch-store.ts'
import { DynamoRateLimiter } from '#adapters/dynamodb/rate-limiter.ts'
import { createTables } from '#adapters/dynamodb/schema.ts'
import { connect } from '#adapters/dynamodb/sdk-documents.ts'
import type { StoredBatch } from '#domain/batches/port.ts'
import { startEngine, TABLE_NAMES, type TestEngine } from './engine.ts'

let engine: TestEngine
beforeAll(async () => {
  engine = await startEngine()
})
afterAll(() => engine.stop())

const DAY = '2026-11-21'

describe('a budget', () => {
  const consume = (budget: string, day = DAY, limit = 3) =>
    new DynamoRateLimiter(engine.tables()).consume(budget, day, limit)

  test('can be consumed up to its limit', async () => {
    const results: boolean[] = []
    for (let n = 0; n < 5; n++) results.push(await consume('a'))
    expect(results).toEqual([true, true, true, false, false])
  })

  test('is separate for each name and day', async () => {
    for (let n = 0; n < 4; n++) await consume('b')
    expect(await consume('b')).toBe(false)
    expect([await consume('c'), await consume('b', '2026-11-22')]).toEqual([true, true])
  })

  test('is not exceeded by concurrent requests', async () => {
    const results = await Promise.all(Array.from({ length: 20 }, () => consume('d', DAY, 7)))
    expect(results.filter(Boolean)).toHaveLength(7)
  })

  test('expires after its day', async () => {
    await consume('e')
    const { Item } = await engine.tables().get({ TableName: TABLE_NAMES.views, Key: { pk: `budget#${DAY}`, sk: 'e' } })
    const expires = Number(Item?.expires_at) * 1000
    expect(expires).toBeGreaterThan(Date.parse(DAY) + 86_400_000)
    expect(expires).toBeLessThan(Date.parse(DAY) + 7 * 86_400_000)
  })
})

describe('a batch', () => {
  const createBatch = (id: string, digest = 'digest'): StoredBatch => ({
    said: digest,
    batch: {
      id,
      source: 'people',
      actor: 'agent',
      at: `${DAY}T00:00:00.000Z`,
      location: 'loc1',
      dry_run: false,
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

  test('is read back as stored', async () => {
    const store = new DynamoBatchStore(engine.tables())
    const batch = createBatch(randomUUID())
    await store.putBatch(batch)
    expect(await store.batch(batch.batch.id)).toEqual(batch)
  })

  test('that was stored first is not replaced', async () => {
    const store = new DynamoBatchStore(engine.tables())
    const batch = createBatch(randomUUID())
    await store.putBatch(batch)
    await store.putBatch(createBatch(batch.batch.id, 'another'))
    expect(await store.batch(batch.batch.id)).toEqual(batch)
  })

  test('that is unknown is null', async () => {
    expect(await new DynamoBatchStore(engine.tables()).batch(randomUUID())).toBeNull()
  })
})

test('existing tables are left unchanged', async () => {
  const client = connect({ endpoint: engine.endpoint })
  await engine.tables().put({ TableName: TABLE_NAMES.views, Item: { pk: 'kept', sk: 'kept' } })
  await createTables(client, TABLE_NAMES)
  client.destroy()
  expect(
    (await engine.tables().get({ TableName: TABLE_NAMES.views, Key: { pk: 'kept', sk: 'kept' } })).Item,
  ).toBeDefined()
})

test('the health check succeeds for existing tables and throws for missing ones', async () => {
  expect(await engine.tables().answers()).toBe(true)
  await expect(engine.tables({ registry: 'registry', views: 'none' }).answers()).rejects.toThrow()
})
