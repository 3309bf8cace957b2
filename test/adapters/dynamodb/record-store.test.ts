import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { DynamoRecordStore } from '#adapters/dynamodb/record-store.ts'
import type { VersionRange } from '#domain/records/read.ts'
import { maxKeyAt, toKey } from '#domain/records/version.ts'
import { startEngine, TABLE_NAMES, type TestEngine } from './engine.ts'
import { createCommitted, timestampAt, toWrite, writeHistory } from './histories.ts'

let engine: TestEngine
let store: DynamoRecordStore

beforeAll(async () => {
  engine = await startEngine()
  store = new DynamoRecordStore(engine.tables())
})
afterAll(() => engine.stop())

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
    for (const sk of ['purged', 'erased', 'a'])
      await engine.tables().put({ TableName: TABLE_NAMES.registry, Item: { pk: `customer#${id}`, sk } })
    expect(await store.versions('customer', id, true)({})).toEqual(versions)
    expect(await store.versions('customer', id, true)({ newestFirst: true, limit: 5 })).toEqual(versions.toReversed())
    expect(await store.versions('field', id, true)({})).toEqual([])
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

describe('a commit', () => {
  test('of a new record succeeds only once', async () => {
    const id = randomUUID()
    const write = await toWrite(store, { id, row: null, fields: { surname: 'A' }, at: timestampAt(0) })
    expect(await store.commit([write])).toEqual({ done: true })
    const repeated = await toWrite(store, { id, row: null, fields: { surname: 'B' }, at: timestampAt(1) })
    expect(await store.commit([repeated])).toEqual({ done: false, rows: [write.row] })
    expect(await store.versions('customer', id, true)({})).toEqual([write.version])
  })

  test('based on an outdated clock writes nothing and returns the current row', async () => {
    const row = await createCommitted(store, { surname: 'A' })
    const { id } = row
    const [first, second] = await Promise.all(
      ['B', 'C'].map(surname =>
        toWrite(store, { id, row, fields: { surname }, at: timestampAt(surname === 'B' ? 1 : 2) }),
      ),
    )
    if (!first || !second) throw new Error('two writes were prepared')
    expect(await store.commit([first])).toEqual({ done: true })
    expect(await store.commit([second])).toEqual({ done: false, rows: [first.row] })
    expect(await store.version('customer', id, toKey(second.version))).toBeNull()
    expect(await store.current('customer', id, true)).toEqual(first.row)
  })

  test('of a row that was deleted writes nothing', async () => {
    const row = { ...(await createCommitted(store, { surname: 'A' })), id: randomUUID() }
    const write = await toWrite(store, { id: row.id, row, fields: { surname: 'B' }, at: timestampAt(1) })
    expect(await store.commit([write])).toEqual({ done: false, rows: [] })
    expect(await store.current('customer', row.id, true)).toBeNull()
    expect(await store.versions('customer', row.id, true)({})).toEqual([])
  })

  test('repeated after a lost response succeeds', async () => {
    const row = await createCommitted(store, { surname: 'A' })
    const write = await toWrite(store, { id: row.id, row, fields: { surname: 'B' }, at: timestampAt(1) })
    expect(await store.commit([write])).toEqual({ done: true })
    expect(await store.commit([write])).toEqual({ done: true })
    const laterWrite = await toWrite(store, {
      id: row.id,
      row: write.row,
      fields: { surname: 'C' },
      at: timestampAt(2),
    })
    await store.commit([laterWrite])
    expect(await store.commit([write])).toEqual({ done: true })
    expect(await store.current('customer', row.id, true)).toEqual(laterWrite.row)
    expect(await store.versions('customer', row.id, true)({})).toHaveLength(3)
  })

  test('of another version under the same key is not mistaken for its own', async () => {
    const row = await createCommitted(store, { surname: 'A' })
    const [own, theirs] = await Promise.all(
      ['B', 'C'].map(surname => toWrite(store, { id: row.id, row, fields: { surname }, at: timestampAt(1) })),
    )
    if (!own || !theirs) throw new Error('two writes were prepared')
    expect(toKey(own.version)).toBe(toKey(theirs.version))
    await store.commit([theirs])
    expect(await store.commit([own])).toEqual({ done: false, rows: [theirs.row] })
    expect((await store.current('customer', row.id, true))?.snapshot.surname).toBe('C')
  })

  test('of several records is atomic', async () => {
    const rows = await Promise.all(['A', 'B', 'C'].map(surname => createCommitted(store, { surname })))
    const [, secondKey] = rows
    const writes = await Promise.all(
      rows.map(row => toWrite(store, { id: row.id, row, fields: { dob: '1980' }, at: timestampAt(2) })),
    )
    if (!secondKey) throw new Error('three rows were created')
    const concurrentWrite = await toWrite(store, {
      id: secondKey.id,
      row: secondKey,
      fields: { dob: '1970' },
      at: timestampAt(1),
    })
    await store.commit([concurrentWrite])
    expect(await store.commit(writes)).toEqual({ done: false, rows: [concurrentWrite.row] })
    const after = await Promise.all(rows.map(({ id }) => store.current('customer', id, true)))
    expect(after.map(row => row?.snapshot.dob)).toEqual([undefined, '1970', undefined])
    for (const { version } of writes) expect(await store.version('customer', version.id, toKey(version))).toBeNull()
  })

  test('of fifty customers is one transaction, and can be repeated', async () => {
    const writes = await Promise.all(
      Array.from({ length: 50 }, (_, n) =>
        toWrite(store, { id: randomUUID(), row: null, fields: { surname: `N${n}` }, at: timestampAt(0) }),
      ),
    )
    expect(await store.commit(writes)).toEqual({ done: true })
    expect(await store.commit(writes)).toEqual({ done: true })
    expect(
      await store.currents(
        'customer',
        writes.map(({ row }) => row.id),
        true,
      ),
    ).toHaveLength(50)
  })

  test('succeeds for exactly one of several concurrent writers', async () => {
    const row = await createCommitted(store, { surname: 'A' })
    const writes = await Promise.all(
      Array.from({ length: 10 }, (_, n) =>
        toWrite(store, { id: row.id, row, fields: { surname: `N${n}` }, at: timestampAt(n + 1) }),
      ),
    )
    const outcomes = await Promise.all(writes.map(write => store.commit([write])))
    expect(outcomes.filter(({ done }) => done)).toHaveLength(1)
    expect(await store.versions('customer', row.id, true)({})).toHaveLength(2)
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

describe('a row that was read', () => {
  test.each([
    ['gets a pending version', { pending: ['a#b#loc2'] }],
    [
      'remembers an idempotency key',
      { idempotencyKeys: { k: { digest: 'd', version: 'v', at: '2026-01-01T00:00:00.000Z' } } },
    ],
    ['learns of a purge', { purgedClock: { loc2: '2026-01-01T00:00:00.000Z' } }],
  ])('no longer matches when it %s, although its clock is the same', async (_, changes) => {
    const { row } = await writeHistory(store, randomUUID(), 1)
    expect(await store.put({ ...row, ...changes }, row)).toEqual({ done: true })
    const write = await toWrite(store, { id: row.id, row, fields: { surname: 'Other' }, at: timestampAt(9) })
    expect(await store.commit([write])).toMatchObject({ done: false })
    expect(await store.put({ ...row, pending: ['c#d#loc3'] }, row)).toMatchObject({ done: false })
    expect(await store.drop(row)).toMatchObject({ done: false })
    expect(await store.current('customer', row.id, true)).toEqual({ ...row, ...changes })
  })
})
