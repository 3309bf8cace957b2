import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { toShard } from '#adapters/dynamodb/items.ts'
import { DynamoListStore } from '#adapters/dynamodb/list-store.ts'
import { DynamoRecordStore } from '#adapters/dynamodb/record-store.ts'
import { documentKey, nameKey } from '#domain/matching/exact-keys.ts'
import type { CurrentRecord, IndexedRecord } from '#domain/records/current.ts'
import type { ListStore, Page, PagePosition, RecordStore } from '#domain/records/port.ts'
import { toEntry } from '#domain/search/entry.ts'
import { MemoryListStore } from '#test/in-memory/list-store.ts'
import { MemoryRecordStore } from '#test/in-memory/record-store.ts'
import { startEngine, type TestEngine } from './engine.ts'
import { createCommitted, timestampAt, toWrite } from './histories.ts'

const START: PagePosition = { shard: 0, after: null }
const COUNT = 40
const NO_FIELDS = new Map()

let engine: TestEngine
let memoryRecords: MemoryRecordStore

beforeAll(async () => {
  engine = await startEngine()
  memoryRecords = new MemoryRecordStore()
})
afterAll(() => engine.stop())

/** Both implementations run the same tests, since other tests use the one in memory in place of DynamoDB. */
const stores = {
  DynamoDB: () => ({ records: new DynamoRecordStore(engine.tables()), lists: new DynamoListStore(engine.tables()) }),
  memory: () => ({ records: memoryRecords, lists: new MemoryListStore(memoryRecords) }),
}

/** Reads all entries, page by page. */
async function readAll<T>(read: (from: PagePosition) => Promise<Page<T>>): Promise<{ pages: Page<T>[]; entries: T[] }> {
  const pages: Page<T>[] = []
  for (let from: PagePosition | null = START; from; ) {
    const page: Page<T> = await read(from)
    pages.push(page)
    from = page.next
  }
  return { pages, entries: pages.flatMap(page => page.entries.map(({ entry }) => entry)) }
}

/** Ids in the order of the list: by shard, then by id. */
const inListOrder = (rows: readonly CurrentRecord[]) =>
  rows.map(({ id }) => id).sort((a, b) => toShard(a) - toShard(b) || (a < b ? -1 : 1))

describe.each(Object.entries(stores))('%s', (engineName, connect) => {
  let records: RecordStore
  let lists: ListStore
  let rows: CurrentRecord[]

  beforeAll(async () => {
    ;({ records, lists } = connect())
    const toType = (n: number) => (n % 4 ? 'PERSON' : 'INSTITUTION')
    // The last digits determine the shard, so that every shard gets some.
    const toCustomerId = (n: number) => randomUUID().slice(0, -2) + n.toString(16).padStart(2, '0')
    rows = await Promise.all(
      Array.from({ length: COUNT }, (_, n) =>
        createCommitted(records, { surname: `N${n}`, type: toType(n) }, timestampAt(n), toCustomerId(n)),
      ),
    )
  })

  describe('the list', () => {
    test.each([1, 3, 7, COUNT, 1000])('is complete and in one order in pages of %i, across shards', async limit => {
      const { pages, entries } = await readAll(from => lists.list('customer', from, limit))
      expect(entries.map(({ id }) => id)).toEqual(inListOrder(rows))
      expect(pages.every(page => page.entries.length <= limit)).toBe(true)
      expect(new Set(rows.map(({ id }) => toShard(id))).size).toBe(8)
    })

    test('continues after any of its entries', async () => {
      const { entries } = await lists.list('customer', START, 1000)
      for (const [n, { place }] of entries.entries()) {
        const rest = await readAll(from => lists.list('customer', from === START ? place : from, 11))
        expect(rest.entries.map(({ id }) => id)).toEqual(inListOrder(rows).slice(n + 1))
      }
    })

    test('returns the rows as stored', async () => {
      const { entries } = await readAll(from => lists.list('customer', from, 1000))
      expect(new Map(entries.map(row => [row.id, row]))).toEqual(new Map(rows.map(row => [row.id, row])))
    })

    test('can be read consistently, with the same rows at twice the cost', async () => {
      if (engineName !== 'DynamoDB') {
        expect(await lists.list('customer', START, 1000, true)).toEqual(
          await lists.list('customer', START, 1000, false),
        )
        return
      }
      const costs: number[] = []
      for (const consistent of [false, true]) {
        const tables = engine.tables()
        const store = new DynamoListStore(tables)
        const { entries } = await readAll(from => store.list('customer', from, 1000, consistent))
        expect(entries.map(({ id }) => id)).toEqual(inListOrder(rows))
        costs.push(tables.meter.rru)
      }
      const [plainCost = 0, consistentCost] = costs
      expect(consistentCost).toBe(2 * plainCost)
    })

    test.each([1, 3, 1000])('gives each partition to the search index in pages of %i', async limit => {
      for (let shard = 0; shard < 8; shard++) {
        const read: IndexedRecord[] = []
        let after: string | null = null
        do {
          const page: Awaited<ReturnType<ListStore['listIndexed']>> = await lists.listIndexed(shard, after, limit)
          expect(page.records.length).toBeLessThanOrEqual(limit)
          read.push(...page.records)
          after = page.next
        } while (after !== null)
        const expected = rows.filter(({ id }) => toShard(id) === shard).sort((a, b) => (a.id < b.id ? -1 : 1))
        expect(read.map(record => toEntry(record, NO_FIELDS))).toEqual(expected.map(row => toEntry(row, NO_FIELDS)))
      }
    })

    test('of fields is separate', async () => {
      expect((await lists.list('field', START, 10)).entries).toEqual([])
    })
  })

  describe('the customers changed since', () => {
    const readSince = (type: string, at: string, limit: number) =>
      readAll(from => lists.changedSince(type, at, from, limit))

    test.each([
      ['the beginning', timestampAt(0), 1],
      ['the beginning', timestampAt(0), 1000],
      ['a time at which one changed', timestampAt(20), 3],
      ['a time between two changes', '2020-01-01T00:00:20.001Z', 7],
      ['the last change', timestampAt(COUNT - 1), 5],
      ['a time after every change', timestampAt(COUNT), 5],
    ])('%s are all of their type and no others', async (_, at, limit) => {
      for (const type of ['PERSON', 'INSTITUTION']) {
        const expected = rows.filter(row => row.snapshot.type === type && row.updated_at >= at)
        const { entries, pages } = await readSince(type, at, limit)
        expect(entries.toSorted()).toEqual(expected.map(({ id }) => id).sort())
        expect(pages.every(page => page.entries.length <= limit)).toBe(true)
      }
    })

    test('continue after any of them', async () => {
      const { entries } = await lists.changedSince('PERSON', timestampAt(0), START, 1000)
      const ids = entries.map(({ entry }) => entry)
      for (const [n, { place }] of entries.entries()) {
        const rest = await readAll(from =>
          lists.changedSince('PERSON', timestampAt(0), from === START ? place : from, 4),
        )
        expect(rest.entries).toEqual(ids.slice(n + 1))
      }
    })

    test('contain a customer once, at the last change', async () => {
      const row = await createCommitted(records, { surname: 'Changed', type: 'CHANGED' }, timestampAt(0))
      await records.commit([await toWrite(records, { id: row.id, row, fields: { dob: '1980' }, at: timestampAt(100) })])
      expect((await readSince('CHANGED', timestampAt(0), 10)).entries).toEqual([row.id])
      expect((await readSince('CHANGED', timestampAt(100), 10)).entries).toEqual([row.id])
      expect((await readSince('CHANGED', timestampAt(101), 10)).entries).toEqual([])
    })
  })

  describe('an exact lookup', () => {
    const byName = (surname: string | null, given_name: string | null) =>
      lists.byName(nameKey({ surname, given_name }) ?? '', '')
    const byDocument = (documentNumber: string) => lists.byDocument(documentKey(documentNumber) ?? '')

    test.each([
      ['as written', 'Yıldırım-Ölmez', 'Ayşe'],
      ['in capitals', 'YILDIRIM ÖLMEZ', 'AYŞE'],
      ['without accents', 'yildirim olmez', 'ayse'],
      ['in another order', 'Ayşe', 'Ölmez Yıldırım'],
    ])('finds a name %s', async (_, surname, given_name) => {
      const { id } = await createCommitted(records, { surname: 'Yıldırım-Ölmez', given_name: 'Ayşe' })
      expect(await byName(surname, given_name)).toContain(id)
      expect(await byName('Yıldırım', 'Ayşe')).not.toContain(id)
    })

    test.each(['AB-12 34/5', 'ab12345', 'AB 12345'])('finds the document number %s', async number => {
      const { id } = await createCommitted(records, { document_number: 'AB-12 34/5' })
      expect(await byDocument(number)).toContain(id)
      expect(await byDocument('AB-12 34')).not.toContain(id)
    })

    test('finds no deleted customer, and finds one that was restored', async () => {
      const row = await createCommitted(records, { surname: 'Restless', document_number: 'RST 1' })
      const { id } = row
      const deletion = await toWrite(records, { id, row, fields: { state: 'deleted' }, at: timestampAt(1) })
      await records.commit([deletion])
      expect([await byName('Restless', null), await byDocument('RST1')]).toEqual([[], []])
      await records.commit([
        await toWrite(records, { id, row: deletion.row, fields: { state: 'active' }, at: timestampAt(2) }),
      ])
      expect([await byName('Restless', null), await byDocument('RST1')]).toEqual([[id], [id]])
    })

    test('finds a customer by the current name, not by a former one', async () => {
      const row = await createCommitted(records, { surname: 'Formerly' })
      await records.commit([
        await toWrite(records, { id: row.id, row, fields: { surname: 'Nowadays' }, at: timestampAt(1) }),
      ])
      expect([await byName('Formerly', null), await byName('Nowadays', null)]).toEqual([[], [row.id]])
    })

    test('finds names longer than an index key', async () => {
      const longName = Array.from({ length: 40 }, (_, n) => `nämë${n}`).join(' ')
      const [first] = await Promise.all([
        createCommitted(records, { surname: longName, given_name: 'a'.repeat(200) }),
        createCommitted(records, { surname: longName, given_name: 'b'.repeat(200) }),
      ])
      expect(await byName(longName, 'a'.repeat(200))).toEqual([first?.id])
    })

    test('returns at most 25', async () => {
      await Promise.all(Array.from({ length: 30 }, () => createCommitted(records, { surname: 'Namesake' })))
      expect(await byName('Namesake', null)).toHaveLength(25)
    })
  })
})
