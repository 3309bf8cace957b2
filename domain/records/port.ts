import type { ChangeLogEntry, ChangeLogPosition, RedactedVersion, VersionName } from './change-log-entry.ts'
import type { CurrentRecord } from './current.ts'
import type { Write } from './prepare-write.ts'
import type { VersionReader } from './read.ts'
import type { Tombstone, TombstoneKind, Whole } from './tombstone.ts'
import type { Kind, Version } from './version.ts'

/** `stale`: nothing was written; `rows` are those current rows that were other than expected, where they were told. */
export type CommitOutcome = { done: true } | { done: false; rows: CurrentRecord[] }

/** What a record is called. */
export type RecordRef = Pick<Version, 'kind' | 'id'>

/** What lies on a page of the whole registry. */
export interface RegistryPage {
  records: RecordRef[]
  purchases: { user: string; id: string }[]
  days: string[]
  next: string | null
}

/** The records: their versions, which never change, and this location's current rows. */
export interface RecordStore {
  current(kind: Kind, id: string, consistent: boolean): Promise<CurrentRecord | null>
  currents(kind: Kind, ids: readonly string[], consistent: boolean): Promise<CurrentRecord[]>
  versions(kind: Kind, id: string, consistent: boolean): VersionReader
  /** Consistent. */
  version(kind: Kind, id: string, key: string): Promise<Version | null>
  /** All that is here of a record: its versions, and what is left of those that were removed. Consistent. */
  loadPartition(kind: Kind, id: string): Promise<Whole>
  /** Puts each version and its current row, all of them or none: if each version is absent and each row the expected one still. */
  commit(writes: readonly Write[]): Promise<CommitOutcome>
  /** Puts a current row alone, if the one there is still the expected one (null: if there is none): one that was made of more versions, or remembers more. */
  put(row: CurrentRecord, expected: CurrentRecord | null): Promise<CommitOutcome>
  /**
   * Records of which anything is here, purchases, and days on which the list was accessed, each at least once, from a place on: reads the
   * whole table, so for making views anew alone.
   */
  records(from: string | null, limit: number): Promise<RegistryPage>
  /** Current rows in which something is in dispute, by kind and id, from one on; `next` is where the rest begins, null where there is none. */
  conflicted(from: RecordRef | null, limit: number): Promise<{ rows: CurrentRecord[]; next: RecordRef | null }>
  /** How many these are. */
  countConflicted(): Promise<number>
  /** Removes a current row, if it is still that one. */
  drop(row: CurrentRecord): Promise<CommitOutcome>
  /** Those of some records that have a grave of one of these kinds here. Consistent. */
  findTombstoned(kind: Kind, ids: readonly string[], by: readonly TombstoneKind[]): Promise<string[]>
  /** Puts the mark that versions of a record up to a clock were purged, or that it was erased. */
  putTombstone(kind: Kind, id: string, grave: Tombstone): Promise<void>
  /** Removes versions: those that a grave covers, and no others. Of each stays who, when, where, what was done, and a digest. */
  remove(versions: readonly Version[]): Promise<void>
  /** What stays of the versions of a record that were removed. */
  redactedVersions(kind: Kind, id: string): Promise<RedactedVersion[]>
}

/** A place in the list: the last row read of a partition. */
export interface PagePosition {
  shard: number
  after: string | null
}

/** A part of a list: each entry with the place right after it, and where the rest begins (null: there is none). */
export interface Page<T> {
  entries: { entry: T; place: PagePosition }[]
  next: PagePosition | null
}

export interface ListStore {
  /** Current rows by partition and id, those after `from`. `consistent`: as they were last committed; costs twice as much. */
  list(kind: Kind, from: PagePosition, limit: number, consistent?: boolean): Promise<Page<CurrentRecord>>
  /** Ids of a type's records by partition and the time of their last change, from `since` on. */
  changedSince(type: string, since: string, from: PagePosition, limit: number): Promise<Page<string>>
}

/** Exact look-ups in the table itself. Keys as `domain/matching/exact-keys` makes them, the dob a whole day, or null for any; up to 25 ids. */
export interface ExactIndex {
  byName(key: string, dob: string | null): Promise<string[]>
  byDocument(key: string): Promise<string[]>
}

export interface ChangeLogStore {
  putLines(lines: readonly ChangeLogEntry[]): Promise<void>
  /** Takes lines away from under the days that their versions held from, where those are days of their own. */
  dropValid(lines: readonly VersionName[]): Promise<void>
  /** Whether a line is there, under the day that it holds from. */
  has(line: VersionName): Promise<boolean>
  /**
   * Lines of versions whose valid day is between the two, day by day, from a place on. `rest` is where the others begin; where many that
   * are of other days lie between, it may tell few or none at a time.
   */
  validBetween(
    from: string,
    to: string,
    place: ChangeLogPosition | null,
    limit: number,
  ): Promise<{
    lines: { line: ChangeLogEntry; place: ChangeLogPosition }[]
    more: boolean
    rest: ChangeLogPosition | null
  }>
}
