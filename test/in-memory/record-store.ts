import { isDeepStrictEqual } from 'node:util'
import { lineKey, type RedactedVersion, toChangeLogEntry } from '#domain/records/change-log-entry.ts'
import { type CurrentRecord, foldAll } from '#domain/records/current.ts'
import type { CommitOutcome, RecordRef, RecordStore } from '#domain/records/port.ts'
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

/** What is stored can change no more: who tries, throws. */
function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value)
    for (const member of Object.values(value)) frozen(member)
  }
  return value
}

function inRange(key: string, { above, below }: VersionRange): boolean {
  return (above === undefined || key > above) && (below === undefined || key < below)
}

const told = ({ clock, pending: waiting, idempotencyKeys: keys, purgedClock: purged }: CurrentRecord) => ({
  clock,
  waiting,
  keys,
  purged,
})

const asExpected = (row: CurrentRecord | undefined, expected: CurrentRecord | null): boolean =>
  row === undefined ? expected === null : expected !== null && isDeepStrictEqual(told(row), told(expected))

/** The records of one location, in memory: its replica of the versions, and its own current rows. */
export class MemoryRecordStore implements RecordStore {
  readonly #versions = new Map<string, Version[]>()
  readonly #rows = new Map<string, CurrentRecord>()
  readonly #residues = new Map<string, RedactedVersion>()
  readonly #graves = new Map<string, Tombstone>()
  /** What each query for versions asked for, since the store was made. */
  readonly asked: VersionRange[] = []

  async current(kind: Kind, id: string, _consistent: boolean): Promise<CurrentRecord | null> {
    return this.#rows.get(toName(kind, id)) ?? null
  }

  async currents(kind: Kind, ids: readonly string[], _consistent: boolean): Promise<CurrentRecord[]> {
    return [...new Set(ids)].flatMap(id => this.#rows.get(toName(kind, id)) ?? [])
  }

  versions(kind: Kind, id: string, _consistent: boolean): VersionReader {
    return async range => {
      this.asked.push(range)
      const found = this.here(kind, id).filter(v => inRange(toKey(v), range))
      if (range.newestFirst) found.reverse()
      return range.limit === undefined ? found : found.slice(0, range.limit)
    }
  }

  async version(kind: Kind, id: string, key: string): Promise<Version | null> {
    return this.here(kind, id).find(v => toKey(v) === key) ?? null
  }

  async commit(writes: readonly Write[]): Promise<CommitOutcome> {
    const stored = writes.map(({ row }) => this.#rows.get(toName(row.kind, row.id)))
    const stale = writes.filter(({ expected }, n) => !asExpected(stored[n], expected))
    if (stale.length > 0 || writes.some(({ version }) => this.#has(version))) {
      return { done: false, rows: stale.flatMap(({ row }) => this.#rows.get(toName(row.kind, row.id)) ?? []) }
    }
    for (const { version, row } of writes) {
      this.arrive(version)
      this.#rows.set(toName(row.kind, row.id), frozen(row))
    }
    return { done: true }
  }

  async put(row: CurrentRecord, expected: CurrentRecord | null): Promise<CommitOutcome> {
    if (!asExpected(this.#rows.get(toName(row.kind, row.id)), expected)) return { done: false, rows: [] }
    this.#rows.set(toName(row.kind, row.id), frozen(row))
    return { done: true }
  }

  async drop(row: CurrentRecord): Promise<CommitOutcome> {
    if (!asExpected(this.#rows.get(toName(row.kind, row.id)), row)) return { done: false, rows: [] }
    this.forget(row.kind, row.id)
    return { done: true }
  }

  async loadPartition(kind: Kind, id: string): Promise<RecordPartition> {
    return { versions: [...this.here(kind, id)], tombstone: this.#graves.get(toName(kind, id)) ?? NO_TOMBSTONE }
  }

  async records(from: string | null, limit: number): ReturnType<RecordStore['records']> {
    const names = [...this.#versions.keys(), ...this.#graves.keys()].filter(name => name > (from ?? '')).sort()
    const page = names.slice(0, limit).map(name => name.split('#'))
    const records = page.map(([of, id = '']) => ({ kind: kind.parse(of), id }))
    return { records, purchases: [], days: [], next: names.length > limit ? (names[limit - 1] ?? null) : null }
  }

  async conflicted(from: RecordRef | null, limit: number): ReturnType<RecordStore['conflicted']> {
    const first = from ? toName(from.kind, from.id) : ''
    const rows = this.#disputed.filter(([name]) => name >= first).map(([, row]) => row)
    return { rows: rows.slice(0, limit), next: rows[limit] ?? null }
  }

  async countConflicted(): Promise<number> {
    return this.#disputed.length
  }

  get #disputed(): [string, CurrentRecord][] {
    return [...this.#rows].filter(([, row]) => row.disputes.length > 0).sort(([a], [b]) => (a < b ? -1 : 1))
  }

  async findTombstoned(kind: Kind, ids: readonly string[], by: readonly TombstoneKind[]): Promise<string[]> {
    return ids.filter(id => {
      const { purged, erased } = this.#graves.get(toName(kind, id)) ?? NO_TOMBSTONE
      return (erased && by.includes('erased')) || (Object.keys(purged).length > 0 && by.includes('purged'))
    })
  }

  async putTombstone(kind: Kind, id: string, grave: Tombstone): Promise<void> {
    this.entomb(kind, id, grave)
  }

  async redact(versions: readonly Version[]): Promise<void> {
    for (const v of versions) {
      const stored = this.here(v.kind, v.id)
      if (!stored.some(other => toKey(other) === toKey(v))) continue
      const replaced = stored.map(other => (toKey(other) === toKey(v) ? frozen(v) : other))
      this.#versions.set(toName(v.kind, v.id), replaced)
    }
  }

  async remove(versions: readonly Version[]): Promise<void> {
    for (const v of versions) {
      const { valid_from: _, ...residue } = toChangeLogEntry(v)
      this.#residues.set(lineKey(residue), residue)
    }
    for (const { kind, id, ...v } of versions)
      this.#versions.set(
        toName(kind, id),
        this.here(kind, id).filter(other => toKey(other) !== toKey(v)),
      )
  }

  async redactedVersions(kind: Kind, id: string): Promise<RedactedVersion[]> {
    return [...this.#residues.values()].filter(one => one.kind === kind && one.id === id)
  }

  /** Puts a grave, as replication does. */
  entomb(kind: Kind, id: string, grave: Tombstone): void {
    this.#graves.set(toName(kind, id), mergeTombstones(this.#graves.get(toName(kind, id)) ?? NO_TOMBSTONE, grave))
  }

  /** Every version of a record that is here, in their order. */
  here(kind: Kind, id: string): readonly Version[] {
    return this.#versions.get(toName(kind, id)) ?? []
  }

  #has(v: Version): boolean {
    return this.here(v.kind, v.id).some(other => toKey(other) === toKey(v))
  }

  /** Puts a version as replication does: the row alone, as often as it comes. */
  arrive(v: Version): void {
    if (this.#has(v)) return
    this.#versions.set(toName(v.kind, v.id), [...this.here(v.kind, v.id), frozen(v)].sort(compareVersions))
  }

  /** Makes the current row anew from the versions that are here. */
  reconcile(kind: Kind, id: string): void {
    const row = foldAll(this.here(kind, id), this.#graves.get(toName(kind, id)))
    if (row) this.#rows.set(toName(kind, id), frozen(row))
  }

  /** Throws away the current row, as when a location's views are made anew. */
  forget(kind: Kind, id: string): void {
    this.#rows.delete(toName(kind, id))
  }

  /** The current rows of a kind, by id. */
  rowsOf(kind: Kind, _consistent: boolean): CurrentRecord[] {
    return [...this.#rows.values()].filter(row => row.kind === kind).sort((a, b) => (a.id < b.id ? -1 : 1))
  }

  /** How many versions there are of all records. */
  get size(): number {
    return [...this.#versions.values()].reduce((sum, versions) => sum + versions.length, 0)
  }
}
