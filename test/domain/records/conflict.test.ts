import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { disputesAmong, type FieldConflict } from '#domain/records/conflict.ts'
import type { Change } from '#domain/records/prepare-write.ts'
import { toKey, type Version } from '#domain/records/version.ts'
import { type Replica, ReplicaNetwork } from './fixtures.ts'
import { plans, play } from './histories.ts'

const formatConflicts = (open: readonly FieldConflict[]) =>
  open.map(({ field, kept, lost }) => `${field} ${kept} ${lost}`).sort()

const openConflicts = async (site: Replica): Promise<readonly FieldConflict[]> => (await site.row())?.disputes ?? []

const update = (fields: Change['fields']): Change => ({ action: 'update', fields, set: 'stated' })

/** Creates one record at two locations and cuts them off from each other. */
async function partitionedSites(): Promise<ReplicaNetwork> {
  const network = new ReplicaNetwork([0, 0])
  const fields = { type: 'PERSON', state: 'active', surname: 'A', dob: null, c: null, d: null }
  await network.write(network.site(0), { action: 'create', fields, replaceAll: true })
  await network.deliverAll()
  network.now += 10
  return network
}

async function write(network: ReplicaNetwork, site: number, change: Change): Promise<Version> {
  network.now += 1
  const result = await network.write(network.site(site), change)
  if (result === null) throw new Error('the change makes a version')
  return result.version
}

/** Delivers everything and returns the conflicts, which must be equal at both locations, as field, kept and lost value. */
async function conflictingValues(network: ReplicaNetwork): Promise<[string, unknown, unknown][]> {
  await network.deliverAll()
  const [first, second] = await Promise.all(network.sites.map(openConflicts))
  expect(formatConflicts(first ?? [])).toEqual(formatConflicts(second ?? []))
  const value = (key: string, field: string) => network.all.find(v => toKey(v) === key)?.snapshot[field]
  return (first ?? []).map(({ field, kept, lost }) => [field, value(kept, field), value(lost, field)])
}

describe('concurrent changes at two locations', () => {
  test('to one field with different values conflict, and the later wins', async () => {
    const network = await partitionedSites()
    await write(network, 0, update({ surname: 'B' }))
    await write(network, 1, update({ surname: 'C' }))
    expect(await conflictingValues(network)).toEqual([['surname', 'C', 'B']])
  })

  test('to different fields, or to the same value, do not conflict', async () => {
    const network = await partitionedSites()
    await write(network, 0, update({ surname: 'B', c: 1 }))
    await write(network, 1, update({ surname: 'B', d: 2 }))
    expect(await conflictingValues(network)).toEqual([])
  })

  test('conflict only with the last value of each location', async () => {
    const network = await partitionedSites()
    await write(network, 0, update({ surname: 'B' }))
    await write(network, 0, update({ surname: 'B2' }))
    await write(network, 1, update({ surname: 'C' }))
    await write(network, 1, update({ surname: 'C2' }))
    expect(await conflictingValues(network)).toEqual([['surname', 'C2', 'B2']])
  })

  test('conflict when one deletes what the other changes, and the deletion wins', async () => {
    const network = await partitionedSites()
    await write(network, 0, { action: 'delete', fields: { state: 'deleted' } })
    await write(network, 1, update({ surname: 'C' }))
    await write(network, 1, update({ surname: 'D' }))
    expect(await conflictingValues(network)).toEqual([['state', 'deleted', 'active']])
  })

  test('stop conflicting when a writer that knows both sets the field again', async () => {
    const network = await partitionedSites()
    await write(network, 0, update({ surname: 'B' }))
    await write(network, 1, update({ surname: 'C' }))
    await network.deliverAll()
    await write(network, 0, update({ surname: 'C' }))
    expect(await conflictingValues(network)).toEqual([])
  })

  test('keep conflicting when a writer that knows both sets another field', async () => {
    const network = await partitionedSites()
    await write(network, 0, update({ surname: 'B' }))
    await write(network, 1, update({ surname: 'C' }))
    await network.deliverAll()
    await write(network, 0, update({ c: 7 }))
    expect(await conflictingValues(network)).toEqual([['surname', 'C', 'B']])
  })
})

test('conflicts depend on the set of versions, not on the order of arrival', async () => {
  let count = 0
  await fc.assert(
    fc.asyncProperty(plans(50), async plan => {
      const network = await play(plan)
      await network.deliverAll()
      const all = formatConflicts(disputesAmong(network.all))
      count += all.length
      for (const site of network.sites) expect(formatConflicts(await openConflicts(site))).toEqual(all)
    }),
    { numRuns: 200 },
  )
  expect(count).toBeGreaterThan(0)
})
