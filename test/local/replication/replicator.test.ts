import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { until } from '../../e2e/until.ts'
import { nextSecond, Sites, type TestSite } from './sites.ts'

let sites: Sites
let loc1: TestSite
let loc2: TestSite
let loc3: TestSite

beforeEach(async () => {
  sites = await Sites.create('loc1', 'loc2', 'loc3')
  const [first, second, third] = sites.all
  if (!first || !second || !third) throw new Error('three sites were created')
  loc1 = first
  loc2 = second
  loc3 = third
})
afterEach(() => sites.stop())

const toValues = (pk: string) => Promise.all(sites.all.map(site => site.get(pk)))

test('writes, overwrites and deletions at one location reach the others', async () => {
  await sites.start()
  await loc1.put('a', { surname: 'Lindqvist', clock: { loc1: '1' } })
  await loc2.put('b', [1, null, true])
  await sites.waitForConvergence('both rows', rows => rows.size === 2)
  expect(await toValues('a')).toEqual(Array(3).fill({ surname: 'Lindqvist', clock: { loc1: '1' } }))
  await loc1.put('a', 'changed')
  await loc2.delete('b')
  await sites.waitForConvergence('the change', rows => rows.get('a') === 'changed' && rows.size === 1)
})

test('a row makes one record at each location and is not sent back', async () => {
  await sites.start()
  await sites.waitForConvergence('the start')
  for (let n = 0; n < 20; n++) await sites.all[n % 3]?.put(`row${n}`, n)
  await sites.waitForConvergence('all rows', rows => rows.size === 20)
  // Once the later row has arrived, everything has been replicated in both directions.
  await loc1.put('later', 1)
  await sites.waitForConvergence('a later row', rows => rows.size === 21)
  expect(await Promise.all(sites.all.map(site => site.records()))).toEqual([21, 21, 21])
  await loc1.put('later', 1)
  await loc3.put('last', 1)
  await sites.waitForConvergence('another row', rows => rows.size === 22)
  expect(await Promise.all(sites.all.map(site => site.records()))).toEqual([23, 22, 22])
})

describe('the last writer wins', () => {
  const write = (site: () => TestSite, value: string | null) => () =>
    value === null ? site().delete('a') : site().put('a', value)
  test.each([
    ['between two changes', write(() => loc1, 'first'), write(() => loc2, 'second'), 'second'],
    ['between two changes in the other order', write(() => loc2, 'first'), write(() => loc1, 'second'), 'second'],
    ['when it deletes', write(() => loc2, 'first'), write(() => loc1, null), undefined],
    ['when the earlier one deletes', write(() => loc1, null), write(() => loc2, 'second'), 'second'],
    ['when it deletes a row from another location', write(() => loc3, 'first'), write(() => loc2, null), undefined],
  ])('%s', async (_, early, late, expected) => {
    await sites.start()
    await loc1.put('a', 'before')
    await sites.waitForConvergence('the row', rows => rows.get('a') === 'before')
    await nextSecond()
    for (const { name } of sites.all) await sites.replicator.cut(name)
    await early()
    await nextSecond()
    await late()
    // The earlier write arrives last.
    for (const { name } of sites.all) sites.replicator.heal(name)
    await sites.waitForConvergence('the winner', rows => rows.get('a') === expected)
    await loc3.put('b', 'after')
    await sites.waitForConvergence('a later row', rows => rows.get('b') === 'after')
    expect(await toValues('a')).toEqual(Array(3).fill(expected))
  })

  test('over an older write that arrives after a deletion', async () => {
    await sites.start()
    await sites.waitForConvergence('the start')
    await sites.replicator.cut('loc2')
    await loc2.put('a', 'older')
    await loc1.put('a', 'newer')
    await until(async () => (await loc3.get('a')) === 'newer', 5000, 'the row at loc3')
    await nextSecond()
    await loc1.delete('a')
    await until(async () => (await loc3.get('a')) === undefined, 5000, 'the deletion at loc3')
    sites.replicator.heal('loc2')
    await loc2.put('b', 'last')
    await sites.waitForConvergence('no row', rows => !rows.has('a') && rows.has('b'))
  })

  test('also when it had received the other write within the same second', async () => {
    await sites.start()
    for (let n = 0; n < 10; n++) {
      await loc3.put('a', `from loc3 ${n}`)
      await until(async () => (await loc1.get('a')) === `from loc3 ${n}`, 5000, 'the row at loc1')
      await loc1.put('a', `from loc1 ${n}`)
      await until(async () => (await loc3.get('a')) === `from loc1 ${n}`, 5000, 'the answer at loc3')
    }
    await sites.waitForConvergence('the last write', rows => rows.get('a') === 'from loc1 9')
  })
})

test('all locations converge after random writes, partitions and restarts', async () => {
  await sites.start()
  let state = 20261121
  const randomBelow = (max: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * max)
  }
  for (let n = 0; n < 400; n++) {
    const site = sites.all[randomBelow(3)] ?? loc1
    const pk = `row${randomBelow(12)}`
    const action = randomBelow(40)
    if (action === 0) await sites.replicator.cut(site.name)
    else if (action < 3) sites.replicator.heal(site.name)
    else if (action === 3) await sites.restart()
    else if (action < 14) await site.delete(pk)
    else await site.put(pk, n)
  }
  for (const { name } of sites.all) sites.replicator.heal(name)
  await sites.waitForConvergence('convergence')
})

describe('a connection', () => {
  test('that is cut delivers nothing, and everything after it is healed', async () => {
    await sites.start()
    await sites.waitForConvergence('the beginning')
    await sites.replicator.cut('loc2')
    await loc1.put('a', 1)
    await loc2.put('b', 2)
    await until(async () => (await loc3.get('a')) === 1, 5000, 'the row at loc3')
    expect([await loc2.get('a'), await loc1.get('b'), await loc3.get('b')]).toEqual([undefined, undefined, undefined])
    sites.replicator.heal('loc2')
    await sites.waitForConvergence('both rows', rows => rows.size === 2)
  })

  test('that is delayed delivers everything later by the delay', async () => {
    await sites.start()
    await sites.waitForConvergence('the beginning')
    // So long that the row cannot arrive at loc3 before it is read, on a busy machine either.
    sites.replicator.lag('loc3', 600_000)
    const startedAt = performance.now()
    await loc1.put('a', 1)
    await until(async () => (await loc2.get('a')) === 1, 30_000, 'the row at loc2')
    expect(await loc3.get('a')).toBeUndefined()
    const LAG = Math.ceil(performance.now() - startedAt) + 2000
    sites.replicator.lag('loc3', LAG)
    await until(async () => (await loc3.get('a')) === 1, LAG + 30_000, 'the row at loc3')
    // A delay has no upper bound on a busy machine; it may never end early.
    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(LAG)
  })
})

describe('the replicator', () => {
  test('continues after a restart in the middle of a backlog', async () => {
    await sites.start()
    await sites.waitForConvergence('the beginning')
    await sites.replicator.cut('loc1')
    for (let n = 0; n < 900; n += 30)
      await Promise.all(Array.from({ length: 30 }, (_, i) => loc1.put(`row${String(n + i).padStart(3, '0')}`, n + i)))
    sites.replicator.heal('loc1')
    const countRows = async () => (await loc2.rows()).size
    await until(async () => (await countRows()) > 0, 10_000, 'the first rows')
    await sites.restart()
    await sites.waitForConvergence('all rows', rows => rows.size === 900)
    // One record for each row, and one for each row that was delivered again.
    expect(await loc2.records()).toBeLessThan(900 + 300)
    expect(await loc1.records()).toBe(900)
  })

  test('replicates rows written before it started', async () => {
    for (let n = 0; n < 450; n += 50)
      await Promise.all(Array.from({ length: 50 }, (_, i) => loc1.put(`row${n + i}`, n + i)))
    await loc2.put('of loc2', 'before')
    await sites.start()
    await sites.waitForConvergence('all rows', rows => rows.size === 451)
    await loc3.put('row7', 'changed')
    await sites.waitForConvergence('the change', rows => rows.get('row7') === 'changed')
  })

  test('forgets changes that all locations have, and the last writer still wins', async () => {
    await sites.start()
    await loc1.put('a', 'before')
    await loc2.put('b', 'before')
    await sites.waitForConvergence('both rows', rows => rows.size === 2)
    const countJournalled = () => sites.all.reduce((sum, { name }) => sum + sites.countJournalled(name), 0)
    await until(() => countJournalled() === 0, 15_000, 'empty journals')
    await loc2.put('a', 'after')
    await loc1.delete('b')
    await sites.waitForConvergence('the changes', rows => rows.get('a') === 'after' && rows.size === 1)
  })

  test('continues without an unreachable location, which catches up later', async () => {
    await sites.start()
    await sites.waitForConvergence('the beginning')
    sites.replicator.at('loc2', null)
    await loc1.put('a', 1)
    await until(async () => (await loc3.get('a')) === 1, 5000, 'the row at loc3')
    expect(await loc2.get('a')).toBeUndefined()
    sites.replicator.at('loc2', loc2.engine.endpoint)
    await sites.waitForConvergence('the row at every location', rows => rows.get('a') === 1)
  })
})
