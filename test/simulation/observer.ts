import { toCurrent, toVersion } from '#adapters/dynamodb/items.ts'
import { canonicalJson } from '#domain/canonical-json.ts'
import type { Tombstone } from '#domain/records/tombstone.ts'
import type { Version } from '#domain/records/version.ts'
import type { Change } from './engine/table.ts'
import type { SimulatedWorld } from './environment.ts'
import type { GlobalTableObserver } from './global-table.ts'
import type { Location } from './location.ts'
import { nameOf } from './reference-model.ts'
import { findRowError, isCurrentRow } from './row-check.ts'

/** Observes every change of the tables: keeps the ledger, and reports changes that must never happen. */
export class Observer implements GlobalTableObserver {
  readonly #world: SimulatedWorld

  constructor(world: SimulatedWorld) {
    this.#world = world
  }

  changed(location: Location, table: string): void {
    this.#world.scheduler.changed(location, table)
  }

  versionWritten(version: Version): void {
    this.#world.ledger.addVersion(version, this.#world.step)
  }

  versionArrived(location: Location, version: Version): void {
    this.#world.ledger.addArrival(location.name, version, this.#world.step)
    this.#world.log(`${location.name} has ${version.kind} ${version.id} ${nameOf(version)}`)
  }

  /** A purge must cover every version except those that restored the record: a concurrent change would have cancelled it. */
  tombstoneWritten(location: Location, of: Pick<Version, 'kind' | 'id'>, tombstone: Tombstone): void {
    const { ledger } = this.#world
    this.#world.log(`${location.name}: tombstone of ${of.kind} ${of.id} ${canonicalJson(tombstone)}`)
    ledger.addTombstone(of, tombstone)
    const restores = (v: Version) => Object.entries(tombstone.purged).every(([name, at]) => (v.clock[name] ?? '') >= at)
    const remaining = ledger.versionsOf(of.kind, of.id).filter(v => !ledger.isGone(v) && !restores(v))
    if (remaining.length > 0)
      this.#world.reportViolation(`${location.name}: a purge of ${of.kind} ${of.id} leaves ${remaining.map(nameOf)}`)
  }

  /** A version never changes, and is deleted only when a tombstone covers it. */
  versionAltered(location: Location, { pk, sk, before, after }: Change): void {
    const version = toVersion(before)
    this.#world.log(`${location.name}: ${pk} ${sk} was ${after ? 'changed' : 'deleted'}`)
    const redaction = after === undefined ? undefined : toVersion(after).redaction
    if (redaction?.erased.every(id => this.#world.ledger.getTombstone({ kind: 'customer', id }).erased))
      this.#world.ledger.redactVersion(toVersion(after))
    else if (after) this.#world.reportViolation(`${location.name}: the version ${pk} ${sk} was changed`)
    else if (!this.#world.ledger.isGone(version))
      this.#world.reportViolation(`${location.name}: the version ${pk} ${sk} was deleted`)
    else this.#world.ledger.removeArrival(location.name, version, this.#world.step)
  }

  viewChanged(location: Location, change: Change): void {
    const { ledger, mutant, step } = this.#world
    mutant.viewed?.(location, change, this.#world)
    if (!isCurrentRow(change)) return
    const { kind, id, clock, pending } = toCurrent(change.after ?? change.before)
    ledger.addRow(location.name, kind, id, step, change.after ? clock : null)
    this.#world.log(
      `${location.name}: row of ${kind} ${id}: ${change.after ? canonicalJson([clock, pending]) : 'deleted'}`,
    )
    if (!change.after || ledger.getTombstone({ kind, id }).erased) return
    const stored = ledger.versionsAt(location.name, kind, id)
    // A fold that began before may still write what was redacted. The stream rebuilds the row, which the verdict checks.
    const error = findRowError(change, ledger.versionsOf(kind, id), stored, ledger.isRedacted(kind, id))
    if (error) this.#world.reportViolation(`${location.name}: invalid row of ${kind} ${id}: ${error}`)
  }
}
