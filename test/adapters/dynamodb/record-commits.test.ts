import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { RecordStore } from '#domain/records/port.ts'
import { toKey } from '#domain/records/version.ts'
import { startEngine, type TestEngine } from './engine.ts'
import { createCommitted, timestampAt, toWrite, writeHistory } from './histories.ts'
import { RECORD_STORES } from './record-stores.ts'

let engine: TestEngine
beforeAll(async () => {
  engine = await startEngine()
})
afterAll(() => engine.stop())

describe.each(Object.entries(RECORD_STORES))('%s', (_, connect) => {
  let store: RecordStore
  beforeAll(() => {
    store = connect(engine)
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

  test('a dropped row is gone, and its versions stay', async () => {
    const id = randomUUID()
    const { row, versions } = await writeHistory(store, id, 2)
    expect(await store.drop(row)).toEqual({ done: true })
    expect(await store.current('customer', id, true)).toBeNull()
    expect(await store.versions('customer', id, true)({})).toEqual(versions)
    expect(await store.drop(row)).toEqual({ done: false, rows: [] })
    expect(await store.put(row, row)).toEqual({ done: false, rows: [] })
    expect(await store.put(row, null)).toEqual({ done: true })
    expect(await store.put(row, null)).toEqual({ done: false, rows: [] })
  })
})
