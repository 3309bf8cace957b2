import { ERASED, PURGED, toRecord, toTombstone, toVersion, VERSION } from '#adapters/dynamodb/items.ts'
import type { Tombstone } from '#domain/records/tombstone.ts'
import type { Version } from '#domain/records/version.ts'
import type { Item } from './engine/expression.ts'
import type { Change } from './engine/table.ts'
import { Location, NAMES } from './location.ts'
import type { RandomSource } from './random.ts'

/** A change of one item on its way to another location. */
export interface PendingReplication {
  readonly from: Location
  readonly to: Location
  readonly pk: string
  readonly sk: string
  readonly item: Item | undefined
  /** Later writes have greater stamps. */
  readonly stamp: string
}

/** Called on every change of the tables. */
export interface GlobalTableObserver {
  changed(location: Location, table: string): void
  /** A version was written. */
  versionWritten(version: Version): void
  /** A version is in a registry. */
  versionArrived(location: Location, version: Version): void
  /** A tombstone was written. */
  tombstoneWritten(location: Location, record: Pick<Version, 'kind' | 'id'>, tombstone: Tombstone): void
  /** A version's item was changed or deleted. */
  versionAltered(location: Location, change: Change): void
  viewChanged(location: Location, change: Change): void
}

/**
 * A global table: changes of `registry` reach the other locations item by item, in any order and with any delay. The last write of an
 * item wins everywhere.
 */
export class GlobalTable {
  readonly locations: readonly Location[]
  pending: PendingReplication[] = []
  readonly #random: RandomSource
  readonly #observer: GlobalTableObserver
  readonly #versions = new Map<string, Version>()
  #writes = 0
  #replicating = false

  constructor(skews: readonly number[], random: RandomSource, observer: GlobalTableObserver) {
    this.#random = random
    this.#observer = observer
    this.locations = skews.map((skew, n) => {
      const location: Location = new Location(`loc${n + 1}`, skew, (table, change) =>
        this.#handleChange(location, table, change),
      )
      return location
    })
  }

  /** The replications that can be applied now. */
  get deliverable(): PendingReplication[] {
    return this.pending.filter(({ from, to }) => !from.isCutOff && !to.isCutOff)
  }

  #handleChange(location: Location, table: string, change: Change): void {
    this.#observer.changed(location, table)
    if (table === NAMES.views) {
      location.streams.views.add(change)
      this.#observer.viewChanged(location, change)
      return
    }
    location.streams.registry.add(change)
    if (!this.#replicating) this.#replicate(location, change)
    if (change.after && (change.sk === PURGED || change.sk === ERASED) && !this.#replicating)
      this.#observer.tombstoneWritten(location, toRecord(change.pk), toTombstone(change.after))
    if (!change.sk.startsWith(VERSION)) return
    if (change.before || !change.after) {
      this.#observer.versionAltered(location, change)
      return
    }
    // One version is the same object in every table.
    const name = `${change.pk}\n${change.sk}`
    const version = this.#versions.get(name) ?? toVersion(change.after)
    this.#versions.set(name, version)
    if (!this.#replicating) this.#observer.versionWritten(version)
    this.#observer.versionArrived(location, version)
  }

  #replicate(from: Location, { pk, sk, after }: Change): void {
    const stamp = `${String(++this.#writes).padStart(9, '0')}#${from.name}`
    from.stamps.set(`${pk}\n${sk}`, stamp)
    for (const to of this.locations) {
      if (to === from) continue
      // Several changes of an item may be replicated as one.
      const isSameItem = (replication: PendingReplication) =>
        replication.from === from && replication.to === to && replication.pk === pk && replication.sk === sk
      if (this.#random.happens(0.5)) this.pending = this.pending.filter(replication => !isSameItem(replication))
      this.pending.push({ from, to, pk, sk, item: after, stamp })
    }
  }

  /** Applies a change at its destination. */
  apply(replication: PendingReplication): void {
    this.pending = this.pending.filter(other => other !== replication)
    const { to, pk, sk, item, stamp } = replication
    const name = `${pk}\n${sk}`
    if ((to.stamps.get(name) ?? '') >= stamp) return
    to.stamps.set(name, stamp)
    this.#replicating = true
    try {
      to.registry.write(pk, sk, item)
    } finally {
      this.#replicating = false
    }
  }
}
