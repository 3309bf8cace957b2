import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { DynamoChangeLogStore } from '#adapters/dynamodb/change-log-store.ts'
import type { ChangeLogEntry, ChangeLogPosition } from '#domain/records/change-log-entry.ts'
import type { ChangeLogStore } from '#domain/records/port.ts'
import { MemoryChangeLogStore } from '#test/in-memory/change-log-store.ts'
import { startEngine, type TestEngine } from './engine.ts'

let engine: TestEngine
beforeAll(async () => {
  engine = await startEngine()
})
afterAll(() => engine.stop())

const toStore = () => new DynamoChangeLogStore(engine.tables(), new Set())

/** Both implementations. In a table, each use may be another process's. */
const stores = {
  DynamoDB: (): (() => ChangeLogStore) => toStore,
  memory: (): (() => ChangeLogStore) => {
    const store = new MemoryChangeLogStore()
    return () => store
  },
}

let seconds = 0
/** A change log entry recorded on one day and effective from another. */
function createEntry(recorded: string, effective = recorded): ChangeLogEntry {
  const time = new Date(Date.parse('2020-01-01T00:00:00Z') + seconds++ * 1000).toISOString().slice(10)
  return {
    kind: 'customer',
    id: randomUUID(),
    valid_from: `${effective}${time}`,
    recorded_at: `${recorded}${time}`,
    location: 'loc1',
    ...{ action: 'update', actor: 'agent', digest: 'digest' },
  }
}

const toKey = (entry: ChangeLogEntry) => `${entry.id} ${entry.valid_from} ${entry.recorded_at}`
const toDay = (instant: string) => instant.slice(0, 10)

/** Reads every entry between two times, page by page. */
async function readAll(
  store: ChangeLogStore,
  from: string,
  to: string,
  limit: number,
): Promise<{ lines: ChangeLogEntry[]; pages: number }> {
  const lines: ChangeLogEntry[] = []
  let position: ChangeLogPosition | null = null
  for (let pages = 1; ; pages++) {
    const page: Awaited<ReturnType<ChangeLogStore['validBetween']>> = await store.validBetween(
      from,
      to,
      position,
      limit,
    )
    expect(page.lines.length).toBeLessThanOrEqual(limit)
    lines.push(...page.lines.map(({ line }) => line))
    if (!page.more) return { lines, pages }
    expect(page.lines.length).toBeGreaterThan(0)
    position = page.lines.at(-1)?.place ?? null
  }
}

describe.each(Object.entries(stores))('%s: entries between two days', (_, connect) => {
  let toStore: () => ChangeLogStore
  const month = '2031-03'
  const day = (n: number) => `${month}-${String(n).padStart(2, '0')}`
  let lines: ChangeLogEntry[]

  beforeAll(async () => {
    // Days with many entries and with none, back-dated entries on days with entries of their own, and a day on which nothing was recorded.
    const sameDay = [1, 2, 2, 2, 5, 5, 5, 5, 5, 9].map(n => createEntry(day(n)))
    const backDated = [
      [9, 2],
      [9, 2],
      [9, 3],
      [5, 1],
      [5, 2],
      [12, 9],
      [12, 3],
      [5, 3],
    ].map(([recorded = 0, effective = 0]) => createEntry(day(recorded), day(effective)))
    lines = [...sameDay, ...backDated]
    toStore = connect()
    const store = toStore()
    await store.putLines(lines.slice(0, 9))
    await store.putLines(lines.slice(9))
    await store.putLines(lines.slice(3, 12))
  })

  test.each([
    [1, 31],
    [1, 1],
    [2, 3],
    [3, 3],
    [4, 4],
    [5, 9],
    [9, 12],
    [12, 12],
    [6, 8],
  ])('%i and %i of a month are those effective then, once, for every page size', async (from, to) => {
    const expected = lines.filter(({ valid_from }) => toDay(valid_from) >= day(from) && toDay(valid_from) <= day(to))
    for (let limit = 1; limit <= lines.length + 1; limit++) {
      const { lines: entries } = await readAll(
        toStore(),
        `${day(from)}T00:00:00.000Z`,
        `${day(to)}T23:59:59.999Z`,
        limit,
      )
      expect({ limit, found: entries.map(toKey).sort() }).toEqual({ limit, found: expected.map(toKey).sort() })
    }
  })

  test('come day by day, in the same order for every page size', async () => {
    const all = (await readAll(toStore(), day(1), day(31), 1000)).lines
    expect(all.map(({ valid_from }) => toDay(valid_from))).toEqual(
      all.map(({ valid_from }) => toDay(valid_from)).toSorted(),
    )
    for (const limit of [1, 2, 5]) expect((await readAll(toStore(), day(1), day(31), limit)).lines).toEqual(all)
  })

  test('are there under their valid days, until they are dropped from those that are not their recording days', async () => {
    const [sameDay, backDated, other] = [
      createEntry('2034-05-02'),
      createEntry('2034-05-02', '2034-05-01'),
      createEntry('2034-05-02'),
    ]
    const store = toStore()
    await store.putLines([sameDay, backDated])
    const has = () => Promise.all([sameDay, backDated, other].map(one => store.has(one)))
    expect(await has()).toEqual([true, true, false])
    await store.dropValid([sameDay, backDated, other])
    expect(await has()).toEqual([true, false, false])
    expect((await readAll(toStore(), '2034-05-01', '2034-05-02', 10)).lines).toEqual([sameDay])
    await store.putLines([backDated])
    expect(await has()).toEqual([true, true, false])
  })

  test('of records that have one name and differ in kind are two', async () => {
    const field = { ...createEntry('2035-01-01'), kind: 'field' as const, id: 'height' }
    const type = { ...field, kind: 'type' as const }
    await toStore().putLines([field, type])
    const { lines } = await readAll(toStore(), '2035-01-01', '2035-01-01', 1)
    expect(lines.map(({ kind, id }) => `${kind} ${id}`).sort()).toEqual(['field height', 'type height'])
    expect(lines.map(({ kind }) => kind)).toEqual(['field', 'type'])
  })

  test('are no more than the last page gives', async () => {
    const page = await toStore().validBetween(day(1), day(31), null, 1000)
    expect(page).toMatchObject({ more: false, rest: null })
    expect(await toStore().validBetween('2036-01-01', '2036-01-31', null, 1)).toEqual({
      lines: [],
      more: false,
      rest: null,
    })
  })
})

test('entries cost nothing for days without entries', async () => {
  const tables = engine.tables()
  await new DynamoChangeLogStore(tables, new Set()).validBetween('2000-01-01', '2029-12-31', null, 25)
  expect(tables.meter.round_trips).toBe(1)
})

test('on a day with many back-dated entries, the entries of that day are found in bounded steps', async () => {
  const [recorded, effective] = ['2033-01-01', '2002-01-01']
  const backdatedEntries = Array.from({ length: 1300 }, () => createEntry(recorded, effective))
  const sameDayEntries = Array.from({ length: 40 }, () => createEntry(recorded))
  const store = toStore()
  await store.putLines([...backdatedEntries, ...sameDayEntries])
  const entries: ChangeLogEntry[] = []
  let steps = 0
  for (let position: ChangeLogPosition | null = null; ; ) {
    const tables = engine.tables()
    const page: Awaited<ReturnType<DynamoChangeLogStore['validBetween']>> = await new DynamoChangeLogStore(
      tables,
      new Set(),
    ).validBetween(recorded, recorded, position, 20)
    expect(tables.meter.rru).toBeLessThan(25)
    entries.push(...page.lines.map(lineEntry => lineEntry.line))
    steps++
    if (!page.more) break
    position = page.rest
  }
  expect(entries.map(toKey).sort()).toEqual(sameDayEntries.map(toKey).sort())
  expect(steps).toBeGreaterThan(2)
})

test('more entries than fit into one request are all stored, and each day is listed once per process', async () => {
  const entries = Array.from({ length: 120 }, () => createEntry('2032-01-01'))
  const tables = engine.tables()
  const store = new DynamoChangeLogStore(tables, new Set())
  await store.putLines(entries)
  expect((await readAll(store, '2032-01-01', '2032-01-01', 50)).lines.map(toKey).sort()).toEqual(
    entries.map(toKey).sort(),
  )
  const before = tables.meter.wru_base
  await store.putLines([createEntry('2032-01-01')])
  expect(tables.meter.wru_base - before).toBe(1)
})

test('writing no entries makes no request', async () => {
  const tables = engine.tables()
  await new DynamoChangeLogStore(tables, new Set()).putLines([])
  expect(tables.meter.round_trips).toBe(0)
})
