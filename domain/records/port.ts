import type { ChangeLogEntry, ChangeLogPosition, RedactedVersion, VersionName } from './change-log-entry.ts'
import type { CurrentRecord, IndexedRecord } from './current.ts'
import type { Write } from './prepare-write.ts'
import type { VersionReader } from './read.ts'
import type { RecordPartition, Tombstone, TombstoneKind } from './tombstone.ts'
import type { Kind, Version } from './version.ts'

/** If not done, nothing was written; `rows` are the current rows that differed from the expected ones, if the table returned them. */
export type CommitOutcome = { done: true } | { done: false; rows: CurrentRecord[] }

/** A record's kind and id. */
export type RecordRef = Pick<Version, 'kind' | 'id'>

/** A current row, and whether putting another row of the record would change what is stored, index attributes included. */
export interface StoredRow {
  row: CurrentRecord
  isStoredAs(row: CurrentRecord): boolean
}

/** A page of the whole registry. */
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
  /** The current rows as they are stored. Consistent; missing ones are left out. */
  storedRows(kind: Kind, ids: readonly string[]): Promise<StoredRow[]>
  versions(kind: Kind, id: string, consistent: boolean): VersionReader
  /** Consistent. */
  version(kind: Kind, id: string, key: string): Promise<Version | null>
  /** A record's versions and tombstone. Consistent. */
  loadPartition(kind: Kind, id: string): Promise<RecordPartition>
  /** Puts versions and their current rows in one transaction, if each version is absent and each row is unchanged. */
  commit(writes: readonly Write[]): Promise<CommitOutcome>
  /** Puts a current row without a version, if the stored row is still the expected one (null: absent). */
  put(row: CurrentRecord, expected: CurrentRecord | null): Promise<CommitOutcome>
  /**
   * Ids of records, purchases and access days, each at least once, starting at a position. It reads the whole table: use it only to rebuild
   * views.
   */
  records(from: string | null, limit: number): Promise<RegistryPage>
  /** Current rows with open conflicts, by kind and id, starting at `from`; `next` starts the next page, null on the last one. */
  conflicted(from: RecordRef | null, limit: number): Promise<{ rows: CurrentRecord[]; next: RecordRef | null }>
  /** How many current rows have open conflicts; with a limit, at most so many are counted. */
  countConflicted(limit?: number): Promise<number>
  /** Deletes a current row, if it is unchanged. */
  drop(row: CurrentRecord): Promise<CommitOutcome>
  /** Which of the records have a tombstone of one of these kinds. Consistent. */
  findTombstoned(kind: Kind, ids: readonly string[], by: readonly TombstoneKind[]): Promise<string[]>
  /** Puts a record's tombstone: a purge marker with its clock, or an erasure. */
  putTombstone(kind: Kind, id: string, tombstone: Tombstone): Promise<void>
  /** Withdraws a purge marker that is not in effect: what it says of earlier lives is kept. */
  withdrawPurge(kind: Kind, id: string, tombstone: Tombstone): Promise<void>
  /** Deletes versions that a tombstone covers, and no others. For each, keeps who, when, where, the action and a digest. */
  remove(versions: readonly Version[]): Promise<void>
  /** Replaces versions by what an erasure leaves of them (`redaction`), and only those that are still there. */
  redact(versions: readonly Version[]): Promise<void>
  /** What is kept of a record's deleted versions. */
  redactedVersions(kind: Kind, id: string): Promise<RedactedVersion[]>
}

/** A position in the list: the last row read of a partition. */
export interface PagePosition {
  shard: number
  after: string | null
}

/** A page of a list: each entry with the position after it, and the start of the next page (null on the last one). */
export interface Page<T> {
  entries: { entry: T; place: PagePosition }[]
  next: PagePosition | null
}

export interface ListStore {
  /** Current rows by partition and id, after `from`. A consistent read costs twice as much. */
  list(kind: Kind, from: PagePosition, limit: number, consistent?: boolean): Promise<Page<CurrentRecord>>
  /**
   * What the search index reads of the customers of one partition, by id, after `after`. `next` continues, and is null on the last page.
   * Partitions may be read at the same time.
   */
  listIndexed(
    shard: number,
    after: string | null,
    limit: number,
  ): Promise<{ records: IndexedRecord[]; next: string | null }>
  /** Ids of a type's records by partition and last change, from `since` onwards. */
  changedSince(type: string, since: string, from: PagePosition, limit: number): Promise<Page<string>>
  /** Customers whose hold has not ended at a time, by its end (open ones last) and id, after a position. */
  held(now: string, after: string | null, limit: number): Promise<{ id: string; place: string }[]>
  /** Up to 25 ids of listed or merged customers by `nameKey` and, unless null, by date of birth. */
  byName(key: string, dob: string | null): Promise<string[]>
  /** Up to 25 ids of listed or merged customers by `documentKey`. */
  byDocument(key: string): Promise<string[]>
}

export interface ChangeLogStore {
  putLines(lines: readonly ChangeLogEntry[]): Promise<void>
  /** Puts the entries that are missing or differ. It reads all of them first: a read costs half of a write or less. */
  restoreLines(lines: readonly ChangeLogEntry[]): Promise<void>
  /** Deletes entries from the valid days of their versions, if those differ from the recording days. */
  dropValid(lines: readonly VersionName[]): Promise<void>
  /** Whether an entry exists under its valid day. */
  has(line: VersionName): Promise<boolean>
  /**
   * Entries of versions whose valid day is within the range, day by day, starting at a position. `rest` starts the next page. A page may be
   * small or empty when many entries of other days lie between.
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
