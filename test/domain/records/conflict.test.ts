import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { disputesAmong, type FieldConflict } from '#domain/records/conflict.ts'
import type { Change } from '#domain/records/prepare-write.ts'
import { toKey, type Version } from '#domain/records/version.ts'
import { type Site, World } from './fixtures.ts'
import { plans, play } from './histories.ts'

const byName = (open: readonly FieldConflict[]) =>
  open.map(({ field, kept, lost }) => `${field} ${kept} ${lost}`).sort()

const openAt = async (site: Site): Promise<readonly FieldConflict[]> => (await site.row())?.disputes ?? []

const update = (fields: Change['fields']): Change => ({ action: 'update', fields, set: 'stated' })

/** Two locations that hold one record and are then cut off from each other. */
async function apart(): Promise<World> {
  const world = new World([0, 0])
  const fields = { type: 'PERSON', state: 'active', surname: 'A', dob: null, c: null, d: null }
  await world.write(world.site(0), { action: 'create', fields, replaceAll: true })
  await world.settle()
  world.now += 10
  return world
}

async function said(world: World, site: number, change: Change): Promise<Version> {
  world.now += 1
  const written = await world.write(world.site(site), change)
  if (written === null) throw new Error('a change makes a version')
  return written.version
}

/** What is in dispute at both, as field and values. */
async function inDispute(world: World): Promise<[string, unknown, unknown][]> {
  await world.settle()
  const [here, there] = await Promise.all(world.sites.map(openAt))
  expect(byName(here ?? [])).toEqual(byName(there ?? []))
  const value = (key: string, field: string) => world.all.find(v => toKey(v) === key)?.snapshot[field]
  return (here ?? []).map(({ field, kept, lost }) => [field, value(kept, field), value(lost, field)])
}

describe('two locations that know nothing of each other’s change', () => {
  test('and set one field differently are in dispute: the later holds', async () => {
    const world = await apart()
    await said(world, 0, update({ surname: 'B' }))
    await said(world, 1, update({ surname: 'C' }))
    expect(await inDispute(world)).toEqual([['surname', 'C', 'B']])
  })

  test('and set different fields, or one to the same value, are not', async () => {
    const world = await apart()
    await said(world, 0, update({ surname: 'B', c: 1 }))
    await said(world, 1, update({ surname: 'B', d: 2 }))
    expect(await inDispute(world)).toEqual([])
  })

  test('are in dispute by the last word of each alone', async () => {
    const world = await apart()
    await said(world, 0, update({ surname: 'B' }))
    await said(world, 0, update({ surname: 'B2' }))
    await said(world, 1, update({ surname: 'C' }))
    await said(world, 1, update({ surname: 'C2' }))
    expect(await inDispute(world)).toEqual([['surname', 'C2', 'B2']])
  })

  test('are in dispute where one deletes what the other changes, and the deletion holds', async () => {
    const world = await apart()
    await said(world, 0, { action: 'delete', fields: { state: 'deleted' } })
    await said(world, 1, update({ surname: 'C' }))
    await said(world, 1, update({ surname: 'D' }))
    expect(await inDispute(world)).toEqual([['state', 'deleted', 'active']])
  })

  test('are so no longer when somebody who knows both says the field again', async () => {
    const world = await apart()
    await said(world, 0, update({ surname: 'B' }))
    await said(world, 1, update({ surname: 'C' }))
    await world.settle()
    await said(world, 0, update({ surname: 'C' }))
    expect(await inDispute(world)).toEqual([])
  })

  test('still are when somebody who knows both says another field', async () => {
    const world = await apart()
    await said(world, 0, update({ surname: 'B' }))
    await said(world, 1, update({ surname: 'C' }))
    await world.settle()
    await said(world, 0, update({ c: 7 }))
    expect(await inDispute(world)).toEqual([['surname', 'C', 'B']])
  })
})

test('what is in dispute depends on which versions there are, and not on how they came', async () => {
  let disputes = 0
  await fc.assert(
    fc.asyncProperty(plans(50), async plan => {
      const world = await play(plan)
      await world.settle()
      const all = byName(disputesAmong(world.all))
      disputes += all.length
      for (const site of world.sites) expect(byName(await openAt(site))).toEqual(all)
    }),
    { numRuns: 200 },
  )
  expect(disputes).toBeGreaterThan(0)
})
