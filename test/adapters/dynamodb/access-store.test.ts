import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { DynamoAccessStore } from '#adapters/dynamodb/access-store.ts'
import type { Access } from '#domain/audit/port.ts'
import { readAccesses } from './accesses.ts'
import { startEngine, TABLE_NAMES, type TestEngine } from './engine.ts'

let engine: TestEngine
beforeAll(async () => {
  engine = await startEngine()
})
afterAll(() => engine.stop())

const access = (at: string, overrides: Partial<Access> = {}): Access => ({
  at,
  request_id: randomUUID(),
  location: 'loc1',
  actor: 'public',
  action: 'lookup',
  outcome: 'listed',
  asked: { surname: 'hash-1', network: 'hash-2' },
  ...overrides,
})
const byTime = (a: Access, b: Access) => (a.at + a.request_id < b.at + b.request_id ? -1 : 1)

describe('an access record', () => {
  const store = () => new DynamoAccessStore(engine.tables())

  test('is stored under its day', async () => {
    const late = access('2026-01-01T23:59:59.999Z')
    const early = access('2026-01-02T00:00:00.000Z', { action: 'verifyLookup', outcome: 'not_valid', asked: {} })
    await Promise.all([store().record(late), store().record(early)])
    expect(await readAccesses(engine.tables(), '2026-01-01')).toEqual([late])
    expect(await readAccesses(engine.tables(), '2026-01-02')).toEqual([early])
  })

  test('is stored once per request, with its first values', async () => {
    const record = access('2026-01-03T12:00:00.000Z')
    for (let tries = 0; tries < 3; tries++) await store().record(record)
    await store().record({ ...record, outcome: 'failed' })
    expect(await readAccesses(engine.tables(), '2026-01-03')).toEqual([record])
  })

  test('is stored beside others of the same time', async () => {
    const records = Array.from({ length: 60 }, () => access('2026-01-04T12:00:00.000Z'))
    await Promise.all(records.map(record => store().record(record)))
    expect((await readAccesses(engine.tables(), '2026-01-04')).sort(byTime)).toEqual(records.sort(byTime))
  })

  test('is distributed over all partitions of its day', async () => {
    const used = new Set<string>()
    for (let n = 0; n < 100; n++) {
      const record = access('2026-01-05T12:00:00.000Z')
      await store().record(record)
    }
    for (let shard = 0; shard < 8; shard++) {
      const { Count = 0 } = await engine.tables().query({
        TableName: TABLE_NAMES.registry,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': `access#2026-01-05#${shard}` },
      })
      if (Count > 0) used.add(String(shard))
    }
    expect(used.size).toBe(8)
  })

  test('that cannot be stored is an error', async () => {
    const unavailableStore = new DynamoAccessStore(engine.tables({ registry: 'none', views: 'views' }))
    await expect(unavailableStore.record(access('2026-01-06T12:00:00.000Z'))).rejects.toThrow()
  })
})
