import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { Tables } from '#adapters/dynamodb/tables.ts'
import { split } from '#domain/duplicates/split.ts'
import { eraseCustomer } from '#domain/retention/erase.ts'
import type { ErasureRecord } from '#domain/retention/port.ts'
import { purgeAbout } from '#domain/retention/related-data.ts'
import { startEngine, type TestEngine } from '#test/adapters/dynamodb/engine.ts'
import { RetentionFixture } from './fixtures.ts'

const KEY = 'k'.repeat(32)
const SECRET = 'Quillfeather'
const WRITES = new Set(['put', 'remove', 'transactWrite', 'batchWrite'])

class Killed extends Error {}

let engine: TestEngine
beforeAll(async () => {
  engine = await startEngine()
})
afterAll(() => engine.stop())

/** Tables of a process that ends right before a write, and does nothing afterwards. */
function endingBefore(tables: Tables, write: number): Tables {
  let count = 0
  return new Proxy(tables, {
    get(target, name) {
      const member = Reflect.get(target, name)
      if (typeof member !== 'function') return member
      return (...args: unknown[]) => {
        if (WRITES.has(String(name))) count += 1
        if (count > write) return Promise.reject(new Killed())
        return member.apply(target, args)
      }
    },
  })
}

const arrive = (fixture: RetentionFixture, erasure: ErasureRecord) => fixture.arrive([{ type: 'erasure', erasure }])

/** Three merged customers, and a fourth that has copied a value in a merge that was split. Returns their ids. */
async function prepare(fixture: RetentionFixture): Promise<[family: string[], other: string]> {
  const ids: string[] = []
  for (let n = 0; n < 4; n++) ids.push(await fixture.create({ surname: 'Plain' }))
  const [other = '', a = '', b = '', c = ''] = ids.sort()
  for (const id of [a, b, c]) await fixture.patch(id, { surname: SECRET })
  await fixture.patch(other, { surname: 'Other' })
  await fixture.patch(c, { given_name: SECRET })
  await fixture.decide([other, c], 'same')
  await split(fixture.records, fixture.context(), c)
  await fixture.decide([b, c], 'same', SECRET)
  await fixture.decide([a, b], 'same', SECRET)
  return [[a, b, c], other]
}

test('an erasure that ends before any of its writes has not begun, or is finished by the reader of the stream', async () => {
  let interruptions = 0
  // Each write of the start, and every third of what follows.
  for (let write = 0; ; write += write < 3 ? 1 : 3) {
    const fixture = new RetentionFixture(engine.tables())
    await fixture.clear()
    const [family, other] = await prepare(fixture)
    const process = new RetentionFixture(endingBefore(fixture.tables, write))
    process.advanceClock({ days: 1 })
    const outcome = await eraseCustomer(process, [], process.context(), family[1] ?? '', KEY).catch(error => error)
    const erasure = await fixture.erasures.erased(family[0] ?? '')
    const rows = await Promise.all(family.map(id => fixture.row(id)))
    if (erasure === null) {
      expect(rows).not.toContain(null)
      expect(await fixture.keysOfItemsWith('eraseCustomer')).toEqual([])
    } else {
      expect([rows, erasure.ids]).toEqual([[null, null, null], family])
      expect(await fixture.keysOfItemsWith('eraseCustomer')).toHaveLength(1)
      await Promise.all([arrive(fixture, erasure), arrive(fixture, erasure)])
      await arrive(fixture, erasure)
      expect(await fixture.keysOfItemsWith(SECRET)).toEqual([])
      expect(await fixture.state(other)).toBe('active')
      expect((await eraseCustomer(fixture, [], fixture.context(), family[2] ?? '', KEY)).found).toMatchObject({
        registry: 0,
        views: 0,
        copies: 0,
      })
    }
    if (!(outcome instanceof Error)) break
    expect(outcome).toBeInstanceOf(Killed)
    interruptions += 1
  }
  expect(interruptions).toBeGreaterThan(5)
}, 180_000)

test('an erasure includes a customer that is merged while it begins', async () => {
  const fixture = new RetentionFixture(engine.tables())
  await fixture.clear()
  const ids = [await fixture.create({ surname: SECRET }), await fixture.create({ surname: SECRET })].sort()
  const [a = '', b = ''] = ids
  const other = new RetentionFixture(fixture.tables)
  const begin = fixture.erasures.begin.bind(fixture.erasures)
  let attempts = 0
  fixture.erasures.begin = async (...args) => {
    attempts += 1
    if (attempts === 1) await other.decide([a, b], 'same')
    return begin(...args)
  }
  other.advanceClock({ seconds: 100 })
  expect((await eraseCustomer(fixture, [], fixture.context(), a, KEY)).ids).toEqual(ids)
  expect([attempts, await fixture.keysOfItemsWith(SECRET)]).toEqual([2, []])
})

test('a purge of decisions that ends right after the mark leaves no versions once the mark was applied', async () => {
  for (const write of [0, 1, 2, 3]) {
    const fixture = new RetentionFixture(engine.tables())
    await fixture.clear()
    const ids: [string, string] = [await fixture.create({ surname: 'A' }), await fixture.create({ surname: 'B' })]
    await fixture.decide(ids, 'different', SECRET)
    const [decision = ''] = (await fixture.erasures.about(ids[0])).decisions
    const process = new RetentionFixture(endingBefore(fixture.tables, write))
    await purgeAbout(process, process.context(), ids[0]).catch(() => undefined)
    const { tombstone } = await fixture.records.loadPartition('decision', decision)
    if (Object.keys(tombstone.purged).length > 0)
      await fixture.arrive([{ type: 'tombstone', record: { kind: 'decision', id: decision }, erased: false }])
    await purgeAbout(fixture, fixture.context(), ids[0])
    expect(await fixture.keysOfItemsWith(SECRET)).toEqual([])
  }
})
