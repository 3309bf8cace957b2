/** Purge and erasure at several locations. */
import { describe, expect, test } from '@jest/globals'
import { patchCustomer } from '#domain/customers/edit.ts'
import { customerHistory, getCustomer } from '#domain/customers/read.ts'
import { NotFound } from '#domain/errors.ts'
import { foldFromStore } from '#domain/records/update-record.ts'
import { eraseRecord, expire, markPurged, sweep } from '#domain/retention/purge.ts'
import { at, RECORD } from './fixtures.ts'
import { networkWithRecord, purge, type Replica, type ReplicaNetwork } from './replica-network.ts'

const { kind, id } = RECORD

describe('a purge', () => {
  test('first expires the record everywhere, then deletes every version', async () => {
    const network = await networkWithRecord(0, 0, 0)
    await expire(network.site(1).records, network.site(1).context, id)
    await network.deliverAll()
    for (const site of network.sites) expect((await site.row())?.snapshot).toMatchObject({ state: 'expired' })
    await markPurged(network.site(1).records, id)
    await network.deliverAll()
    await sweep(network.site(1).records, network.site(1).context, id)
    await network.deliverAll()
    for (const site of network.sites) {
      expect(await site.row()).toBeNull()
      expect(site.keys).toEqual([])
    }
  })

  test('is cancelled by a concurrent change, which keeps the record with its whole history', async () => {
    const network = await networkWithRecord(0, 0, 0)
    await expire(network.site(0).records, network.site(0).context, id)
    await network.site(1).setSurname('B')
    await network.deliverAll()
    for (const site of network.sites) {
      expect((await site.row())?.snapshot).toEqual({ type: 'PERSON', state: 'active', surname: 'B' })
      expect(site.keys).toHaveLength(3)
      expect(await markPurged(site.records, id)).toBe(false)
    }
  })

  test('does not affect a record created later under the same id', async () => {
    const network = await networkWithRecord(0, 0, 0)
    await purge(network)
    network.advanceClocks(10)
    await network.site(2).setSurname('New')
    await network.deliverAll()
    for (const site of network.sites) {
      expect((await site.row())?.snapshot).toEqual({ type: 'PERSON', state: 'active', surname: 'New' })
      expect(site.keys).toHaveLength(1)
      expect(await site.row()).toEqual((await foldFromStore(site.records, kind, id)).row)
    }
  })

  test('covers a version that arrives late: it is ignored and deleted by the next sweep', async () => {
    const network = await networkWithRecord(0, 0)
    const [first] = network.site(0).records.versionsOf(kind, id)
    await purge(network)
    if (!first) throw new Error('the record has a version')
    network.site(1).receive({ put: first })
    await network.site(1).reconcile()
    expect(await network.site(1).row()).toBeNull()
    await sweep(network.site(1).records, network.site(1).context, id)
    expect(network.site(1).keys).toEqual([])
  })
})

describe('an erasure', () => {
  test('wins over concurrent and later changes', async () => {
    const network = await networkWithRecord(0, 0, 0)
    await eraseRecord(network.site(0).records, network.site(0).context, id)
    await network.site(1).setSurname('B')
    await network.deliverAll()
    for (const site of network.sites) {
      expect(await site.row()).toBeNull()
      expect(site.keys).toEqual([])
      await expect(site.setSurname('C')).rejects.toThrow('erased')
    }
  })
})

describe('a current row whose versions were purged without it', () => {
  test('is rebuilt when a version is needed', async () => {
    const network = await networkWithRecord(0)
    const site = network.site(0)
    const row = await site.row()
    site.records.receiveTombstone(kind, id, { purged: row?.clock ?? {}, erased: false })
    await site.records.remove(site.records.versionsOf(kind, id))
    await expect(getCustomer(site.records, id, { as_of: at(-1) }, true, at(0))).rejects.toThrow(NotFound)
    expect(await site.row()).toEqual(row)
    const correction = { surname: 'C', valid_from: at(-1) }
    const condition = { ifMatch: undefined, idempotencyKey: undefined }
    await expect(patchCustomer(site.records, site.context, new Map(), id, correction, condition)).rejects.toThrow(
      NotFound,
    )
    expect(await site.row()).toBeNull()
  })
})

describe('a change of an expired record', () => {
  const BACK = { type: 'PERSON', state: 'active', surname: 'New' }
  const surnames = async ({ records }: Replica) =>
    (await customerHistory(records, id, 10, undefined)).items.map(({ surname }) => surname)

  test.each([
    ['before it is marked as purged', false],
    ['after it was marked as purged', true],
  ])('takes it back everywhere with its whole history: %s', async (_, isMarked) => {
    const network = await networkWithRecord(0, 0, 0)
    const [leader, other] = [network.site(0), network.site(1)]
    await expire(leader.records, leader.context, id)
    await network.deliverAll()
    if (isMarked) expect(await markPurged(leader.records, id)).toBe(true)
    await network.deliverAll()
    expect((await other.row())?.snapshot).toMatchObject({ state: 'expired' })
    network.advanceClocks(10)
    await other.setSurname('New')
    await network.deliverAll()
    expect(await markPurged(leader.records, id)).toBe(false)
    expect(await sweep(leader.records, leader.context, id)).toEqual({ removed: 0, left: 3 })
    await network.deliverAll()
    for (const site of network.sites) {
      expect((await site.row())?.snapshot).toEqual(BACK)
      expect(await surnames(site)).toEqual(['New', 'A', 'A'])
    }
    expect((await leader.records.loadPartition(kind, id)).tombstone).toEqual({ purged: {}, erased: false })
  })

  test.each([
    ['before the deletions arrive', (network: ReplicaNetwork) => network.site(1).setSurname('New')],
    [
      'after some of them have arrived',
      async (network: ReplicaNetwork) => {
        network.deliver(0)
        await network.site(1).setSurname('New')
      },
    ],
  ])('keeps its state, if not its history, when deletion has begun elsewhere: %s', async (_, change) => {
    const network = await networkWithRecord(0, 0, 0)
    const leader = network.site(0)
    await expire(leader.records, leader.context, id)
    await network.deliverAll()
    await markPurged(leader.records, id)
    await network.deliverAll()
    network.advanceClocks(10)
    await sweep(leader.records, leader.context, id)
    await change(network)
    await network.deliverAll()
    for (const site of network.sites) {
      expect((await site.row())?.snapshot).toEqual(BACK)
      expect(await surnames(site)).toEqual(['New'])
      expect(await site.row()).toEqual((await foldFromStore(site.records, kind, id)).row)
    }
  })
})

describe('a purge marker', () => {
  test('of a second life leaves the first one purged when it is withdrawn', async () => {
    const network = await networkWithRecord(0, 0)
    await purge(network)
    const [leader] = network.sites
    if (!leader) throw new Error('the network has locations')
    network.advanceClocks(10)
    await leader.setSurname('Second')
    await network.deliverAll()
    const first = (await leader.records.loadPartition(kind, id)).tombstone.purged
    await expire(leader.records, leader.context, id)
    await network.deliverAll()
    await markPurged(leader.records, id)
    network.advanceClocks(10)
    await leader.setSurname('Third')
    await network.deliverAll()
    await sweep(leader.records, leader.context, id)
    await network.deliverAll()
    expect((await leader.records.loadPartition(kind, id)).tombstone).toEqual({ purged: first, erased: false })
    for (const site of network.sites)
      expect((await customerHistory(site.records, id, 10, undefined)).items.map(({ surname }) => surname)).toEqual([
        'Third',
        'Second',
        'Second',
      ])
  })
})
