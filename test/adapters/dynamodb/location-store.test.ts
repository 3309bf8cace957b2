import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { DynamoLocationStore } from '#adapters/dynamodb/location-store.ts'
import type { Heartbeat, LocationStore } from '#domain/locations/port.ts'
import { MemoryLocationStore } from '#test/in-memory/location-store.ts'
import { startEngine, type TestEngine } from './engine.ts'

const at = (second: number) => `2026-06-01T12:00:${String(second).padStart(2, '0')}.000Z`

const heartbeatOf = (name: string, second: number, more: Partial<Heartbeat> = {}): Heartbeat => ({
  ...{ name, sent: at(second), seen: { loc9: at(0) }, index_lag_ms: null, conflicts: 0, drift: null },
  ...more,
})

const byName = (a: { name: string }, b: { name: string }) => (a.name < b.name ? -1 : 1)

let engine: TestEngine
// Each test has empty tables.
beforeEach(async () => {
  engine = await startEngine()
})
afterEach(() => engine.stop())

const stores = {
  DynamoDB: (): LocationStore => new DynamoLocationStore(engine.tables()),
  memory: (): LocationStore => new MemoryLocationStore(),
}

describe.each(Object.entries(stores))('%s', (_, connect) => {
  let store: LocationStore
  beforeEach(() => {
    store = connect()
  })

  test('has nothing to say at first', async () => {
    expect(await store.heartbeats()).toEqual([])
    expect(await store.receivedHeartbeats()).toEqual([])
    expect(await store.reindexProgress()).toBeNull()
    expect(await store.localStatus()).toEqual({ probed: null, answered: null, lag_ms: null, drift: null, read: null })
  })

  test('keeps the last heartbeat of each location, until it is removed', async () => {
    const later = heartbeatOf('loc1', 2, { seen: { loc2: at(1) }, index_lag_ms: 5, conflicts: 3, drift: 1 })
    for (const heartbeat of [heartbeatOf('loc2', 1), heartbeatOf('loc1', 1), later]) await store.putHeartbeat(heartbeat)
    expect((await store.heartbeats()).sort(byName)).toEqual([later, heartbeatOf('loc2', 1)])
    await store.removeHeartbeat('loc1')
    await store.removeHeartbeat('loc3')
    expect(await store.heartbeats()).toEqual([heartbeatOf('loc2', 1)])
  })

  test('keeps when the last heartbeat of each location arrived', async () => {
    await store.recordArrival('loc2', at(1), at(2))
    await store.recordArrival('loc3', at(1), at(3))
    await store.recordArrival('loc2', at(4), at(5))
    expect((await store.receivedHeartbeats()).sort(byName)).toEqual([
      { name: 'loc2', sent: at(4), received: at(5) },
      { name: 'loc3', sent: at(1), received: at(3) },
    ])
  })

  test('keeps the first unanswered probe, and the last answer with its lag', async () => {
    await store.probe(at(1), at(1))
    await store.probe(at(2), at(1))
    expect(await store.localStatus()).toMatchObject({ probed: at(1), answered: null, lag_ms: null })
    await store.answerProbe(at(2), at(5))
    expect(await store.localStatus()).toMatchObject({ probed: at(1), answered: at(2), lag_ms: 3000 })
    await store.answerProbe(at(6), at(5))
    expect(await store.localStatus()).toMatchObject({ answered: at(6), lag_ms: 0 })
  })

  test('keeps the position in the stream and the drift, each by itself', async () => {
    await store.recordDrift(0)
    await store.recordStreamPosition(at(1))
    expect(await store.localStatus()).toEqual({ probed: null, answered: null, lag_ms: null, drift: 0, read: at(1) })
    await store.recordDrift(4)
    await store.recordStreamPosition(at(2))
    expect(await store.localStatus()).toEqual({ probed: null, answered: null, lag_ms: null, drift: 4, read: at(2) })
  })

  test('keeps the progress of reindexing', async () => {
    const running = { searched: 'digest', place: { shard: 3, after: 'id' }, customers: 10, changed: 2 }
    await store.putReindexProgress(running)
    expect(await store.reindexProgress()).toEqual(running)
    await store.putReindexProgress({ ...running, place: null })
    expect(await store.reindexProgress()).toEqual({ ...running, place: null })
    expect(await store.localStatus()).toEqual({ probed: null, answered: null, lag_ms: null, drift: null, read: null })
  })
})
