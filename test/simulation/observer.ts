import { toCurrent, toVersion } from '#adapters/dynamodb/items.ts'
import { canonicalJson } from '#domain/canonical-json.ts'
import type { Tombstone } from '#domain/records/tombstone.ts'
import type { Version } from '#domain/records/version.ts'
import type { Change } from './engine/table.ts'
import type { World } from './environment.ts'
import type { Watch } from './globe.ts'
import type { Location } from './location.ts'
import { nameOf } from './reference-model.ts'
import { isCurrentRow, wrongWith } from './row-check.ts'

/** Sees every change that a table takes: keeps the ledger, and tells at once what no table may ever take. */
export class Observer implements Watch {
  readonly #world: World

  constructor(world: World) {
    this.#world = world
  }

  changed(location: Location, table: string): void {
    this.#world.scheduler.changed(location, table)
  }

  made(version: Version): void {
    this.#world.ledger.made(version)
  }

  arrived(location: Location, version: Version): void {
    this.#world.ledger.arrived(location.name, version, this.#world.step)
    this.#world.say(`${location.name} has ${version.kind} ${version.id} ${nameOf(version)}`)
  }

  /** What is purged is all that there is: whatever else was said of the record has won over the purge. */
  buried(location: Location, of: Pick<Version, 'kind' | 'id'>, grave: Tombstone): void {
    const { ledger } = this.#world
    this.#world.say(`${location.name}: grave of ${of.kind} ${of.id} ${canonicalJson(grave)}`)
    ledger.buried(of, grave)
    const left = ledger.of(of.kind, of.id).filter(v => !ledger.isGone(v))
    if (left.length > 0)
      this.#world.violated(`${location.name}: a purge of ${of.kind} ${of.id} leaves ${left.map(nameOf)}`)
  }

  /** A version never changes; it goes where its record has a grave that covers it. */
  altered(location: Location, { pk, sk, before, after }: Change): void {
    const version = toVersion(before)
    this.#world.say(`${location.name}: ${pk} ${sk} is ${after ? 'changed' : 'gone'}`)
    if (after) this.#world.violated(`${location.name}: the version ${pk} ${sk} was changed`)
    else if (!this.#world.ledger.isGone(version))
      this.#world.violated(`${location.name}: the version ${pk} ${sk} was removed`)
    else this.#world.ledger.left(location.name, version)
  }

  viewed(location: Location, change: Change): void {
    const { ledger, mutant, step } = this.#world
    mutant.viewed?.(location, change, this.#world)
    if (!isCurrentRow(change)) return
    const { kind, id, clock, pending: waiting } = toCurrent(change.after ?? change.before)
    ledger.row(location.name, kind, id, step, change.after ? clock : null)
    this.#world.say(
      `${location.name}: row of ${kind} ${id}: ${change.after ? canonicalJson([clock, waiting]) : 'gone'}`,
    )
    if (!change.after || ledger.grave({ kind, id }).erased) return
    const wrong = wrongWith(change, ledger.of(kind, id), ledger.here(location.name, kind, id))
    if (wrong) this.#world.violated(`${location.name}: the row of ${kind} ${id}: ${wrong}`)
  }
}
