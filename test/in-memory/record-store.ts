import { isDeepStrictEqual } from 'node:util'
import { lineKey, type RedactedVersion, toChangeLogEntry } from '#domain/records/change-log-entry.ts'
import { type CurrentRecord, foldAll } from '#domain/records/current.ts'
import type { CommitOutcome, RecordRef, RecordStore, StoredRow } from '#domain/records/port.ts'
import type { Write } from '#domain/records/prepare-write.ts'
import type { VersionRange, VersionReader } from '#domain/records/read.ts'
import {
  mergeTombstones,
  NO_TOMBSTONE,
  type RecordPartition,
  type Tombstone,
  type TombstoneKind,
} from '#domain/records/tombstone.ts'
import { compareVersions, type Kind, kind, toKey, type Version } from '#domain/records/version.ts'

const toName = (kind: Kind, id: string): string => `${kind}#${id}`

/** Freezes a value deeply, so that a later change of stored data throws. */
function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value)
    for (const member of Object.values(value)) deepFreeze(member)
  }
  return value
}

function inRange(key: string, { above, below }: VersionRange): boolean {
  return (above === undefined || key > above) && (below === undefined || key < below)
}

const toConditionFields = ({ clock, pending: waiting, idempotencyKeys: keys, purgedClock: purged }: CurrentRecord) => ({
  clock,
  waiting,
  keys,
  purged,
})

const matchesExpected = (row: CurrentRecord | undefined, expected: CurrentRecord | null): boolean =>
  row === undefined
    ? expected === null
    : expected !== null && isDeepStrictEqual(toConditionFields(row), toConditionFields(expected))

/** The records of one location in memory: its replica of the versions, and its own current rows. */
export class MemoryRecordStore implements RecordStore {
  readonly #versions = new Map<string, Version[]>()
  readonly #rows = new Map<string, CurrentRecord>()
  readonly #redacted = new Map<string, RedactedVersion>()
  readonly #tombstones = new Map<string, Tombstone>()
  /** The range of every query for versions. */
  readonly queriedRanges: VersionRange[] = []

  async current(kind: Kind, id: string, _consistent: boolean): Promise<CurrentRecord | null> {
    return this.#rows.get(toName(kind, id)) ?? null
  }

  async currents(kind: Kind, ids: readonly string[], _consistent: boolean): Promise<CurrentRecord[]> {
    return [...new Set(ids)].flatMap(id => this.#rows.get(toName(kind, id)) ?? [])
  }

  async storedRows(kind: Kind, ids: readonly string[]): Promise<StoredRow[]> {
    const rows = await this.currents(kind, ids, true)
    return rows.map(stored => ({ row: stored, isStoredAs: row => isDeepStrictEqual(row, stored) }))
  }

  versions(kind: Kind, id: string, _consistent: boolean): VersionReader {
    return async range => {
      this.queriedRanges.push(range)
      const versions = this.versionsOf(kind, id).filter(v => inRange(toKey(v), range))
      if (range.newestFirst) versions.reverse()
      return range.limit === undefined ? versions : versions.slice(0, range.limit)
    }
  }

  async version(kind: Kind, id: string, key: string): Promise<Version | null> {
    return this.versionsOf(kind, id).find(v => toKey(v) === key) ?? null
  }

  async commit(writes: readonly Write[]): Promise<CommitOutcome> {
    const stored = writes.map(({ row }) => this.#rows.get(toName(row.kind, row.id)))
    const stale = writes.filter(({ expected }, n) => !matchesExpected(stored[n], expected))
    if (stale.length > 0 || writes.some(({ version }) => this.#stored(version) !== undefined)) {
      // A version that exists with this request's id was written by this write, in an attempt whose response was lost.
      if (writes.every(({ version }) => this.#stored(version)?.request_id === version.request_id)) return { done: true }
      return { done: false, rows: stale.flatMap(({ row }) => this.#rows.get(toName(row.kind, row.id)) ?? []) }
    }
    for (const { version, row } of writes) {
      this.receive(version)
      this.#rows.set(toName(row.kind, row.id), deepFreeze(row))
    }
    return { done: true }
  }

  async put(row: CurrentRecord, expected: CurrentRecord | null): Promise<CommitOutcome> {
    if (!matchesExpected(this.#rows.get(toName(row.kind, row.id)), expected)) return { done: false, rows: [] }
    this.#rows.set(toName(row.kind, row.id), deepFreeze(row))
    return { done: true }
  }

  async drop(row: CurrentRecord): Promise<CommitOutcome> {
    if (!matchesExpected(this.#rows.get(toName(row.kind, row.id)), row)) return { done: false, rows: [] }
    this.deleteCurrent(row.kind, row.id)
    return { done: true }
  }

  async loadPartition(kind: Kind, id: string): Promise<RecordPartition> {
    return {
      versions: [...this.versionsOf(kind, id)],
      tombstone: this.#tombstones.get(toName(kind, id)) ?? NO_TOMBSTONE,
    }
  }

  async records(from: string | null, limit: number): ReturnType<RecordStore['records']> {
    const names = [...this.#versions.keys(), ...this.#tombstones.keys()].filter(name => name > (from ?? '')).sort()
    const page = names.slice(0, limit).map(name => name.split('#'))
    const records = page.map(([of, id = '']) => ({ kind: kind.parse(of), id }))
    return { records, purchases: [], days: [], next: names.length > limit ? (names[limit - 1] ?? null) : null }
  }

  async conflicted(from: RecordRef | null, limit: number): ReturnType<RecordStore['conflicted']> {
    const first = from ? toName(from.kind, from.id) : ''
    const rows = this.#conflicted.filter(([name]) => name >= first).map(([, row]) => row)
    return { rows: rows.slice(0, limit), next: rows[limit] ?? null }
  }

  async countConflicted(limit = Number.POSITIVE_INFINITY): Promise<number> {
    return Math.min(this.#conflicted.length, limit)
  }

  get #conflicted(): [string, CurrentRecord][] {
    return [...this.#rows].filter(([, row]) => row.disputes.length > 0).sort(([a], [b]) => (a < b ? -1 : 1))
  }

  async findTombstoned(kind: Kind, ids: readonly string[], by: readonly TombstoneKind[]): Promise<string[]> {
    return ids.filter(id => {
      const { purged, erased } = this.#tombstones.get(toName(kind, id)) ?? NO_TOMBSTONE
      return (erased && by.includes('erased')) || (Object.keys(purged).length > 0 && by.includes('purged'))
    })
  }

  async putTombstone(kind: Kind, id: string, tombstone: Tombstone): Promise<void> {
    this.receiveTombstone(kind, id, tombstone)
  }

  async withdrawPurge(kind: Kind, id: string, { purgedBefore = {} }: Tombstone): Promise<void> {
    const { erased } = this.#tombstones.get(toName(kind, id)) ?? NO_TOMBSTONE
    this.#tombstones.set(toName(kind, id), { purged: purgedBefore, erased })
  }

  async redact(versions: readonly Version[]): Promise<void> {
    for (const v of versions) {
      const stored = this.versionsOf(v.kind, v.id)
      if (!stored.some(other => toKey(other) === toKey(v))) continue
      const replaced = stored.map(other => (toKey(other) === toKey(v) ? deepFreeze(v) : other))
      this.#versions.set(toName(v.kind, v.id), replaced)
    }
  }

  async remove(versions: readonly Version[]): Promise<void> {
    for (const v of versions) {
      const { valid_from: _, ...redacted } = toChangeLogEntry(v)
      this.#redacted.set(lineKey(redacted), redacted)
    }
    for (const { kind, id, ...v } of versions)
      this.#versions.set(
        toName(kind, id),
        this.versionsOf(kind, id).filter(stored => toKey(stored) !== toKey(v)),
      )
  }

  async redactedVersions(kind: Kind, id: string): Promise<RedactedVersion[]> {
    return [...this.#redacted.values()].filter(redacted => redacted.kind === kind && redacted.id === id)
  }

  /** Stores a tombstone, as replication does. */
  receiveTombstone(kind: Kind, id: string, tombstone: Tombstone): void {
    this.#tombstones.set(
      toName(kind, id),
      mergeTombstones(this.#tombstones.get(toName(kind, id)) ?? NO_TOMBSTONE, tombstone),
    )
  }

  /** Returns every stored version of a record, in their order. */
  versionsOf(kind: Kind, id: string): readonly Version[] {
    return this.#versions.get(toName(kind, id)) ?? []
  }

  #stored(v: Version): Version | undefined {
    return this.versionsOf(v.kind, v.id).find(stored => toKey(stored) === toKey(v))
  }

  /** Stores a version as replication does: without its row, and any number of times. */
  receive(v: Version): void {
    if (this.#stored(v)) return
    this.#versions.set(toName(v.kind, v.id), [...this.versionsOf(v.kind, v.id), deepFreeze(v)].sort(compareVersions))
  }

  /** Rebuilds the current row from the stored versions. */
  reconcile(kind: Kind, id: string): void {
    const row = foldAll(this.versionsOf(kind, id), this.#tombstones.get(toName(kind, id)))
    if (row) this.#rows.set(toName(kind, id), deepFreeze(row))
  }

  /** Deletes the current row, as happens when the views of a location are rebuilt. */
  deleteCurrent(kind: Kind, id: string): void {
    this.#rows.delete(toName(kind, id))
  }

  /** Returns the current rows of a kind, sorted by id. */
  rowsOf(kind: Kind, _consistent: boolean): CurrentRecord[] {
    return [...this.#rows.values()].filter(row => row.kind === kind).sort((a, b) => (a.id < b.id ? -1 : 1))
  }

  /** The number of versions of all records. */
  get size(): number {
    return [...this.#versions.values()].reduce((sum, versions) => sum + versions.length, 0)
  }
}
