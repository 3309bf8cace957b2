import type { RequestContext } from '#domain/ports.ts'
import { applyTombstone, rebuildCurrent } from '#domain/records/apply-tombstone.ts'
import type { CurrentRecord } from '#domain/records/current.ts'
import { prepareWrite } from '#domain/records/prepare-write.ts'
import { reconcile } from '#domain/records/reconcile.ts'
import type { Tombstone } from '#domain/records/tombstone.ts'
import { updateRecord } from '#domain/records/update-record.ts'
import { toKey, type Version } from '#domain/records/version.ts'
import { expire, markPurged, sweep } from '#domain/retention/purge.ts'
import { MemoryRecordStore } from '#test/in-memory/record-store.ts'
import { at, RECORD } from './fixtures.ts'

const { kind, id } = RECORD

type Message = { put: Version } | { putTombstone: Tombstone } | { remove: Version[] }

/** A location with its replica, which sends its changes of the registry to the others. */
export class Replica {
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

/** Locations whose messages arrive in any order. */
export class ReplicaNetwork {
  readonly sites: Replica[] = []
  readonly #inFlight: { to: Replica; message: Message }[] = []

  constructor(skews: readonly number[]) {
    for (const [n, skew] of skews.entries()) {
      const site: Replica = new Replica(`loc${n + 1}`, skew, message => {
        for (const to of this.sites) if (to !== site) this.#inFlight.push({ to, message })
      })
      this.sites.push(site)
    }
  }

  site(n: number): Replica {
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

/** A network whose locations all hold the record. */
export async function networkWithRecord(...skews: number[]): Promise<ReplicaNetwork> {
  const network = new ReplicaNetwork(skews)
  await network.site(0).setSurname('A')
  await network.deliverAll()
  network.advanceClocks(1000)
  return network
}

/** Runs the phases of a purge, each after every location has the one before. */
export async function purge(network: ReplicaNetwork): Promise<void> {
  await expire(network.site(0).records, network.site(0).context, id)
  await network.deliverAll()
  await markPurged(network.site(0).records, id)
  await network.deliverAll()
  await sweep(network.site(0).records, network.site(0).context, id)
  await network.deliverAll()
}
