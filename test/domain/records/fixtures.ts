/** Several locations that write one record, each with its own clock and its own replica; what is sent arrives when a test says so. */

import { covers } from '#domain/records/clock.ts'
import type { CurrentRecord } from '#domain/records/current.ts'
import { type Change, prepareWrite, type Write } from '#domain/records/prepare-write.ts'
import type { VersionReader } from '#domain/records/read.ts'
import { reconcile } from '#domain/records/reconcile.ts'
import { foldFromStore } from '#domain/records/update-record.ts'
import type { Version } from '#domain/records/version.ts'
import { MemoryRecordStore } from '#test/in-memory/record-store.ts'
import { nameOf } from './reference-model.ts'

export const RECORD = { kind: 'customer', id: 'c0000000-0000-4000-8000-000000000001' } as const
const START = Date.UTC(2026, 0, 1)

/** The instant so many milliseconds after the start of every history. */
export const at = (ms: number): string => new Date(START + ms).toISOString()

/** What one write was, and what its writer truly had folded, whatever clocks say. */
export interface Written extends Write {
  base: CurrentRecord | null
  knew: ReadonlySet<string>
}

export class Site {
  readonly store = new MemoryRecordStore()
  cut = false
  readonly #arrived: Version[] = []
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

  get here(): readonly Version[] {
    return this.store.here(RECORD.kind, RECORD.id)
  }

  async folded(): Promise<Version[]> {
    const row = await this.row()
    return row ? this.here.filter(v => covers(row.clock, v)) : []
  }

  /** A version comes from elsewhere, as its item alone. */
  arrive(version: Version): void {
    this.store.arrive(version)
    this.#arrived.push(version)
  }

  /** Folds in what arrived, a few at a time, in the order in which it did. */
  async reconcile(): Promise<void> {
    while (this.#arrived.length > 0)
      await reconcile(
        this.store,
        { pause: async () => {} },
        { ...RECORD, row: await this.store.current(RECORD.kind, RECORD.id, true) },
        this.#arrived.splice(0, 3),
      )
  }
}

export class World {
  readonly sites: readonly Site[]
  readonly written: Written[] = []
  now = 1000
  #inFlight: { from: Site; to: Site; version: Version }[] = []
  #requests = 0

  constructor(skews: readonly number[]) {
    this.sites = skews.map((skew, n) => new Site(`loc${n + 1}`, skew))
  }

  get all(): Version[] {
    return this.written.map(({ version }) => version)
  }

  site(n: number): Site {
    const site = this.sites[n % this.sites.length]
    if (site === undefined) throw new RangeError('a world has locations')
    return site
  }

  /** Changes the record at a location as it stands there; null where that makes no version. */
  async write(site: Site, change: Change): Promise<Written | null> {
    const base = await site.row()
    const stored = await site.store.current(RECORD.kind, RECORD.id, true)
    const knew = new Set((await site.folded()).map(nameOf))
    const now = at(this.now + site.skew)
    const n = ++this.#requests
    const newId = () => `${site.name.slice(-1)}${String(n).padStart(31, '0')}`
    const writer = { location: site.name, actor: `agent-${n}`, request_id: `r${n}`, now, newId }
    const write = await prepareWrite(base, RECORD, change, writer, site.read)
    if (write === null) return null
    const { done } = await site.store.commit([stored ? write : { ...write, expected: null }])
    if (!done) throw new Error('nobody else writes here')
    const written = { ...write, base, knew }
    this.written.push(written)
    for (const to of this.sites) if (to !== site) this.#inFlight.push({ from: site, to, version: write.version })
    return written
  }

  /** Lets one version arrive, if its way is not cut; `again`: it will come once more. */
  deliver(pick: number, again: boolean): void {
    const sent = this.#inFlight[pick % Math.max(this.#inFlight.length, 1)]
    if (sent === undefined || sent.from.cut || sent.to.cut) return
    if (!again) this.#inFlight = this.#inFlight.filter(other => other !== sent)
    sent.to.arrive(sent.version)
  }

  /** Everything arrives, and every location folds it. */
  async settle(): Promise<void> {
    for (const { to, version } of this.#inFlight) to.arrive(version)
    this.#inFlight = []
    for (const site of this.sites) {
      site.cut = false
      await site.reconcile()
    }
  }
}
