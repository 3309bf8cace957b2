/** Several locations that write one record, each with its own clock and replica. A test decides when versions are delivered. */

import { covers } from '#domain/records/clock.ts'
import type { CurrentRecord } from '#domain/records/current.ts'
import { type Change, prepareWrite, type Write } from '#domain/records/prepare-write.ts'
import type { VersionReader } from '#domain/records/read.ts'
import { reconcile } from '#domain/records/reconcile.ts'
import { foldFromStore } from '#domain/records/update-record.ts'
import type { Version } from '#domain/records/version.ts'
import { MemoryRecordStore } from '#test/in-memory/record-store.ts'
import { toVersionKey } from './reference-model.ts'

export const RECORD = { kind: 'customer', id: 'c0000000-0000-4000-8000-000000000001' } as const
const START = Date.UTC(2026, 0, 1)

/** The instant this many milliseconds after the start of every history. */
export const at = (ms: number): string => new Date(START + ms).toISOString()

/** A write, with the row it was based on and the keys of the versions its writer had folded, whatever the clocks say. */
export interface Written extends Write {
  base: CurrentRecord | null
  knew: ReadonlySet<string>
}

export class Replica {
  readonly store = new MemoryRecordStore()
  cut = false
  readonly #received: Version[] = []
  readonly name: string
  readonly skew: number

  constructor(name: string, skew: number) {
    this.name = name
    this.skew = skew
  }

  async row(): Promise<CurrentRecord | null> {
    return (
      (await this.store.current(RECORD.kind, RECORD.id, true)) ??
      (await foldFromStore(this.store, RECORD.kind, RECORD.id)).row
    )
  }

  get read(): VersionReader {
    return this.store.versions(RECORD.kind, RECORD.id, true)
  }

  get allVersions(): readonly Version[] {
    return this.store.versionsOf(RECORD.kind, RECORD.id)
  }

  async foldedVersions(): Promise<Version[]> {
    const row = await this.row()
    return row ? this.allVersions.filter(v => covers(row.clock, v)) : []
  }

  /** Stores a version of another location, before it is folded. */
  receive(version: Version): void {
    this.store.receive(version)
    this.#received.push(version)
  }

  /** Folds the received versions in their order of arrival, three at a time. */
  async reconcile(): Promise<void> {
    while (this.#received.length > 0)
      await reconcile(
        this.store,
        { pause: async () => {} },
        { ...RECORD, row: await this.store.current(RECORD.kind, RECORD.id, true) },
        this.#received.splice(0, 3),
      )
  }
}

export class ReplicaNetwork {
  readonly sites: readonly Replica[]
  readonly written: Written[] = []
  now = 1000
  #inFlight: { from: Replica; to: Replica; version: Version }[] = []
  #requests = 0

  constructor(skews: readonly number[]) {
    this.sites = skews.map((skew, n) => new Replica(`loc${n + 1}`, skew))
  }

  get all(): Version[] {
    return this.written.map(({ version }) => version)
  }

  site(n: number): Replica {
    const site = this.sites[n % this.sites.length]
    if (site === undefined) throw new RangeError('the network has no location')
    return site
  }

  /** Writes a change at a location; null when it makes no version. */
  async write(site: Replica, change: Change): Promise<Written | null> {
    const base = await site.row()
    const stored = await site.store.current(RECORD.kind, RECORD.id, true)
    const knew = new Set((await site.foldedVersions()).map(toVersionKey))
    const now = at(this.now + site.skew)
    const n = ++this.#requests
    const newId = () => `${site.name.slice(-1)}${String(n).padStart(31, '0')}`
    const writer = { location: site.name, actor: `agent-${n}`, request_id: `r${n}`, now, newId }
    const write = await prepareWrite(base, RECORD, change, writer, site.read)
    if (write === null) return null
    const { done } = await site.store.commit([stored ? write : { ...write, expected: null }])
    if (!done) throw new Error('a write conflicted although nobody else writes')
    const written = { ...write, base, knew }
    this.written.push(written)
    for (const to of this.sites) if (to !== site) this.#inFlight.push({ from: site, to, version: write.version })
    return written
  }

  /** Delivers one version unless a location is cut off. `keep` leaves it in flight to be delivered again. */
  deliver(pick: number, keep: boolean): void {
    const sent = this.#inFlight[pick % Math.max(this.#inFlight.length, 1)]
    if (sent === undefined || sent.from.cut || sent.to.cut) return
    if (!keep) this.#inFlight = this.#inFlight.filter(message => message !== sent)
    sent.to.receive(sent.version)
  }

  /** Reconnects all locations, delivers every version and folds them everywhere. */
  async deliverAll(): Promise<void> {
    for (const { to, version } of this.#inFlight) to.receive(version)
    this.#inFlight = []
    for (const site of this.sites) {
      site.cut = false
      await site.reconcile()
    }
  }
}
