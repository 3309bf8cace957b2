import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { deletePurgedVersions } from '#domain/records/apply-tombstone.ts'
import { toChangeLogEntry } from '#domain/records/change-log-entry.ts'
import { eraseRecord, expire, markPurged } from '#domain/retention/purge.ts'
import { callAt, timeAt } from '#test/in-memory/call.ts'
import { startEngine, type TestEngine } from '../../adapters/dynamodb/engine.ts'
import { Office } from './fixtures.ts'

const NOTHING = { removed: [], changed: [], inserted: [], broken: [] }

let engine: TestEngine
let office: Office
/** Two customers, one with two versions, and two accesses, all sealed. */
let ids: string[]
beforeEach(async () => {
  engine = await startEngine()
  office = new Office(engine.tables())
  ids = [await office.create(1, { surname: 'Lee' }), await office.create(2, { surname: 'Kim' })]
  await office.patch(3, ids[0] ?? '', { surname: 'Li' })
  await office.access(4)
  await office.accesses.recordOutcome(await office.access(5), 'not-found')
  expect(await office.seal(100)).toEqual({ seals: 1, entries: 5 })
})
afterEach(() => engine.stop())

const [versionOf, accessAt] = [(id: string) => `customer#${id} v#`, (n: number) => `${timeAt(n)}#access-`]
const one = async (start: string) => {
  const [row] = await office.rows(start)
  if (row === undefined) throw new Error(`there is no ${start}`)
  return row
}

describe('a seal', () => {
  test('holds each entry once, up to a moment safely past; the next one follows it', async () => {
    await office.access(39)
    await office.access(41)
    expect(await office.seal(100)).toEqual({ seals: 0, entries: 0 })
    expect(await office.seal(102)).toEqual({ seals: 1, entries: 1 })
    await office.access(150)
    expect(await office.seal(211)).toEqual({ seals: 1, entries: 1 })
    const seals = await office.audit.seals('loc1', 0, 10)
    expect(seals.map(({ n, entries }) => [n, entries.length])).toEqual([
      [1, 5],
      [2, 1],
      [3, 1],
    ])
    expect(seals.map(({ prev }) => prev)).toEqual([null, seals[0]?.hash, seals[1]?.hash])
    // The one at 39 came when that was sealed already.
    expect(await office.verify()).toMatchObject({
      ...NOTHING,
      seals: 3,
      inserted: [expect.stringContaining(timeAt(39))],
    })
  })

  test('waits for what has not come through the stream yet', async () => {
    await office.access(150)
    const { sealEntries } = await import('#domain/audit/seal.ts')
    expect(await sealEntries(office, { location: 'loc1', now: timeAt(900) }, 60_000)).toEqual({ seals: 0, entries: 0 })
  })

  test('is of one location; verified are all', async () => {
    await office.create(10, { surname: 'Elsewhere' }, { location: 'loc2' })
    await office.seal(100, 'loc2')
    expect(await office.audit.seals('loc2', 0, 10)).toMatchObject([{ entries: [expect.anything()] }])
    expect(await office.verify()).toEqual({ ...NOTHING, seals: 2, entries: 6 })
  })

  test.each([1, 7, 59, 60, 61])('of more entries than one holds (%i) is several', async most => {
    await office.manyAccesses(60, n => 1000 + Math.floor(n / 2))
    const { seals, entries } = await office.seal(9000, 'loc1', most)
    // The last one is for what is left, if only of the time.
    expect({ seals, entries }).toEqual({ seals: Math.floor(60 / most) + 1, entries: 60 })
    expect(await office.verify()).toEqual({ ...NOTHING, seals: 1 + seals, entries: 65 })
  })

  test('is put once, also by two runs at once', async () => {
    await office.access(150)
    const runs = await Promise.all([office.seal(300), office.seal(300), office.seal(300)])
    expect(runs.map(({ entries }) => entries).sort()).toEqual([0, 0, 1])
    expect(await office.verify()).toEqual({ ...NOTHING, seals: 2, entries: 6 })
  })

  test('of a time without entries is there too: what is put there later is found', async () => {
    await office.seal(9000)
    await office.access(6000)
    expect((await office.verify()).inserted).toEqual([expect.stringContaining(timeAt(6000))])
  })
})

describe('a verification', () => {
  test('finds nothing where nothing was done', async () => {
    expect(await office.verify()).toEqual({ ...NOTHING, seals: 1, entries: 5 })
  })

  test.each([
    ['version', () => versionOf(ids[0] ?? ''), 'removed'],
    ['access', () => accessAt(4), 'removed'],
    ['outcome of an access', () => `${timeAt(5)}#access-2#outcome`, 'changed'],
  ] as const)('finds a removed %s', async (_, what, kind) => {
    await office.steal(await one(what()))
    expect(await office.verify()).toMatchObject({ ...NOTHING, [kind]: [expect.any(String)] })
  })

  test.each([
    ['version: what it said', () => versionOf(ids[1] ?? ''), { snapshot: { surname: 'Kimm', type: 'PERSON' } }],
    ['version: who it was', () => versionOf(ids[1] ?? ''), { actor: 'eve' }],
    ['version: its salt', () => versionOf(ids[1] ?? ''), { salt: 'none' }],
    ['access', () => accessAt(4), { actor: 'eve' }],
  ])('finds a changed %s', async (_, what, change) => {
    await office.tamper({ ...(await one(what())), ...change })
    const { changed, ...rest } = await office.verify()
    expect(changed.length).toBeGreaterThan(0)
    expect(rest).toMatchObject({ removed: [], inserted: [], broken: [] })
  })

  test('finds an inserted version', async () => {
    await office.create(20, { surname: 'Inserted' })
    expect(await office.verify()).toMatchObject({ ...NOTHING, inserted: [expect.stringContaining(timeAt(20))] })
  })

  test('finds an inserted access', async () => {
    await office.access(20)
    expect(await office.verify()).toMatchObject({ ...NOTHING, inserted: [expect.stringContaining(timeAt(20))] })
  })

  test('finds a line that says of its version what that does not', async () => {
    const [version] = (await office.records.loadPartition('customer', ids[0] ?? '')).versions
    if (version === undefined) throw new Error('it was created')
    await office.lines.putLines([{ ...toChangeLogEntry(version), actor: 'eve' }])
    expect((await office.verify()).changed).toEqual([expect.stringContaining('(its line)')])
  })

  test('finds a seal that was changed, and one that was taken away', async () => {
    await office.access(150)
    await office.seal(300)
    const first = await one('seal#loc1 0000000001')
    await office.tamper({ ...first, at: timeAt(101) })
    expect((await office.verify()).broken).toEqual(['seal 1 of loc1 was changed'])
    await office.steal(first)
    expect((await office.verify()).broken).toEqual(['seals 1 to 1 of loc1 are not there'])
  })

  test('finds an entry that was taken out of its seal too, by the seal after it', async () => {
    const { toHash: hashOf } = await import('#domain/audit/seal.ts')
    await office.access(150)
    await office.seal(300)
    const [seal] = await office.audit.seals('loc1', 0, 1)
    if (!seal) throw new Error('there is a seal')
    const forged = { ...seal, entries: seal.entries.slice(1) }
    const { location: _, n: __, ...rest } = { ...forged, hash: hashOf(forged) }
    await office.tamper({ pk: 'seal#loc1', sk: '0000000001', ...rest })
    expect((await office.verify()).broken).toEqual(['seal 2 of loc1 does not follow the one before'])
  })

  test.each([
    ['an erasure', (id: string) => eraseRecord(office.records, callAt(400), id)],
    [
      'a purge',
      async (id: string) => {
        await expire(office.records, callAt(400), id)
        await markPurged(office.records, callAt(401), id)
        await deletePurgedVersions(office.records, 'customer', id)
      },
    ],
  ])('finds nothing wrong with %s', async (_, take) => {
    await take(ids[0] ?? '')
    expect(await office.rows(versionOf(ids[0] ?? ''))).toEqual([])
    expect(await office.verify()).toEqual({ ...NOTHING, seals: 1, entries: 5 })
  })

  test('is not taken in by a removal that only leaves what an erasure leaves, without the erasure', async () => {
    const { versions } = await office.records.loadPartition('customer', ids[0] ?? '')
    await office.records.remove(versions)
    expect((await office.verify()).removed).toHaveLength(2)
  })

  test('finds a change of what an erasure left', async () => {
    await eraseRecord(office.records, callAt(400), ids[1] ?? '')
    await office.tamper({ ...(await one(`customer#${ids[1]} gone#`)), actor: 'eve' })
    expect((await office.verify()).changed.length).toBeGreaterThan(0)
  })
})

test('what stays of two versions that say the same tells nobody that they do', async () => {
  const same = [await office.create(500, { surname: 'Twin' }), await office.create(500, { surname: 'Twin' })]
  for (const id of same) await eraseRecord(office.records, callAt(600), id)
  const digests = (await office.rows('gone#')).map(({ digest }) => digest)
  expect(new Set(digests).size).toBe(2)
  expect(Object.keys(await one(`customer#${same[0]} gone#`)).sort()).toEqual(['action', 'actor', 'digest', 'pk', 'sk'])
})
