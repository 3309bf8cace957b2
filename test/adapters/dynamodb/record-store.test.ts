import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { DynamoRecordStore } from '#adapters/dynamodb/record-store.ts'
import type { VersionRange } from '#domain/records/read.ts'
import { maxKeyAt, toKey } from '#domain/records/version.ts'
import { startEngine, TABLE_NAMES, type TestEngine } from './engine.ts'
import { created, second, toWrite, withHistory } from './histories.ts'

let engine: TestEngine
let store: DynamoRecordStore

beforeAll(async () => {
  engine = await startEngine()
  store = new DynamoRecordStore(engine.tables())
})
afterAll(() => engine.stop())

describe('versions', () => {
  test('are read as they were written, with the row that they make', async () => {
    const id = randomUUID()
    const { versions, keys, row } = await withHistory(store, id, 3, n => ({
      surname: `N${n}`,
      'details.height_cm': n,
      'details.resident': n > 1,
    }))
    expect(await store.versions('customer', id, true)({})).toEqual(versions)
    for (const [n, key] of keys.entries()) expect(await store.version('customer', id, key)).toEqual(versions[n])
    expect(await store.current('customer', id, true)).toEqual(row)
  })

  test('of one record alone are read, whatever else stands beside them', async () => {
    const id = randomUUID()
    const { versions } = await withHistory(store, id, 2)
    await withHistory(store, `${id.slice(0, -1)}${id.endsWith('0') ? '1' : '0'}`, 2)
    for (const sk of ['purged', 'erased', 'a'])
      await engine.tables().put({ TableName: TABLE_NAMES.registry, Item: { pk: `customer#${id}`, sk } })
    expect(await store.versions('customer', id, true)({})).toEqual(versions)
    expect(await store.versions('customer', id, true)({ newestFirst: true, limit: 5 })).toEqual(versions.toReversed())
    expect(await store.versions('field', id, true)({})).toEqual([])
  })

  test('that are not there are not found', async () => {
    expect(await store.current('customer', randomUUID(), true)).toBeNull()
    expect(await store.version('customer', randomUUID(), 'none')).toBeNull()
    expect(await store.versions('customer', randomUUID(), true)({ newestFirst: true, limit: 1 })).toEqual([])
  })

  test('of more than a megabyte are all read, over as many pages as it takes', async () => {
    const id = randomUUID()
    const { keys } = await withHistory(store, id, 32, n => ({ 'details.note': `${n}`.padEnd(50_000, 'x') }))
    const read = store.versions('customer', id, true)
    expect((await read({})).map(toKey)).toEqual(keys)
    expect((await read({ newestFirst: true, limit: 30 })).map(toKey)).toEqual(keys.toReversed().slice(0, 30))
    const [first = '', ...rest] = keys
    expect((await read({ above: first })).map(toKey)).toEqual(rest)
  })

  describe('between bounds', () => {
    const id = randomUUID()
    let keys: string[]
    let bounds: (string | undefined)[]
    beforeAll(async () => {
      keys = (await withHistory(store, id, 5)).keys
      // Stored keys, moments as bounds, and what lies before, between and after all keys.
      const [first = '', second_ = '', , fourth = ''] = keys
      bounds = [
        undefined,
        '',
        '2019',
        first,
        `${first}~`,
        second_,
        maxKeyAt(second(1)),
        `${second(2)}#`,
        fourth,
        maxKeyAt(second(4)),
        '~',
      ]
    })

    test.each([undefined, 1, 2, 5, 100])('are those strictly between, in both directions, at most %p', async limit => {
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
            const found = (await read(range)).map(toKey)
            expect({ range, found }).toEqual({
              range,
              found: (newestFirst ? within.toReversed() : within).slice(0, limit),
            })
          }
    })
  })
})

describe('a commit', () => {
  test('of a new record finds it absent, and not again', async () => {
    const id = randomUUID()
    const write = await toWrite(store, { id, row: null, fields: { surname: 'A' }, at: second(0) })
    expect(await store.commit([write])).toEqual({ done: true })
    const other = await toWrite(store, { id, row: null, fields: { surname: 'B' }, at: second(1) })
    expect(await store.commit([other])).toEqual({ done: false, rows: [write.row] })
    expect(await store.versions('customer', id, true)({})).toEqual([write.version])
  })

  test('on a clock that is no longer the one read writes nothing, and tells what is there', async () => {
    const row = await created(store, { surname: 'A' })
    const { id } = row
    const [one, two] = await Promise.all(
      ['B', 'C'].map(surname => toWrite(store, { id, row, fields: { surname }, at: second(surname === 'B' ? 1 : 2) })),
    )
    if (!one || !two) throw new Error('two writes')
    expect(await store.commit([one])).toEqual({ done: true })
    expect(await store.commit([two])).toEqual({ done: false, rows: [one.row] })
    expect(await store.version('customer', id, toKey(two.version))).toBeNull()
    expect(await store.current('customer', id, true)).toEqual(one.row)
  })

  test('where the row went meanwhile writes nothing', async () => {
    const row = { ...(await created(store, { surname: 'A' })), id: randomUUID() }
    const write = await toWrite(store, { id: row.id, row, fields: { surname: 'B' }, at: second(1) })
    expect(await store.commit([write])).toEqual({ done: false, rows: [] })
    expect(await store.current('customer', row.id, true)).toBeNull()
    expect(await store.versions('customer', row.id, true)({})).toEqual([])
  })

  test('again, after an answer that was lost, counts as done', async () => {
    const row = await created(store, { surname: 'A' })
    const write = await toWrite(store, { id: row.id, row, fields: { surname: 'B' }, at: second(1) })
    expect(await store.commit([write])).toEqual({ done: true })
    expect(await store.commit([write])).toEqual({ done: true })
    const later = await toWrite(store, { id: row.id, row: write.row, fields: { surname: 'C' }, at: second(2) })
    await store.commit([later])
    expect(await store.commit([write])).toEqual({ done: true })
    expect(await store.current('customer', row.id, true)).toEqual(later.row)
    expect(await store.versions('customer', row.id, true)({})).toHaveLength(3)
  })

  test("under another's key is not taken for one's own", async () => {
    const row = await created(store, { surname: 'A' })
    const [mine, theirs] = await Promise.all(
      ['B', 'C'].map(surname => toWrite(store, { id: row.id, row, fields: { surname }, at: second(1) })),
    )
    if (!mine || !theirs) throw new Error('two writes')
    expect(toKey(mine.version)).toBe(toKey(theirs.version))
    await store.commit([theirs])
    expect(await store.commit([mine])).toEqual({ done: false, rows: [theirs.row] })
    expect((await store.current('customer', row.id, true))?.snapshot.surname).toBe('C')
  })

  test('of several is all or none', async () => {
    const rows = await Promise.all(['A', 'B', 'C'].map(surname => created(store, { surname })))
    const [, second_] = rows
    const writes = await Promise.all(
      rows.map(row => toWrite(store, { id: row.id, row, fields: { dob: '1980' }, at: second(2) })),
    )
    if (!second_) throw new Error('three rows')
    const between = await toWrite(store, { id: second_.id, row: second_, fields: { dob: '1970' }, at: second(1) })
    await store.commit([between])
    expect(await store.commit(writes)).toEqual({ done: false, rows: [between.row] })
    const after = await Promise.all(rows.map(({ id }) => store.current('customer', id, true)))
    expect(after.map(row => row?.snapshot.dob)).toEqual([undefined, '1970', undefined])
    for (const { version } of writes) expect(await store.version('customer', version.id, toKey(version))).toBeNull()
  })

  test('of fifty customers is one transaction, and the same again is done', async () => {
    const writes = await Promise.all(
      Array.from({ length: 50 }, (_, n) =>
        toWrite(store, { id: randomUUID(), row: null, fields: { surname: `N${n}` }, at: second(0) }),
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

  test('at the same time as others lets exactly one through', async () => {
    const row = await created(store, { surname: 'A' })
    const writes = await Promise.all(
      Array.from({ length: 10 }, (_, n) =>
        toWrite(store, { id: row.id, row, fields: { surname: `N${n}` }, at: second(n + 1) }),
      ),
    )
    const outcomes = await Promise.all(writes.map(write => store.commit([write])))
    expect(outcomes.filter(({ done }) => done)).toHaveLength(1)
    expect(await store.versions('customer', row.id, true)({})).toHaveLength(2)
  })
})

test('rows of many records come at once, each once, the missing ones left out', async () => {
  const rows = await Promise.all(Array.from({ length: 130 }, (_, n) => created(store, { surname: `N${n}` })))
  const ids = rows.map(({ id }) => id)
  const found = await store.currents('customer', [...ids, randomUUID(), ...ids.slice(0, 30)], true)
  expect(found.map(({ id }) => id).sort()).toEqual(ids.toSorted())
  expect(await store.currents('customer', [], true)).toEqual([])
})

describe('what is in dispute', () => {
  const dispute = { field: 'surname', kept: 'k', lost: 'l' }

  test('is found by its rows, page by page, and no longer when it is settled', async () => {
    const ids = Array.from({ length: 5 }, () => randomUUID()).sort()
    for (const id of ids) {
      const { row } = await withHistory(store, id, 1)
      expect(await store.put({ ...row, disputes: [dispute] }, row)).toEqual({ done: true })
    }
    expect(await store.countConflicted()).toBe(5)
    const found: string[] = []
    for (let from: Parameters<typeof store.conflicted>[0] = null; ; ) {
      const { rows, next } = await store.conflicted(from, 2)
      expect(rows.every(row => row.disputes.length === 1)).toBe(true)
      found.push(...rows.map(({ id }) => id))
      if (next === null) break
      from = next
    }
    expect(found).toEqual(ids)
    for (const id of ids) {
      const row = await store.current('customer', id, true)
      if (row) await store.put({ ...row, disputes: [] }, row)
    }
    expect(await store.conflicted(null, 10)).toEqual({ rows: [], next: null })
  })
})

describe('a row that was read', () => {
  test.each([
    ['waits for something', { pending: ['a#b#loc2'] }],
    [
      'remembers a statement',
      { idempotencyKeys: { k: { digest: 'd', version: 'v', at: '2026-01-01T00:00:00.000Z' } } },
    ],
    ['knows of a purge', { purgedClock: { loc2: '2026-01-01T00:00:00.000Z' } }],
  ])('is another when it %s meanwhile, though its clock is the same', async (_, more) => {
    const { row } = await withHistory(store, randomUUID(), 1)
    expect(await store.put({ ...row, ...more }, row)).toEqual({ done: true })
    const write = await toWrite(store, { id: row.id, row, fields: { surname: 'Other' }, at: second(9) })
    expect(await store.commit([write])).toMatchObject({ done: false })
    expect(await store.put({ ...row, pending: ['c#d#loc3'] }, row)).toMatchObject({ done: false })
    expect(await store.drop(row)).toMatchObject({ done: false })
    expect(await store.current('customer', row.id, true)).toEqual({ ...row, ...more })
  })
})
