import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { countDays, summary } from '#domain/audit/summary.ts'
import { verify } from '#domain/audit/verify.ts'
import { longDigest } from '#domain/records/digest.ts'
import { MemoryAuditIndex } from '#test/in-memory/audit-index.ts'
import { timeAt } from '#test/in-memory/context.ts'
import { startEngine, type TestEngine } from '../../adapters/dynamodb/engine.ts'
import { AuditFixture } from './fixtures.ts'

const NO_DIFFERENCES = { removed: [], changed: [], inserted: [], broken: [] }
const HOUR = 3600
const DAY = 24 * HOUR

let engine: TestEngine
let fixture: AuditFixture
beforeEach(async () => {
  engine = await startEngine()
  fixture = new AuditFixture(engine.tables())
})
afterEach(() => engine.stop())

const restarts = async () => (await verify(fixture, null, () => true)).restarts

/** Writes a day's entries up to 9:00 (the last of them too new to be sealed), and returns the time to which the clock is set back. */
async function setBackBy(seconds: number): Promise<number> {
  for (const hour of [1, 3, 5, 7, 8]) await fixture.access(hour * HOUR)
  await fixture.create(8 * HOUR + 1800, { surname: 'Lee' })
  await fixture.seal(9 * HOUR)
  await fixture.access(9 * HOUR - 10)
  return 9 * HOUR - seconds
}

describe('after the clock was set back', () => {
  test.each([90, HOUR, 2 * HOUR, 6 * HOUR, 400 * DAY])(
    'by %i s, entries are not reported as differences',
    async seconds => {
      const now = await setBackBy(seconds)
      await fixture.create(now + 1, { surname: 'Kim' })
      await fixture.access(now + 2)
      await fixture.seal(now + 12)
      expect(await fixture.verify()).toMatchObject(NO_DIFFERENCES)
      expect(await restarts()).toEqual([{ location: 'loc1', at: timeAt(now + 12), from: timeAt(now + 12 - HOUR) }])
      for (const later of [100, HOUR, 4 * HOUR, 10 * HOUR]) {
        await fixture.access(now + later)
        await fixture.seal(now + later + 100)
        expect(await fixture.verify()).toMatchObject(NO_DIFFERENCES)
      }
      expect(await restarts()).toHaveLength(1)
    },
  )

  test('by less than the sealing delay, nothing is sealed again', async () => {
    const now = await setBackBy(6)
    await fixture.access(now + 1)
    await fixture.seal(now + 12)
    await fixture.seal(now + 90)
    expect(await fixture.verify()).toMatchObject(NO_DIFFERENCES)
    expect(await restarts()).toEqual([])
  })

  test('several times, entries are not reported as differences', async () => {
    let now = await setBackBy(HOUR)
    for (const seconds of [0, 1800, 3 * HOUR, 900]) {
      now -= seconds
      for (let n = 0; n < 3; n++) {
        now += 400
        await fixture.access(now - 200)
        await fixture.seal(now)
      }
      expect(await fixture.verify()).toMatchObject(NO_DIFFERENCES)
    }
    expect(await restarts()).toHaveLength(4)
  })

  test('earlier entries are protected, including unsealed ones', async () => {
    const now = await setBackBy(2 * HOUR)
    await fixture.seal(now + 10)
    for (const at of [7 * HOUR, 8 * HOUR, 9 * HOUR - 10]) {
      const [row] = await fixture.itemsContaining(`${timeAt(at)}#access-`)
      if (row === undefined) throw new Error('the access exists')
      await fixture.deleteItem(row)
      expect((await fixture.verify()).removed).toEqual([expect.stringContaining(timeAt(at))])
      await fixture.putItem(row)
    }
    expect(await fixture.verify()).toMatchObject(NO_DIFFERENCES)
  })

  test('an insertion is found at once before that time, and otherwise when the time is sealed again', async () => {
    const now = await setBackBy(2 * HOUR)
    await fixture.seal(now + 10)
    await fixture.access(5 * HOUR + 7)
    expect((await fixture.verify()).inserted).toEqual([expect.stringContaining(timeAt(5 * HOUR + 7))])
    await fixture.seal(now + 2 * HOUR)
    await fixture.access(8 * HOUR + 7)
    expect((await fixture.verify()).inserted).toEqual(
      [5 * HOUR + 7, 8 * HOUR + 7].map(at => expect.stringContaining(timeAt(at))),
    )
  })

  test('two concurrent runs restart once, and a run continues one that was interrupted', async () => {
    const now = await setBackBy(2 * HOUR)
    await Promise.all([fixture.seal(now + 10), fixture.seal(now + 10)])
    expect(await restarts()).toHaveLength(1)
    const [last] = (await fixture.itemsContaining('seal#loc1')).sort((a, b) => (String(a.sk) < String(b.sk) ? 1 : -1))
    if (last === undefined) throw new Error('the location has a seal')
    // The run was interrupted before the seal that restarts.
    for (const row of await fixture.itemsContaining('seal#loc1')) if (Number(row.sk) > 2) await fixture.deleteItem(row)
    await fixture.access(now + 15)
    await fixture.seal(now + 200)
    expect(await fixture.verify()).toMatchObject(NO_DIFFERENCES)
    expect(await restarts()).toHaveLength(1)
  })

  test('a restart removed from its seal is found', async () => {
    const now = await setBackBy(2 * HOUR)
    await fixture.seal(now + 10)
    await fixture.seal(now + 2 * HOUR)
    const restartSeal = (await fixture.itemsContaining('seal#loc1')).find(
      ({ restarts, entries }) =>
        Array.isArray(restarts) && restarts.length > 0 && Array.isArray(entries) && entries.length === 0,
    )
    if (restartSeal === undefined) throw new Error('a seal contains the restart')
    await fixture.putItem({ ...restartSeal, restarts: [] })
    expect((await fixture.verify()).broken).toEqual([expect.stringContaining('was changed')])
  })

  test('the index receives the entries written since', async () => {
    const index = new MemoryAuditIndex()
    fixture.auditIndex = index
    const now = await setBackBy(2 * HOUR)
    await fixture.updateIndex(9 * HOUR)
    await fixture.access(now + 1, { actor: 'late' })
    await fixture.seal(now + 10)
    await fixture.updateIndex(now + 200)
    expect((await fixture.list({ actor: 'late' })).map(({ at }) => at)).toEqual([timeAt(now + 1)])
    expect(await index.find('index-1', { actor: 'late' } as never, { above: '0', below: '~' }, false, 10)).toHaveLength(
      1,
    )
  })

  test('counted days are counted again', async () => {
    for (const day of [0, 1, 2, 3]) await fixture.access(day * DAY + HOUR)
    await fixture.seal(4 * DAY)
    await countDays(fixture, { location: 'loc1' })
    const now = 2 * DAY + 2 * HOUR
    await fixture.access(now)
    await fixture.seal(now + 10)
    const counts = async () => {
      const { items } = await summary(fixture, {}, null, () => true)
      return items.map(({ day, count }) => `${day.slice(8)} ${count}`)
    }
    expect(await counts()).toEqual(['01 1', '02 1', '03 2', '04 1'])
    await fixture.access(4 * DAY + HOUR)
    await fixture.seal(5 * DAY + HOUR)
    await countDays(fixture, { location: 'loc1' })
    expect(await fixture.audit.lastCounted('loc1', 1)).toBe('2026-06-05')
    expect(await counts()).toEqual(['01 1', '02 1', '03 2', '04 1', '05 1'])
  })
})

test('a seal from before restarts existed keeps its hash', async () => {
  const { toHash } = await import('#domain/audit/seal.ts')
  const seal = { location: 'loc1', n: 1, from: '0', to: timeAt(9), at: timeAt(90), entries: [], prev: null }
  const earlierHash = longDigest(['loc1', 1, '0', timeAt(9), timeAt(90), [], null])
  expect(toHash({ ...seal, restarts: [] })).toBe(earlierHash)
})
