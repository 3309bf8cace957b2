import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { DynamoChangeLogStore } from '#adapters/dynamodb/change-log-store.ts'
import type { ChangeLogEntry, ChangeLogPosition } from '#domain/records/change-log-entry.ts'
import { startEngine, type TestEngine } from './engine.ts'

let engine: TestEngine
beforeAll(async () => {
  engine = await startEngine()
})
afterAll(() => engine.stop())

const toStore = () => new DynamoChangeLogStore(engine.tables(), new Set())

let seconds = 0
/** A line recorded on one day of a month and valid from another. */
function line(recorded: string, valid = recorded): ChangeLogEntry {
  const time = new Date(Date.parse('2020-01-01T00:00:00Z') + seconds++ * 1000).toISOString().slice(10)
  return {
    kind: 'customer',
    id: randomUUID(),
    valid_from: `${valid}${time}`,
    recorded_at: `${recorded}${time}`,
    location: 'loc1',
    ...{ action: 'update', actor: 'agent', digest: 'digest' },
  }
}

const toKey = (one: ChangeLogEntry) => `${one.id} ${one.valid_from} ${one.recorded_at}`
const toDay = (instant: string) => instant.slice(0, 10)

/** Every line between two moments, page by page. */
async function walk(
  store: DynamoChangeLogStore,
  from: string,
  to: string,
  limit: number,
): Promise<{ lines: ChangeLogEntry[]; pages: number }> {
  const lines: ChangeLogEntry[] = []
  let place: ChangeLogPosition | null = null
  for (let pages = 1; ; pages++) {
    const page: Awaited<ReturnType<DynamoChangeLogStore['validBetween']>> = await store.validBetween(
      from,
      to,
      place,
      limit,
    )
    expect(page.lines.length).toBeLessThanOrEqual(limit)
    lines.push(...page.lines.map(({ line }) => line))
    if (!page.more) return { lines, pages }
    expect(page.lines.length).toBeGreaterThan(0)
    place = page.lines.at(-1)?.place ?? null
  }
}

describe('lines between two days', () => {
  const month = '2031-03'
  const day = (n: number) => `${month}-${String(n).padStart(2, '0')}`
  let lines: ChangeLogEntry[]

  beforeAll(async () => {
    // Days with many lines and with none, some back-dated onto days that have lines of their own, one on which nothing was recorded.
    const sameDay = [1, 2, 2, 2, 5, 5, 5, 5, 5, 9].map(n => line(day(n)))
    const backDated = [
      [9, 2],
      [9, 2],
      [9, 3],
      [5, 1],
      [5, 2],
      [12, 9],
      [12, 3],
      [5, 3],
    ].map(([recorded = 0, valid = 0]) => line(day(recorded), day(valid)))
    lines = [...sameDay, ...backDated]
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
  ])('%i and %i of a month are those valid from them, once, at every limit', async (from, to) => {
    const expected = lines.filter(({ valid_from }) => toDay(valid_from) >= day(from) && toDay(valid_from) <= day(to))
    for (let limit = 1; limit <= lines.length + 1; limit++) {
      const { lines: found } = await walk(toStore(), `${day(from)}T00:00:00.000Z`, `${day(to)}T23:59:59.999Z`, limit)
      expect({ limit, found: found.map(toKey).sort() }).toEqual({ limit, found: expected.map(toKey).sort() })
    }
  })

  test('come day by day, in one order whatever the limit', async () => {
    const whole = (await walk(toStore(), day(1), day(31), 1000)).lines
    expect(whole.map(({ valid_from }) => toDay(valid_from))).toEqual(
      whole.map(({ valid_from }) => toDay(valid_from)).toSorted(),
    )
    for (const limit of [1, 2, 5]) expect((await walk(toStore(), day(1), day(31), limit)).lines).toEqual(whole)
  })

  test('cost nothing for days without any', async () => {
    const tables = engine.tables()
    await new DynamoChangeLogStore(tables, new Set()).validBetween('2000-01-01', '2029-12-31', null, 25)
    expect(tables.meter.round_trips).toBe(1)
  })
})

test('on a day on which much of other days was recorded, what is of that day is found bit by bit', async () => {
  const [recorded, valid] = ['2033-01-01', '2002-01-01']
  const ofOtherDays = Array.from({ length: 1300 }, () => line(recorded, valid))
  const own = Array.from({ length: 40 }, () => line(recorded))
  const store = toStore()
  await store.putLines([...ofOtherDays, ...own])
  const found: ChangeLogEntry[] = []
  let steps = 0
  for (let place: ChangeLogPosition | null = null; ; ) {
    const tables = engine.tables()
    const page: Awaited<ReturnType<DynamoChangeLogStore['validBetween']>> = await new DynamoChangeLogStore(
      tables,
      new Set(),
    ).validBetween(recorded, recorded, place, 20)
    expect(tables.meter.rru).toBeLessThan(25)
    found.push(...page.lines.map(one => one.line))
    steps++
    if (!page.more) break
    place = page.rest
  }
  expect(found.map(toKey).sort()).toEqual(own.map(toKey).sort())
  expect(steps).toBeGreaterThan(2)
})

test('more lines than one round trip takes are all put, and a day is listed once a process', async () => {
  const many = Array.from({ length: 120 }, () => line('2032-01-01'))
  const tables = engine.tables()
  const store = new DynamoChangeLogStore(tables, new Set())
  await store.putLines(many)
  expect((await walk(store, '2032-01-01', '2032-01-01', 50)).lines.map(toKey).sort()).toEqual(many.map(toKey).sort())
  const before = tables.meter.wru_base
  await store.putLines([line('2032-01-01')])
  expect(tables.meter.wru_base - before).toBe(1)
})

test('no lines are no work', async () => {
  const tables = engine.tables()
  await new DynamoChangeLogStore(tables, new Set()).putLines([])
  expect(tables.meter.round_trips).toBe(0)
})
