/** Purge and erasure among several locations, as the rules in domain/records have them. */
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { patchCustomer } from '#domain/customers/edit.ts'
import { customerHistory, getCustomer } from '#domain/customers/read.ts'
import { NotFound } from '#domain/errors.ts'
import type { RequestContext } from '#domain/ports.ts'
import { applyTombstone, deletePurgedVersions } from '#domain/records/apply-tombstone.ts'
import { covers } from '#domain/records/clock.ts'
import type { CurrentRecord } from '#domain/records/current.ts'
import { prepareWrite } from '#domain/records/prepare-write.ts'
import { reconcile } from '#domain/records/reconcile.ts'
import type { Tombstone } from '#domain/records/tombstone.ts'
import { foldFromStore, updateRecord } from '#domain/records/update-record.ts'
import { toKey, type Version } from '#domain/records/version.ts'
import { eraseRecord, expire, markPurged } from '#domain/retention/purge.ts'
import { MemoryRecordStore } from '#test/in-memory/record-store.ts'
import { at, RECORD } from './fixtures.ts'

const { kind, id } = RECORD

type Message = { put: Version } | { bury: Tombstone } | { remove: Version[] }

/** A location with its replica; what it changes in the registry is sent to the others. */
class Site {
  readonly records: MemoryRecordStore
  readonly name: string
  readonly skew: number
  now = 0
  readonly arrived: Version[] = []
  buried = false
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
      override async putTombstone(...[kind, id, grave]: Parameters<MemoryRecordStore['putTombstone']>) {
        await super.putTombstone(kind, id, grave)
        send({ bury: grave })
      }
      override async remove(versions: readonly Version[]) {
        await super.remove(versions)
        send({ remove: [...versions] })
      }
    })()
  }

  get call(): RequestContext {
    const request_id = `${this.name}-${++this.#requests}`
    const now = at(this.now + this.skew)
    return { location: this.name, actor: 'agent', request_id, now, newId: () => id, pause: async () => {} }
  }

  /** Says something of the record, creating it where there is none. */
  async say(surname: string): Promise<void> {
    await updateRecord(this.records, this.call, kind, id, async (row, purged) => {
      const fields = { surname, ...(row ? {} : { type: 'PERSON', state: 'active' }) }
      const said = { action: row ? 'update' : 'create', fields, replaceAll: row === null, set: 'stated' } as const
      return prepareWrite(row, { kind, id, purged }, said, this.call, this.records.versions(kind, id, true))
    })
  }

  take(message: Message): void {
    if ('put' in message) {
      this.records.arrive(message.put)
      this.arrived.push(message.put)
    } else if ('bury' in message) {
      this.records.entomb(kind, id, message.bury)
      this.buried = true
    } else for (const v of message.remove) void MemoryRecordStore.prototype.remove.call(this.records, [v])
  }

  /** What the reader of the registry's stream does. */
  async reconcile(): Promise<void> {
    if (this.buried) await applyTombstone(this.records, this.call, kind, id)
    this.buried = false
    const row = await this.records.current(kind, id, true)
    if (this.arrived.length > 0) await reconcile(this.records, this.call, { kind, id, row }, this.arrived.splice(0))
  }

  row(): Promise<CurrentRecord | null> {
    return this.records.current(kind, id, true)
  }

  get keys(): string[] {
    return this.records.here(kind, id).map(toKey)
  }
}

class World {
  readonly sites: Site[] = []
  readonly #flight: { to: Site; message: Message }[] = []

  constructor(skews: readonly number[]) {
    for (const [n, skew] of skews.entries()) {
      const site: Site = new Site(`loc${n + 1}`, skew, message => {
        for (const to of this.sites) if (to !== site) this.#flight.push({ to, message })
      })
      this.sites.push(site)
    }
  }

  site(n: number): Site {
    const site = this.sites[n % this.sites.length]
    if (!site) throw new RangeError('a world has locations')
    return site
  }

  wait(ms: number): void {
    for (const site of this.sites) site.now += ms
  }

  deliver(pick: number): void {
    const [sent] = this.#flight.splice(pick % Math.max(1, this.#flight.length), 1)
    sent?.to.take(sent.message)
  }

  async settle(): Promise<void> {
    for (let rounds = 0; rounds < 5; rounds++) {
      while (this.#flight.length > 0) this.deliver(0)
      for (const site of this.sites) await site.reconcile()
    }
  }
}

async function listed(...skews: number[]): Promise<World> {
  const world = new World(skews)
  await world.site(0).say('A')
  await world.settle()
  world.wait(1000)
  return world
}

/** The rounds of a purge, as the job does them: each once every location has the one before. */
async function purge(world: World): Promise<void> {
  await expire(world.site(0).records, world.site(0).call, id)
  await world.settle()
  await markPurged(world.site(0).records, world.site(0).call, id)
  await world.settle()
  await deletePurgedVersions(world.site(0).records, kind, id)
  await world.settle()
}

describe('a purge', () => {
  test('takes the record off the list everywhere, and then every version of it', async () => {
    const world = await listed(0, 0, 0)
    await expire(world.site(1).records, world.site(1).call, id)
    await world.settle()
    for (const site of world.sites) expect((await site.row())?.snapshot).toMatchObject({ state: 'expired' })
    await expect(world.site(2).say('B')).rejects.toThrow('retention')
    await markPurged(world.site(1).records, world.site(1).call, id)
    await world.settle()
    await deletePurgedVersions(world.site(1).records, kind, id)
    await world.settle()
    for (const site of world.sites) {
      expect(await site.row()).toBeNull()
      expect(site.keys).toEqual([])
    }
  })

  test('gives way to a change that was made elsewhere meanwhile, which is kept whole with its history', async () => {
    const world = await listed(0, 0, 0)
    await expire(world.site(0).records, world.site(0).call, id)
    await world.site(1).say('B')
    await world.settle()
    for (const site of world.sites) {
      expect((await site.row())?.snapshot).toEqual({ type: 'PERSON', state: 'active', surname: 'B' })
      expect(site.keys).toHaveLength(3)
      await expect(markPurged(site.records, site.call, id)).rejects.toThrow('not ended')
    }
  })

  test('is no purge of what comes again under the same id', async () => {
    const world = await listed(0, 0, 0)
    await purge(world)
    world.wait(10)
    await world.site(2).say('New')
    await world.settle()
    for (const site of world.sites) {
      expect((await site.row())?.snapshot).toEqual({ type: 'PERSON', state: 'active', surname: 'New' })
      expect(site.keys).toHaveLength(1)
      expect(await site.row()).toEqual((await foldFromStore(site.records, kind, id)).row)
    }
  })

  test('covers a version that comes late: it counts as gone, and goes with the next sweep', async () => {
    const world = await listed(0, 0)
    const [first] = world.site(0).records.here(kind, id)
    await purge(world)
    if (!first) throw new Error('there was a version')
    world.site(1).take({ put: first })
    await world.site(1).reconcile()
    expect(await world.site(1).row()).toBeNull()
    await deletePurgedVersions(world.site(1).records, kind, id)
    expect(world.site(1).keys).toEqual([])
  })
})

describe('an erasure', () => {
  test('wins over a change that was made elsewhere meanwhile, and over what comes later', async () => {
    const world = await listed(0, 0, 0)
    await eraseRecord(world.site(0).records, world.site(0).call, id)
    await world.site(1).say('B')
    await world.settle()
    for (const site of world.sites) {
      expect(await site.row()).toBeNull()
      expect(site.keys).toEqual([])
      await expect(site.say('C')).rejects.toThrow('erased')
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

test('whatever is said, expired, purged and erased in whatever order: all locations end alike, and nothing acknowledged is lost but to these', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom(0, 300, -300, 300_000, -300_000), { minLength: 3, maxLength: 3 }),
      fc.array(step, { maxLength: 40 }),
      async (skews, steps) => {
        const world = new World(skews)
        let erased = false
        const refused = (error: unknown) => {
          if (!(error instanceof Error && /retention|erased/.test(error.message))) throw error
        }
        for (const one of steps) {
          const site = world.site(one.where)
          world.wait(1)
          if (one.do === 'say') await site.say(one.surname).catch(refused)
          if (one.do === 'deliver') world.deliver(one.where)
          if (one.do === 'reconcile') await site.reconcile()
          if (one.do === 'expire') await expire(site.records, site.call, id).catch(refused)
          if (one.do === 'forget') site.records.forget(kind, id)
          if (one.do === 'purge') {
            // Every location has acknowledged everything.
            await world.settle()
            const row = await site.row()
            if (row === null || row.stateBeforeExpiry === null) continue
            await markPurged(site.records, site.call, id)
            await world.settle()
            await deletePurgedVersions(site.records, kind, id)
          }
          if (one.do === 'erase' && one.where === 0) {
            erased = true
            await eraseRecord(site.records, site.call, id)
          }
        }
        const acknowledged = world.sites.flatMap(site => site.records.here(kind, id))
        await world.settle()
        const [first] = world.sites
        for (const site of world.sites) {
          site.records.forget(kind, id)
          const made = (await foldFromStore(site.records, kind, id)).row
          if (erased) expect([made, site.keys]).toEqual([null, []])
          expect(site.keys).toEqual(first?.keys)
          expect(made?.snapshot).toEqual((await foldFromStore(first?.records ?? site.records, kind, id)).row?.snapshot)
          const { tombstone: grave } = await site.records.loadPartition(kind, id)
          const kept = acknowledged.filter(v => !erased && !covers(grave.purged, v)).map(toKey)
          expect(site.keys).toEqual(expect.arrayContaining(kept))
          expect(made?.pending ?? []).toEqual([])
        }
      },
    ),
    { numRuns: 300 },
  )
})

describe('a row that does not know yet that its versions were purged', () => {
  test('is made anew by whoever needs these', async () => {
    const world = await listed(0)
    const site = world.site(0)
    const row = await site.row()
    site.records.entomb(kind, id, { purged: row?.clock ?? {}, erased: false })
    await site.records.remove(site.records.here(kind, id))
    await expect(getCustomer(site.records, id, { as_of: at(-1) }, true, at(0))).rejects.toThrow(NotFound)
    expect(await site.row()).toEqual(row)
    const correction = { surname: 'C', valid_from: at(-1) }
    const condition = { ifMatch: undefined, idempotencyKey: undefined }
    await expect(patchCustomer(site.records, site.call, new Map(), id, correction, condition)).rejects.toThrow(NotFound)
    expect(await site.row()).toBeNull()
  })
})

describe('the new life of a record whose old versions were marked as purged and are not removed yet', () => {
  test('is all that is shown of it', async () => {
    const world = await listed(0)
    const site = world.site(0)
    const { records, call } = site
    await expire(records, call, id)
    await markPurged(records, call, id)
    site.now += 10
    await site.say('New')
    expect(records.here('customer', id).length).toBeGreaterThan(1)
    const { items } = await customerHistory(records, id, 10, undefined)
    expect(items.map(({ surname }) => surname)).toEqual(['New'])
    await expect(getCustomer(records, id, { as_of: at(-1) }, true, at(site.now))).rejects.toThrow(NotFound)
  })
})
