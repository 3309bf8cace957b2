import { ERASED, PURGED, toRecord, toTombstone, toVersion, VERSION } from '#adapters/dynamodb/items.ts'
import type { Tombstone } from '#domain/records/tombstone.ts'
import type { Version } from '#domain/records/version.ts'
import type { Item } from './engine/expression.ts'
import type { Change } from './engine/table.ts'
import { Location, NAMES } from './location.ts'
import type { Chance } from './random.ts'

/** A change of one item on its way to another location. */
export interface Flight {
  readonly from: Location
  readonly to: Location
  readonly pk: string
  readonly sk: string
  readonly item: Item | undefined
  /** Greater for what was written later. */
  readonly stamp: string
}

/** What the world is told of what its tables took. */
export interface Watch {
  changed(location: Location, table: string): void
  /** A version was written. */
  made(version: Version): void
  /** A version is in a registry from now on. */
  arrived(location: Location, version: Version): void
  /** A mark was put that versions are gone. */
  buried(location: Location, of: Pick<Version, 'kind' | 'id'>, grave: Tombstone): void
  /** A version's row was changed or removed. */
  altered(location: Location, change: Change): void
  viewed(location: Location, change: Change): void
}

/**
 * A global table: what is written to `registry` at one location comes to the others item by item, in any order, in its own time; of two
 * writes of one item the last holds everywhere.
 */
export class Globe {
  readonly locations: readonly Location[]
  flights: Flight[] = []
  readonly #chance: Chance
  readonly #watch: Watch
  readonly #versions = new Map<string, Version>()
  #writes = 0
  #replicating = false

  constructor(skews: readonly number[], chance: Chance, watch: Watch) {
    this.#chance = chance
    this.#watch = watch
    this.locations = skews.map((skew, n) => {
      const location: Location = new Location(`loc${n + 1}`, skew, (table, change) =>
        this.#changed(location, table, change),
      )
      return location
    })
  }

  /** Those that can arrive now. */
  get deliverable(): Flight[] {
    return this.flights.filter(({ from, to }) => !from.cut && !to.cut)
  }

  #changed(location: Location, table: string, change: Change): void {
    this.#watch.changed(location, table)
    if (table === NAMES.views) {
      location.streams.views.add(change)
      this.#watch.viewed(location, change)
      return
    }
    location.streams.registry.add(change)
    if (!this.#replicating) this.#send(location, change)
    if (change.after && (change.sk === PURGED || change.sk === ERASED) && !this.#replicating)
      this.#watch.buried(location, toRecord(change.pk), toTombstone(change.after))
    if (!change.sk.startsWith(VERSION)) return
    if (change.before || !change.after) {
      this.#watch.altered(location, change)
      return
    }
    // One version is one object everywhere, whatever table it is in.
    const name = `${change.pk}\n${change.sk}`
    const version = this.#versions.get(name) ?? toVersion(change.after)
    this.#versions.set(name, version)
    if (!this.#replicating) this.#watch.made(version)
    this.#watch.arrived(location, version)
  }

  #send(from: Location, { pk, sk, after }: Change): void {
    const stamp = `${String(++this.#writes).padStart(9, '0')}#${from.name}`
    from.stamps.set(`${pk}\n${sk}`, stamp)
    for (const to of this.locations) {
      if (to === from) continue
      // Several changes of one item may come as one.
      const same = (one: Flight) => one.from === from && one.to === to && one.pk === pk && one.sk === sk
      if (this.#chance.happens(0.5)) this.flights = this.flights.filter(one => !same(one))
      this.flights.push({ from, to, pk, sk, item: after, stamp })
    }
  }

  /** One change comes to where it was going. */
  arrive(flight: Flight): void {
    this.flights = this.flights.filter(other => other !== flight)
    const { to, pk, sk, item, stamp } = flight
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
