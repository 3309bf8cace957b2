import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { TimeSlice } from '#adapters/time-slice.ts'
import { toChangeLogEntry } from '#domain/records/change-log-entry.ts'
import { eraseRecord, expire, markPurged, sweep } from '#domain/retention/purge.ts'
import { contextAt, timeAt } from '#test/in-memory/context.ts'
import { startEngine, type TestEngine } from '../../adapters/dynamodb/engine.ts'
import { AuditFixture } from './fixtures.ts'

const NO_DIFFERENCES = { removed: [], changed: [], inserted: [], broken: [] }

let engine: TestEngine
let fixture: AuditFixture
/** Ids of two customers, one of them with two versions. Together with two accesses they are sealed. */
let ids: string[]
beforeEach(async () => {
  engine = await startEngine()
  fixture = new AuditFixture(engine.tables())
  ids = [await fixture.create(1, { surname: 'Lee' }), await fixture.create(2, { surname: 'Kim' })]
  await fixture.patch(3, ids[0] ?? '', { surname: 'Li' })
  await fixture.access(4)
  await fixture.accesses.recordOutcome(await fixture.access(5), 'not-found')
  expect(await fixture.seal(100)).toEqual({ seals: 1, entries: 5 })
})
afterEach(() => engine.stop())

const [toVersionKey, toAccessKey] = [(id: string) => `customer#${id} v#`, (n: number) => `${timeAt(n)}#access-`]
const getItem = async (key: string) => {
  const [item] = await fixture.itemsContaining(key)
  if (item === undefined) throw new Error(`no item contains ${key}`)
  return item
}

describe('a seal', () => {
  test('lets other work of the process run between entries', async () => {
    await fixture.manyAccesses(60, () => 60)
    let turns = 0
    const slice = new TimeSlice(0, async () => {
      turns += 1
    })
    const sharing = new AuditFixture(engine.tables(), null, slice)
    expect(await sharing.seal(300)).toEqual({ seals: 1, entries: 60 })
    // Each row is decoded and put in order in a slice of its own.
    expect(turns).toBeGreaterThanOrEqual(120)
  })

  test('holds each entry once, up to a time in the safe past, and links to the seal before', async () => {
    await fixture.access(39)
    await fixture.access(41)
    expect(await fixture.seal(100)).toEqual({ seals: 0, entries: 0 })
    expect(await fixture.seal(102)).toEqual({ seals: 1, entries: 1 })
    await fixture.access(150)
    expect(await fixture.seal(211)).toEqual({ seals: 1, entries: 1 })
    const seals = await fixture.audit.seals('loc1', 0, 10)
    expect(seals.map(({ n, entries }) => [n, entries.length])).toEqual([
      [1, 5],
      [2, 1],
      [3, 1],
    ])
    expect(seals.map(({ prev }) => prev)).toEqual([null, seals[0]?.hash, seals[1]?.hash])
    // The access at second 39 arrived after its period was sealed.
    expect(await fixture.verify()).toMatchObject({
      ...NO_DIFFERENCES,
      seals: 3,
      inserted: [expect.stringContaining(timeAt(39))],
    })
  })

  test('waits for entries that have not come through the stream yet', async () => {
    await fixture.access(150)
    const { sealEntries } = await import('#domain/audit/seal.ts')
    expect(await sealEntries(fixture, { location: 'loc1', now: timeAt(900) }, 60_000)).toEqual({ seals: 0, entries: 0 })
  })

  test('covers one location, while a verification covers all of them', async () => {
    await fixture.create(10, { surname: 'Elsewhere' }, { location: 'loc2' })
    await fixture.seal(100, 'loc2')
    expect(await fixture.audit.seals('loc2', 0, 10)).toMatchObject([{ entries: [expect.anything()] }])
    expect(await fixture.verify()).toEqual({ ...NO_DIFFERENCES, seals: 2, entries: 6 })
  })

  test.each([1, 7, 59, 60, 61])('is split into several when there are more than %i entries', async most => {
    await fixture.manyAccesses(60, n => 1000 + Math.floor(n / 2))
    const { seals, entries } = await fixture.seal(9000, 'loc1', most)
    // The last seal may hold no entry: it only covers the time until now.
    expect({ seals, entries }).toEqual({ seals: Math.floor(60 / most) + 1, entries: 60 })
    expect(await fixture.verify()).toEqual({ ...NO_DIFFERENCES, seals: 1 + seals, entries: 65 })
  })

  test('is written once by concurrent runs', async () => {
    await fixture.access(150)
    const runs = await Promise.all([fixture.seal(300), fixture.seal(300), fixture.seal(300)])
    expect(runs.map(({ entries }) => entries).sort()).toEqual([0, 0, 1])
    expect(await fixture.verify()).toEqual({ ...NO_DIFFERENCES, seals: 2, entries: 6 })
  })

  test('covers a period without entries, so that an entry inserted there later is found', async () => {
    await fixture.seal(9000)
    await fixture.access(6000)
    expect((await fixture.verify()).inserted).toEqual([expect.stringContaining(timeAt(6000))])
  })
})

describe('a verification', () => {
  test('reports no difference when nothing was tampered with', async () => {
    expect(await fixture.verify()).toEqual({ ...NO_DIFFERENCES, seals: 1, entries: 5 })
  })

  test.each([
    ['version', () => toVersionKey(ids[0] ?? ''), 'removed'],
    ['access', () => toAccessKey(4), 'removed'],
    ['outcome of an access', () => `${timeAt(5)}#access-2#outcome`, 'changed'],
  ] as const)('reports a removed %s', async (_, toItemKey, kind) => {
    await fixture.deleteItem(await getItem(toItemKey()))
    expect(await fixture.verify()).toMatchObject({ ...NO_DIFFERENCES, [kind]: [expect.any(String)] })
  })

  test.each([
    ['version (its values)', () => toVersionKey(ids[1] ?? ''), { snapshot: { surname: 'Kimm', type: 'PERSON' } }],
    ['version (its actor)', () => toVersionKey(ids[1] ?? ''), { actor: 'eve' }],
    ['version (its salt)', () => toVersionKey(ids[1] ?? ''), { salt: 'none' }],
    ['access', () => toAccessKey(4), { actor: 'eve' }],
  ])('reports a changed %s', async (_, toItemKey, change) => {
    await fixture.putItem({ ...(await getItem(toItemKey())), ...change })
    const { changed, ...rest } = await fixture.verify()
    expect(changed.length).toBeGreaterThan(0)
    expect(rest).toMatchObject({ removed: [], inserted: [], broken: [] })
  })

  test('reports an inserted version', async () => {
    await fixture.create(20, { surname: 'Inserted' })
    expect(await fixture.verify()).toMatchObject({ ...NO_DIFFERENCES, inserted: [expect.stringContaining(timeAt(20))] })
  })

  test('reports an inserted access', async () => {
    await fixture.access(20)
    expect(await fixture.verify()).toMatchObject({ ...NO_DIFFERENCES, inserted: [expect.stringContaining(timeAt(20))] })
  })

  test('reports a change log entry that contradicts its version', async () => {
    const [version] = (await fixture.records.loadPartition('customer', ids[0] ?? '')).versions
    if (version === undefined) throw new Error('the customer exists')
    await fixture.lines.putLines([{ ...toChangeLogEntry(version), actor: 'eve' }])
    expect((await fixture.verify()).changed).toEqual([expect.stringContaining('(its line)')])
  })

  test('reports a changed seal and a deleted seal', async () => {
    await fixture.access(150)
    await fixture.seal(300)
    const first = await getItem('seal#loc1 0000000001')
    await fixture.putItem({ ...first, at: timeAt(101) })
    expect((await fixture.verify()).broken).toEqual(['seal 1 of loc1 was changed'])
    await fixture.deleteItem(first)
    expect((await fixture.verify()).broken).toEqual(['seals 1 to 1 of loc1 are not there'])
  })

  test('reports an entry that was removed together with its place in the seal', async () => {
    const { toHash: hashOf } = await import('#domain/audit/seal.ts')
    await fixture.access(150)
    await fixture.seal(300)
    const [seal] = await fixture.audit.seals('loc1', 0, 1)
    if (!seal) throw new Error('the seal exists')
    const forged = { ...seal, entries: seal.entries.slice(1) }
    const { location: _, n: __, ...rest } = { ...forged, hash: hashOf(forged) }
    await fixture.putItem({ pk: 'seal#loc1', sk: '0000000001', ...rest })
    expect((await fixture.verify()).broken).toEqual(['seal 2 of loc1 does not follow the one before'])
  })

  test.each([
    ['an erasure', (id: string) => eraseRecord(fixture.records, contextAt(400), id)],
    [
      'a purge',
      async (id: string) => {
        await expire(fixture.records, contextAt(400), id)
        await markPurged(fixture.records, id)
        await sweep(fixture.records, contextAt(401), id)
      },
    ],
  ])('reports no difference after %s', async (_, remove) => {
    await remove(ids[0] ?? '')
    expect(await fixture.itemsContaining(toVersionKey(ids[0] ?? ''))).toEqual([])
    expect(await fixture.verify()).toEqual({ ...NO_DIFFERENCES, seals: 1, entries: 5 })
  })

  test('reports versions that were removed as in an erasure, without an erasure record', async () => {
    const { versions } = await fixture.records.loadPartition('customer', ids[0] ?? '')
    await fixture.records.remove(versions)
    expect((await fixture.verify()).removed).toHaveLength(2)
  })

  test('reports a change of the item that an erasure leaves behind', async () => {
    await eraseRecord(fixture.records, contextAt(400), ids[1] ?? '')
    await fixture.putItem({ ...(await getItem(`customer#${ids[1]} gone#`)), actor: 'eve' })
    expect((await fixture.verify()).changed.length).toBeGreaterThan(0)
  })
})

test('the items that an erasure leaves of two equal versions do not reveal that they were equal', async () => {
  const same = [await fixture.create(500, { surname: 'Twin' }), await fixture.create(500, { surname: 'Twin' })]
  for (const id of same) await eraseRecord(fixture.records, contextAt(600), id)
  const digests = (await fixture.itemsContaining('gone#')).map(({ digest }) => digest)
  expect(new Set(digests).size).toBe(2)
  expect(Object.keys(await getItem(`customer#${same[0]} gone#`)).sort()).toEqual([
    'action',
    'actor',
    'digest',
    'pk',
    'sk',
  ])
})
