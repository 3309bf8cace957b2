import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { currentRow, unpackCurrent } from '#adapters/dynamodb/items.ts'
import { toChangeLogEntry } from '#domain/records/change-log-entry.ts'
import type { RecordStore } from '#domain/records/port.ts'
import type { VersionRange } from '#domain/records/read.ts'
import { NO_TOMBSTONE, type TombstoneKind } from '#domain/records/tombstone.ts'
import { maxKeyAt, toKey } from '#domain/records/version.ts'
import { startEngine, TABLE_NAMES, type TestEngine } from './engine.ts'
import { createCommitted, timestampAt, toWrite, writeHistory } from './histories.ts'
import { RECORD_STORES } from './record-stores.ts'

let engine: TestEngine
beforeAll(async () => {
  engine = await startEngine()
})
afterAll(() => engine.stop())

describe.each(Object.entries(RECORD_STORES))('%s', (engineName, connect) => {
  let store: RecordStore
  beforeAll(() => {
    store = connect(engine)
  })

  describe('versions', () => {
    test('are read back as written, together with their row', async () => {
      const id = randomUUID()
      const { versions, keys, row } = await writeHistory(store, id, 3, n => ({
        surname: `N${n}`,
        'details.height_cm': n,
        'details.resident': n > 1,
      }))
      expect(await store.versions('customer', id, true)({})).toEqual(versions)
      for (const [n, key] of keys.entries()) expect(await store.version('customer', id, key)).toEqual(versions[n])
      expect(await store.current('customer', id, true)).toEqual(row)
    })

    test('of one record are read without neighbouring items', async () => {
      const id = randomUUID()
      const { versions } = await writeHistory(store, id, 2)
      await writeHistory(store, `${id.slice(0, -1)}${id.endsWith('0') ? '1' : '0'}`, 2)
      await store.putTombstone('customer', id, { purged: { loc1: timestampAt(0) }, erased: true })
      if (engineName === 'DynamoDB')
        await engine.tables().put({ TableName: TABLE_NAMES.registry, Item: { pk: `customer#${id}`, sk: 'a' } })
      expect(await store.versions('customer', id, true)({})).toEqual(versions)
      expect(await store.versions('customer', id, true)({ newestFirst: true, limit: 5 })).toEqual(versions.toReversed())
      expect(await store.versions('field', id, true)({})).toEqual([])
    })

    if (engineName === 'DynamoDB')
      test('follow a row of an earlier release', async () => {
        const id = randomUUID()
        const { versions, row } = await writeHistory(store, id, 1)
        await engine.tables().put({ TableName: TABLE_NAMES.views, Item: { ...Object(unpackCurrent(currentRow(row))) } })
        expect(await store.current('customer', id, true)).toEqual(row)
        const write = await toWrite(store, { id, row, fields: { surname: 'Later' }, at: timestampAt(9) })
        expect(await store.commit([write])).toEqual({ done: true })
        expect(await store.versions('customer', id, true)({})).toEqual([...versions, write.version])
        expect(await store.current('customer', id, true)).toEqual(write.row)
      })

    test('that do not exist are not found', async () => {
      expect(await store.current('customer', randomUUID(), true)).toBeNull()
      expect(await store.version('customer', randomUUID(), 'none')).toBeNull()
      expect(await store.versions('customer', randomUUID(), true)({ newestFirst: true, limit: 1 })).toEqual([])
    })

    test('of more than a megabyte are read over several pages', async () => {
      const id = randomUUID()
      const { keys } = await writeHistory(store, id, 32, n => ({ 'details.note': `${n}`.padEnd(50_000, 'x') }))
      const read = store.versions('customer', id, true)
      expect((await read({})).map(toKey)).toEqual(keys)
      expect((await read({ newestFirst: true, limit: 30 })).map(toKey)).toEqual(keys.toReversed().slice(0, 30))
      const [first = '', ...rest] = keys
      expect((await read({ above: first })).map(toKey)).toEqual(rest)
    })

    describe('within bounds', () => {
      const id = randomUUID()
      let keys: string[]
      let bounds: (string | undefined)[]
      beforeAll(async () => {
        keys = (await writeHistory(store, id, 5)).keys
        // Stored keys, timestamps as bounds, and texts before, between and after all keys.
        const [first = '', secondKey = '', , fourth = ''] = keys
        bounds = [
          undefined,
          '',
          '2019',
          first,
          `${first}~`,
          secondKey,
          maxKeyAt(timestampAt(1)),
          `${timestampAt(2)}#`,
          fourth,
          maxKeyAt(timestampAt(4)),
          '~',
        ]
      })

      test.each([undefined, 1, 2, 5, 100])(
        'are those strictly between the bounds, in both directions, at most %p',
        async limit => {
          const read = store.versions('customer', id, true)
          for (const above of bounds)
            for (const below of bounds)
              for (const newestFirst of [false, true]) {
                if (above !== undefined && below !== undefined && above > below) continue
                const within = keys.filter(
                  key => (above === undefined || key > above) && (below === undefined || key < below),
                )
                const range: VersionRange = {
                  newestFirst,
                  ...(above === undefined ? {} : { above }),
                  ...(below === undefined ? {} : { below }),
                  ...(limit === undefined ? {} : { limit }),
                }
                const keysRead = (await read(range)).map(toKey)
                expect({ range, found: keysRead }).toEqual({
                  range,
                  found: (newestFirst ? within.toReversed() : within).slice(0, limit),
                })
              }
        },
      )
    })
  })

  test('current rows of many records are returned once each, without missing ones', async () => {
    const rows = await Promise.all(Array.from({ length: 130 }, (_, n) => createCommitted(store, { surname: `N${n}` })))
    const ids = rows.map(({ id }) => id)
    const currentRows = await store.currents('customer', [...ids, randomUUID(), ...ids.slice(0, 30)], true)
    expect(currentRows.map(({ id }) => id).sort()).toEqual(ids.toSorted())
    expect(await store.currents('customer', [], true)).toEqual([])
  })

  describe('a conflict', () => {
    const conflict = { field: 'surname', kept: 'k', lost: 'l' }

    test('is listed page by page until it is resolved', async () => {
      const ids = Array.from({ length: 5 }, () => randomUUID()).sort()
      for (const id of ids) {
        const { row } = await writeHistory(store, id, 1)
        expect(await store.put({ ...row, disputes: [conflict] }, row)).toEqual({ done: true })
      }
      expect(await store.countConflicted()).toBe(5)
      expect(await store.countConflicted(3)).toBe(3)
      const foundIds: string[] = []
      for (let from: Parameters<typeof store.conflicted>[0] = null; ; ) {
        const { rows, next } = await store.conflicted(from, 2)
        expect(rows.every(row => row.disputes.length === 1)).toBe(true)
        foundIds.push(...rows.map(({ id }) => id))
        if (next === null) break
        from = next
      }
      expect(foundIds).toEqual(ids)
      for (const id of ids) {
        const row = await store.current('customer', id, true)
        if (row) await store.put({ ...row, disputes: [] }, row)
      }
      expect(await store.conflicted(null, 10)).toEqual({ rows: [], next: null })
    })
  })

  describe('a tombstone', () => {
    const of = async (id: string) => (await store.loadPartition('customer', id)).tombstone

    test('is read with the versions; the clocks of two markers are joined', async () => {
      const id = randomUUID()
      const { versions } = await writeHistory(store, id, 2)
      expect(await store.loadPartition('customer', id)).toEqual({ versions, tombstone: NO_TOMBSTONE })
      await store.putTombstone('customer', id, {
        purged: { loc1: timestampAt(1), loc2: timestampAt(5) },
        erased: false,
      })
      await store.putTombstone('customer', id, {
        purged: { loc2: timestampAt(3), loc3: timestampAt(4) },
        erased: false,
      })
      const purged = { loc1: timestampAt(1), loc2: timestampAt(5), loc3: timestampAt(4) }
      expect(await store.loadPartition('customer', id)).toEqual({ versions, tombstone: { purged, erased: false } })
      await store.putTombstone('customer', id, { purged: {}, erased: true })
      expect(await of(id)).toEqual({ purged, erased: true })
      expect(await of(randomUUID())).toEqual(NO_TOMBSTONE)
    })

    test('is found by its kinds', async () => {
      const [none, purged, erased, both] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()]
      const ids = [none, purged, erased, both]
      const marker = { loc1: timestampAt(1) }
      await writeHistory(store, none, 1)
      await store.putTombstone('customer', purged, { purged: marker, erased: false })
      await store.putTombstone('customer', erased, { purged: {}, erased: true })
      await store.putTombstone('customer', both, { purged: marker, erased: true })
      const found = async (by: TombstoneKind[]) => (await store.findTombstoned('customer', ids, by)).sort()
      expect(await found(['purged'])).toEqual([purged, both].sort())
      expect(await found(['erased'])).toEqual([erased, both].sort())
      expect(await found(['purged', 'erased'])).toEqual([purged, erased, both].sort())
      expect(await store.findTombstoned('field', ids, ['purged', 'erased'])).toEqual([])
    })
  })

  test('a removed version leaves who, when, where, the action and a digest', async () => {
    const id = randomUUID()
    const { versions, keys } = await writeHistory(store, id, 3)
    for (let times = 0; times < 2; times++) await store.remove(versions.slice(0, 2))
    expect(await store.versions('customer', id, true)({})).toEqual(versions.slice(2))
    expect(await store.version('customer', id, keys[0] ?? '')).toBeNull()
    const kept = await store.redactedVersions('customer', id)
    expect(kept.toSorted((a, b) => (a.recorded_at < b.recorded_at ? -1 : 1))).toEqual(
      versions.slice(0, 2).map(version => {
        const { valid_from: _, ...redacted } = toChangeLogEntry(version)
        return redacted
      }),
    )
    expect(await store.redactedVersions('customer', randomUUID())).toEqual([])
  })

  test('every record of the registry is found page by page: those with versions, a tombstone or removed versions', async () => {
    const [written, erased, removed] = [randomUUID(), randomUUID(), randomUUID()]
    await writeHistory(store, written, 3)
    await store.putTombstone('customer', erased, { purged: {}, erased: true })
    await store.remove((await writeHistory(store, removed, 1)).versions)
    const found = new Set<string>()
    for (let from: string | null | undefined; from !== null; ) {
      const page: Awaited<ReturnType<typeof store.records>> = await store.records(from ?? null, 2)
      expect(page.records.length).toBeLessThanOrEqual(2)
      for (const { kind, id } of page.records) found.add(`${kind} ${id}`)
      from = page.next
    }
    for (const id of [written, erased, removed]) expect(found).toContain(`customer ${id}`)
  })
})
