import { afterEach, beforeEach, expect, test } from '@jest/globals'
import type { SummaryItem } from '#contract/schemas/audit.ts'
import { countDays, summary } from '#domain/audit/summary.ts'
import { sendHeartbeat } from '#domain/locations/heartbeat.ts'
import { readLocationStatus } from '#domain/locations/location-status.ts'
import { timeAt } from '#test/in-memory/context.ts'
import { startEngine, type TestEngine } from '../../adapters/dynamodb/engine.ts'
import { AuditFixture } from './fixtures.ts'

const DAY = 86_400

let engine: TestEngine
let fixture: AuditFixture
beforeEach(async () => {
  engine = await startEngine()
  fixture = new AuditFixture(engine.tables())
})
afterEach(() => engine.stop())

/** Returns all pages of a summary, each cut after the least work possible. */
async function pages(span: { from?: string; to?: string } = {}, source = fixture): Promise<SummaryItem[]> {
  const items = new Map<string, SummaryItem>()
  let position: string | null = null
  do {
    const page: Awaited<ReturnType<typeof summary>> = await summary(source, span, position, () => false)
    for (const item of page.items) {
      const group = `${item.day} ${item.location} ${item.actor} ${item.action}`
      items.set(group, { ...item, count: item.count + (items.get(group)?.count ?? 0) })
    }
    position = page.next
  } while (position !== null)
  return [...items.values()]
}

const format = (items: readonly SummaryItem[]) =>
  items
    .map(({ day, actor, action, location, count }) => `${day.slice(8)} ${location} ${actor} ${action} ${count}`)
    .sort()

async function writeFourDays(): Promise<void> {
  for (const location of ['loc1', 'loc2'])
    await sendHeartbeat(fixture, { location, now: timeAt(0) }, await readLocationStatus(fixture))
  for (const day of [0, 1, 2, 3]) {
    for (let n = 0; n <= day; n++) await fixture.create(day * DAY + n, { surname: `N${n}` }, { actor: 'ada' })
    await fixture.access(day * DAY + 50, { location: 'loc2', action: 'search' })
    await fixture.access(day * DAY + 60, { actor: 'public', action: 'search', outcome: 'unauthenticated', count: 40 })
  }
}
const EXPECTED = [1, 2, 3, 4].flatMap(n => [
  `0${n} loc1 ada create ${n}`,
  `0${n} loc1 public search 40`,
  `0${n} loc2 agent search 1`,
])

test('counts by day, actor, action and location', async () => {
  await writeFourDays()
  expect(format(await pages())).toEqual(EXPECTED)
  expect(format(await pages({ from: '2026-06-02', to: '2026-06-03' }))).toEqual(EXPECTED.slice(3, 9))
})

test('returns the same counts when some locations have counted more days than others', async () => {
  await writeFourDays()
  await fixture.seal(2 * DAY + 600)
  await countDays(fixture, { location: 'loc1' })
  expect(await fixture.audit.lastCounted('loc1', 0)).toBe('2026-06-02')
  expect(format(await pages())).toEqual(EXPECTED)
  await fixture.seal(3 * DAY + 600, 'loc2')
  await countDays(fixture, { location: 'loc2' })
  await countDays(fixture, { location: 'loc2' })
  expect(await fixture.audit.lastCounted('loc2', 0)).toBe('2026-06-03')
  expect(format(await pages())).toEqual(EXPECTED)
  expect(format(await pages({ from: '2026-06-02', to: '2026-06-03' }))).toEqual(EXPECTED.slice(3, 9))
})

test('does not read the entries of days that every location has counted', async () => {
  const read = async () => {
    const tables = engine.tables()
    await pages({ to: '2026-06-01' }, new AuditFixture(tables))
    return tables.meter.rru
  }
  await fixture.manyAccesses(600, n => n)
  await fixture.seal(DAY + 600)
  const before = await read()
  await countDays(fixture, { location: 'loc1' })
  expect(await read()).toBeLessThan(before / 3)
  expect(await pages({ to: '2026-06-01' })).toMatchObject([{ count: 600 }])
  expect(timeAt(0).slice(0, 10)).toBe('2026-06-01')
})
