import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { toShard } from '#adapters/dynamodb/items.ts'
import { DynamoListStore } from '#adapters/dynamodb/list-store.ts'
import { DynamoRecordStore } from '#adapters/dynamodb/record-store.ts'
import { documentKey, nameKey } from '#domain/matching/exact-keys.ts'
import type { CurrentRecord } from '#domain/records/current.ts'
import type { ListStore, Page, PagePosition, RecordStore } from '#domain/records/port.ts'
import { MemoryListStore } from '#test/in-memory/list-store.ts'
import { MemoryRecordStore } from '#test/in-memory/record-store.ts'
import { startEngine, type TestEngine } from './engine.ts'
import { created, second, toWrite } from './histories.ts'

const BEGIN: PagePosition = { shard: 0, after: null }
const COUNT = 40

let engine: TestEngine
let memory: MemoryRecordStore

beforeAll(async () => {
  engine = await startEngine()
  memory = new MemoryRecordStore()
})
afterAll(() => engine.stop())

/** Both implementations: what holds for the table holds for the store that other tests use. */
const stores = {
  DynamoDB: () => ({ records: new DynamoRecordStore(engine.tables()), lists: new DynamoListStore(engine.tables()) }),
  memory: () => ({ records: memory, lists: new MemoryListStore(memory) }),
}

/** All entries, part by part. */
async function walk<T>(read: (from: PagePosition) => Promise<Page<T>>): Promise<{ parts: Page<T>[]; entries: T[] }> {
  const parts: Page<T>[] = []
  for (let from: PagePosition | null = BEGIN; from; ) {
    const part: Page<T> = await read(from)
    parts.push(part)
    from = part.next
  }
  return { parts, entries: parts.flatMap(part => part.entries.map(({ entry }) => entry)) }
}

/** The order of the list: shard by shard, by id. */
const inListOrder = (all: readonly CurrentRecord[]) =>
  all.map(({ id }) => id).sort((a, b) => toShard(a) - toShard(b) || (a < b ? -1 : 1))

describe.each(Object.entries(stores))('%s', (engineName, connect) => {
  let records: RecordStore
  let lists: ListStore
  let rows: CurrentRecord[]

  beforeAll(async () => {
    ;({ records, lists } = connect())
    const typeOf = (n: number) => (n % 4 ? 'PERSON' : 'INSTITUTION')
    // The last digits choose the shard: every one of them gets some.
    const idOf = (n: number) => randomUUID().slice(0, -2) + n.toString(16).padStart(2, '0')
    rows = await Promise.all(
      Array.from({ length: COUNT }, (_, n) =>
        created(records, { surname: `N${n}`, type: typeOf(n) }, second(n), idOf(n)),
      ),
    )
  })

  describe('the list', () => {
    test.each([1, 3, 7, COUNT, 1000])('is whole and in one order in parts of %i, across the shards', async limit => {
      const { parts, entries } = await walk(from => lists.list('customer', from, limit))
      expect(entries.map(({ id }) => id)).toEqual(inListOrder(rows))
      expect(parts.every(part => part.entries.length <= limit)).toBe(true)
      expect(new Set(rows.map(({ id }) => toShard(id))).size).toBe(8)
    })

    test('goes on right after any of its entries', async () => {
      const { entries } = await lists.list('customer', BEGIN, 1000)
      for (const [n, { place }] of entries.entries()) {
        const rest = await walk(from => lists.list('customer', from === BEGIN ? place : from, 11))
        expect(rest.entries.map(({ id }) => id)).toEqual(inListOrder(rows).slice(n + 1))
      }
    })

    test('shows the rows as they are kept', async () => {
      const { entries } = await walk(from => lists.list('customer', from, 1000))
      expect(new Map(entries.map(row => [row.id, row]))).toEqual(new Map(rows.map(row => [row.id, row])))
    })

    test('can be read consistently: the same rows, for twice the price', async () => {
      if (engineName !== 'DynamoDB') {
        expect(await lists.list('customer', BEGIN, 1000, true)).toEqual(
          await lists.list('customer', BEGIN, 1000, false),
        )
        return
      }
      const costs: number[] = []
      for (const consistent of [false, true]) {
        const tables = engine.tables()
        const store = new DynamoListStore(tables)
        const { entries } = await walk(from => store.list('customer', from, 1000, consistent))
        expect(entries.map(({ id }) => id)).toEqual(inListOrder(rows))
        costs.push(tables.meter.rru)
      }
      const [plainly = 0, consistently] = costs
      expect(consistently).toBe(2 * plainly)
    })

    test('of fields is another list', async () => {
      expect((await lists.list('field', BEGIN, 10)).entries).toEqual([])
    })
  })

  describe('those changed since', () => {
    const since = (type: string, at: string, limit: number) => walk(from => lists.changedSince(type, at, from, limit))

    test.each([
      ['the beginning', second(0), 1],
      ['the beginning', second(0), 1000],
      ['a moment at which one changed', second(20), 3],
      ['between two changes', '2020-01-01T00:00:20.001Z', 7],
      ['the last change', second(COUNT - 1), 5],
      ['later than everything', second(COUNT), 5],
    ])('%s are all of their type and no others', async (_, at, limit) => {
      for (const type of ['PERSON', 'INSTITUTION']) {
        const expected = rows.filter(row => row.snapshot.type === type && row.updated_at >= at)
        const { entries, parts } = await since(type, at, limit)
        expect(entries.toSorted()).toEqual(expected.map(({ id }) => id).sort())
        expect(parts.every(part => part.entries.length <= limit)).toBe(true)
      }
    })

    test('go on right after any of them', async () => {
      const { entries } = await lists.changedSince('PERSON', second(0), BEGIN, 1000)
      const ids = entries.map(({ entry }) => entry)
      for (const [n, { place }] of entries.entries()) {
        const rest = await walk(from => lists.changedSince('PERSON', second(0), from === BEGIN ? place : from, 4))
        expect(rest.entries).toEqual(ids.slice(n + 1))
      }
    })

    test('has a customer once, under their last change', async () => {
      const row = await created(records, { surname: 'Changed', type: 'CHANGED' }, second(0))
      await records.commit([await toWrite(records, { id: row.id, row, fields: { dob: '1980' }, at: second(100) })])
      expect((await since('CHANGED', second(0), 10)).entries).toEqual([row.id])
      expect((await since('CHANGED', second(100), 10)).entries).toEqual([row.id])
      expect((await since('CHANGED', second(101), 10)).entries).toEqual([])
    })
  })

  describe('an exact look-up', () => {
    const byName = (surname: string | null, given_name: string | null) =>
      lists.byName(nameKey({ surname, given_name }) ?? '', '')
    const byDocument = (number: string) => lists.byDocument(documentKey(number) ?? '')

    test.each([
      ['as it is written', 'Yıldırım-Ölmez', 'Ayşe'],
      ['in capitals', 'YILDIRIM ÖLMEZ', 'AYŞE'],
      ['without accents', 'yildirim olmez', 'ayse'],
      ['the other way round', 'Ayşe', 'Ölmez Yıldırım'],
    ])('finds a name %s', async (_, surname, given_name) => {
      const { id } = await created(records, { surname: 'Yıldırım-Ölmez', given_name: 'Ayşe' })
      expect(await byName(surname, given_name)).toContain(id)
      expect(await byName('Yıldırım', 'Ayşe')).not.toContain(id)
    })

    test.each(['AB-12 34/5', 'ab12345', 'AB 12345'])('finds the document number %s', async number => {
      const { id } = await created(records, { document_number: 'AB-12 34/5' })
      expect(await byDocument(number)).toContain(id)
      expect(await byDocument('AB-12 34')).not.toContain(id)
    })

    test('finds nobody who was deleted, and again who came back', async () => {
      const row = await created(records, { surname: 'Restless', document_number: 'RST 1' })
      const { id } = row
      const gone = await toWrite(records, { id, row, fields: { state: 'deleted' }, at: second(1) })
      await records.commit([gone])
      expect([await byName('Restless', null), await byDocument('RST1')]).toEqual([[], []])
      await records.commit([await toWrite(records, { id, row: gone.row, fields: { state: 'active' }, at: second(2) })])
      expect([await byName('Restless', null), await byDocument('RST1')]).toEqual([[id], [id]])
    })

    test('finds by what is, not by what was', async () => {
      const row = await created(records, { surname: 'Formerly' })
      await records.commit([
        await toWrite(records, { id: row.id, row, fields: { surname: 'Nowadays' }, at: second(1) }),
      ])
      expect([await byName('Formerly', null), await byName('Nowadays', null)]).toEqual([[], [row.id]])
    })

    test('finds names longer than an index has room for', async () => {
      const long = Array.from({ length: 40 }, (_, n) => `nämë${n}`).join(' ')
      const [one] = await Promise.all([
        created(records, { surname: long, given_name: 'a'.repeat(200) }),
        created(records, { surname: long, given_name: 'b'.repeat(200) }),
      ])
      expect(await byName(long, 'a'.repeat(200))).toEqual([one?.id])
    })

    test('gives no more than twenty-five', async () => {
      await Promise.all(Array.from({ length: 30 }, () => created(records, { surname: 'Namesake' })))
      expect(await byName('Namesake', null)).toHaveLength(25)
    })
  })
})
