/** Purge and erasure at several locations. */
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { patchCustomer } from '#domain/customers/edit.ts'
import { customerHistory, getCustomer } from '#domain/customers/read.ts'
import { NotFound } from '#domain/errors.ts'
import type { RequestContext } from '#domain/ports.ts'
import { applyTombstone, rebuildCurrent } from '#domain/records/apply-tombstone.ts'
import { covers } from '#domain/records/clock.ts'
import type { CurrentRecord } from '#domain/records/current.ts'
import { prepareWrite } from '#domain/records/prepare-write.ts'
import { reconcile } from '#domain/records/reconcile.ts'
import type { Tombstone } from '#domain/records/tombstone.ts'
import { foldFromStore, updateRecord } from '#domain/records/update-record.ts'
import { toKey, type Version } from '#domain/records/version.ts'
import { eraseRecord, expire, markPurged, sweep } from '#domain/retention/purge.ts'
import { MemoryRecordStore } from '#test/in-memory/record-store.ts'
import { at, RECORD } from './fixtures.ts'

const { kind, id } = RECORD

type Message = { put: Version } | { putTombstone: Tombstone } | { remove: Version[] }

/** A location with its replica, which sends its changes of the registry to the others. */
class Site {
  readonly records: MemoryRecordStore
  readonly name: string
  readonly skew: number
  now = 0
  readonly received: Version[] = []
  tombstoneReceived = false
  removalReceived = false
  #requests = 0

  constructor(name: string, skew: number, send: (message: Message) => void) {
    this.name = name
    this.skew = skew
    this.records = new (class extends MemoryRecordStore {
      override async commit(writes: Parameters<MemoryRecordStore['commit']>[0]) {
        const outcome = await super.commit(writes)
        if (outcome.done) for (const { version } of writes) send({ put: version })
        return outcome
      }
      override async putTombstone(...[kind, id, tombstone]: Parameters<MemoryRecordStore['putTombstone']>) {
        await super.putTombstone(kind, id, tombstone)
        send({ putTombstone: tombstone })
      }
      override async remove(versions: readonly Version[]) {
        await super.remove(versions)
        send({ remove: [...versions] })
      }
    })()
  }

  get context(): RequestContext {
    const request_id = `${this.name}-${++this.#requests}`
    const now = at(this.now + this.skew)
    return { location: this.name, actor: 'agent', request_id, now, newId: () => id, pause: async () => {} }
  }

  /** Sets the surname, creating the record if it does not exist. */
  async setSurname(surname: string): Promise<void> {
    await updateRecord(this.records, this.context, kind, id, async (row, purged) => {
      const fields = { surname, ...(row ? {} : { type: 'PERSON', state: 'active' }) }
      const change = { action: row ? 'update' : 'create', fields, replaceAll: row === null, set: 'stated' } as const
      return prepareWrite(row, { kind, id, purged }, change, this.context, this.records.versions(kind, id, true))
    })
  }

  receive(message: Message): void {
    if ('put' in message) {
      this.records.receive(message.put)
      this.received.push(message.put)
    } else if ('putTombstone' in message) {
      this.records.receiveTombstone(kind, id, message.putTombstone)
      this.tombstoneReceived = true
    } else {
      for (const v of message.remove) void MemoryRecordStore.prototype.remove.call(this.records, [v])
      this.removalReceived = true
    }
  }

  /** Reconciles received versions, tombstones and deletions, as the stream consumer does. */
  async reconcile(): Promise<void> {
    if (this.tombstoneReceived) await applyTombstone(this.records, this.context, kind, id)
    this.tombstoneReceived = false
    const row = await this.records.current(kind, id, true)
    if (this.received.length > 0)
      await reconcile(this.records, this.context, { kind, id, row }, this.received.splice(0))
    if (this.removalReceived) await rebuildCurrent(this.records, this.context, kind, id)
    this.removalReceived = false
  }

  row(): Promise<CurrentRecord | null> {
    return this.records.current(kind, id, true)
  }

  get keys(): string[] {
    return this.records.versionsOf(kind, id).map(toKey)
  }
}

class SiteNetwork {
  readonly sites: Site[] = []
  readonly #inFlight: { to: Site; message: Message }[] = []

  constructor(skews: readonly number[]) {
    for (const [n, skew] of skews.entries()) {
      const site: Site = new Site(`loc${n + 1}`, skew, message => {
        for (const to of this.sites) if (to !== site) this.#inFlight.push({ to, message })
      })
      this.sites.push(site)
    }
  }

  site(n: number): Site {
    const site = this.sites[n % this.sites.length]
    if (!site) throw new RangeError('the network has no location')
    return site
  }

  advanceClocks(ms: number): void {
    for (const site of this.sites) site.now += ms
  }

  deliver(pick: number): void {
    const [sent] = this.#inFlight.splice(pick % Math.max(1, this.#inFlight.length), 1)
    sent?.to.receive(sent.message)
  }

  async deliverAll(): Promise<void> {
    for (let rounds = 0; rounds < 5; rounds++) {
      while (this.#inFlight.length > 0) this.deliver(0)
      for (const site of this.sites) await site.reconcile()
    }
  }
}

async function networkWithRecord(...skews: number[]): Promise<SiteNetwork> {
  const network = new SiteNetwork(skews)
  await network.site(0).setSurname('A')
  await network.deliverAll()
  network.advanceClocks(1000)
  return network
}

/** Runs the phases of a purge, each after every location has the one before. */
async function purge(network: SiteNetwork): Promise<void> {
  await expire(network.site(0).records, network.site(0).context, id)
  await network.deliverAll()
  await markPurged(network.site(0).records, id)
  await network.deliverAll()
  await sweep(network.site(0).records, network.site(0).context, id)
  await network.deliverAll()
}

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

const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('say' as const),
      where: fc.nat(2),
      surname: fc.constantFrom('A', 'B', 'C'),
    }),
  },
  { weight: 8, arbitrary: fc.record({ do: fc.constant('deliver' as const), where: fc.nat(60) }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constant('reconcile' as const), where: fc.nat(2) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('expire' as const), where: fc.nat(2) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('purge' as const), where: fc.nat(2) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('forget' as const), where: fc.nat(2) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('erase' as const), where: fc.nat(8) }) },
)

test('any order of changes, expiries, purges and erasures ends alike at all locations, and only these lose acknowledged versions', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom(0, 300, -300, 300_000, -300_000), { minLength: 3, maxLength: 3 }),
      fc.array(step, { maxLength: 40 }),
      async (skews, steps) => {
        const network = new SiteNetwork(skews)
        let erased = false
        const ignoreRefusal = (error: unknown) => {
          if (!(error instanceof Error && /retention|erased/.test(error.message))) throw error
        }
        for (const step of steps) {
          const site = network.site(step.where)
          network.advanceClocks(1)
          if (step.do === 'say') await site.setSurname(step.surname).catch(ignoreRefusal)
          if (step.do === 'deliver') network.deliver(step.where)
          if (step.do === 'reconcile') await site.reconcile()
          if (step.do === 'expire') await expire(site.records, site.context, id).catch(ignoreRefusal)
          if (step.do === 'forget') site.records.deleteCurrent(kind, id)
          if (step.do === 'purge') {
            // A purge requires that every location has acknowledged everything.
            await network.deliverAll()
            const row = await site.row()
            if (row === null || row.stateBeforeExpiry === null) continue
            await markPurged(site.records, id)
            await network.deliverAll()
            await sweep(site.records, site.context, id)
          }
          if (step.do === 'erase' && step.where === 0) {
            erased = true
            await eraseRecord(site.records, site.context, id)
          }
        }
        const acknowledged = network.sites.flatMap(site => site.records.versionsOf(kind, id))
        await network.deliverAll()
        const [first] = network.sites
        for (const site of network.sites) {
          site.records.deleteCurrent(kind, id)
          const folded = (await foldFromStore(site.records, kind, id)).row
          if (erased) expect([folded, site.keys]).toEqual([null, []])
          expect(site.keys).toEqual(first?.keys)
          expect(folded?.snapshot).toEqual(
            (await foldFromStore(first?.records ?? site.records, kind, id)).row?.snapshot,
          )
          const { tombstone } = await site.records.loadPartition(kind, id)
          const kept = acknowledged.filter(v => !erased && !covers(tombstone.purged, v)).map(toKey)
          expect(site.keys).toEqual(expect.arrayContaining(kept))
          expect(folded?.pending ?? []).toEqual([])
        }
      },
    ),
    { numRuns: 300 },
  )
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
  const surnames = async ({ records }: Site) =>
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
    ['before the deletions arrive', (network: SiteNetwork) => network.site(1).setSurname('New')],
    [
      'after some of them have arrived',
      async (network: SiteNetwork) => {
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
