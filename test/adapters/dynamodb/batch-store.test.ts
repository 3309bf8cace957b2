import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { DynamoBatchStore } from '#adapters/dynamodb/batch-store.ts'
import type { BatchStore, StoredBatch } from '#domain/batches/port.ts'
import { MemoryBatchStore } from '#test/in-memory/batch-store.ts'
import { startEngine, type TestEngine } from './engine.ts'

let engine: TestEngine
beforeAll(async () => {
  engine = await startEngine()
})
afterAll(() => engine.stop())

const stores = {
  DynamoDB: (): BatchStore => new DynamoBatchStore(engine.tables()),
  memory: (): BatchStore => new MemoryBatchStore(),
}

function batchOf(id: string, created: number): StoredBatch {
  const counts = { rows: created, created, updated: 0, deleted: 0, restored: 0, unchanged: 0, refused: 0 }
  const about = { id, source: 'crm', actor: 'agent', at: '2026-06-01T12:00:00.000Z', location: 'loc1', dry_run: false }
  return { batch: { ...about, ...counts, results: [] }, said: 'digest' }
}

describe.each(Object.entries(stores))('%s', (_, connect) => {
  let store: BatchStore
  let id: string
  beforeEach(() => {
    store = connect()
    id = randomUUID()
  })

  test('has no batch that was not put', async () => {
    await store.claim(id, 'digest')
    expect(await store.batch(id)).toBeNull()
  })

  test('keeps the results that were put first', async () => {
    await store.putBatch(batchOf(id, 1))
    await store.putBatch(batchOf(id, 2))
    expect(await store.batch(id)).toEqual(batchOf(id, 1))
    expect(await store.batch(randomUUID())).toBeNull()
  })

  test('gives a batch id to the first request, again and again, and to no other', async () => {
    const claims = await Promise.all(['a', 'b', 'c'].map(digest => store.claim(id, digest)))
    expect(claims.filter(Boolean)).toHaveLength(1)
    for (const [n, digest] of ['a', 'b', 'c'].entries()) expect(await store.claim(id, digest)).toBe(claims[n])
    expect(await store.claim(randomUUID(), 'b')).toBe(true)
  })

  test('keeps claim and results apart', async () => {
    await store.putBatch(batchOf(id, 1))
    expect(await store.claim(id, 'another digest')).toBe(true)
    expect(await store.batch(id)).toEqual(batchOf(id, 1))
  })
})
