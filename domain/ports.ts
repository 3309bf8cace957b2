/** What the domain asks of the outside: the record store, the list's indexes, the search index. Adapters make these real. */
import type { Batch } from '#contract/schemas/batch.ts'
import type { Access } from './audit/access.ts'
import type { AuditStore } from './audit/port.ts'
import type { PurchaseStore } from './purchases/port.ts'
import type { ChangeLogEntry, ChangeLogPosition, RedactedVersion, VersionName } from './records/change-log-entry.ts'
import type { CurrentRecord } from './records/current.ts'
import type { Write } from './records/prepare-write.ts'
import type { VersionReader } from './records/read.ts'
import type { Tombstone, TombstoneKind, Whole } from './records/tombstone.ts'
import type { Kind, Version } from './records/version.ts'
import type { CandidateIndex, RebuildableIndex } from './search/port.ts'

export type { Access } from './audit/access.ts'
export type { ChangeLogEntry, ChangeLogPosition, VersionName } from './records/change-log-entry.ts'

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

export interface BatchStore {
  batch(id: string): Promise<StoredBatch | null>
  /** Takes a batch's id for what was sent; false when it is taken for something else. */
  claim(id: string, said: string): Promise<boolean>
  /** Keeps what became of a batch; the first one stays. */
  putBatch(batch: StoredBatch): Promise<void>
}
export interface StoredBatch {
  batch: Batch
  /** A digest of what was sent. */
  said: string
}

export interface RateLimiter {
  /** Takes one from a budget that ends with the day; false when there is none left. */
  consume(budget: string, day: string, limit: number): Promise<boolean>
}

/** Two customers who are probably the same, the lesser id first. */
export interface Pair {
  a: string
  b: string
  /** 0 to 1. */
  score: number
}

/** The pairs to be reviewed, as this location found them. */
export interface PairStore {
  /** A pair that is there gets the new score. */
  putPairs(pairs: readonly Pair[]): Promise<void>
  dropPairs(pairs: readonly Pick<Pair, 'a' | 'b'>[]): Promise<void>
  /** Likeliest first, those after a place; `next` is where the rest begins, null where there is none. */
  pairs(after: string | null, limit: number): Promise<{ pairs: Pair[]; next: string | null }>
}

/** That a location was there, and what it knew: written by itself, read by all. */
export interface Heartbeat {
  name: string
  /** When, by its own clock. */
  sent: string
  /** For each other location the `sent` of the last heartbeat that had come from there. */
  seen: Readonly<Record<string, string>>
  index_lag_ms: number | null
  conflicts: number
  drift: number | null
}

/** What a location knows of itself: how its projection answers probes, and the drift. */
export interface LocalStatus {
  /** The first probe after the last that was answered, as it was when the latest was sent. */
  probed: string | null
  /** The last probe that was answered, and how long that took. */
  answered: string | null
  lag_ms: number | null
  drift: number | null
  /** The last of its own heartbeats that whoever reads the registry's stream has come to. */
  read: string | null
}

/** How far a location's index was brought to the fields that are searched: by a digest of these. */
export interface ReindexProgress {
  searched: string
  /** Where in the list it goes on; null: it is done. */
  place: PagePosition | null
  customers: number
  changed: number
}

export interface LocationStore {
  putHeartbeat(heartbeat: Heartbeat): Promise<void>
  /** Removes a location's heartbeat, everywhere. */
  removeHeartbeat(name: string): Promise<void>
  /** The last heartbeat of each location that is here. */
  heartbeats(): Promise<Heartbeat[]>
  /** Notes when a heartbeat came from elsewhere, by this location's clock. */
  recordArrival(name: string, sent: string, received: string): Promise<void>
  receivedHeartbeats(): Promise<{ name: string; sent: string; received: string }[]>
  /** Sends a probe; `unanswered`: the first that is still on its way, this one where there is none before. */
  probe(sent: string, unanswered: string): Promise<void>
  answerProbe(sent: string, now: string): Promise<void>
  /** Notes that the registry's stream was read up to an own heartbeat. */
  recordStreamPosition(sent: string): Promise<void>
  /** Notes how many differences a check of the index left. */
  recordDrift(count: number): Promise<void>
  localStatus(): Promise<LocalStatus>
  reindexProgress(): Promise<ReindexProgress | null>
  putReindexProgress(work: ReindexProgress): Promise<void>
}

export interface AccessStore {
  /** Once for each request. */
  record(access: Access): Promise<void>
  /** Says of an access that was recorded that its outcome was another: beside it, since what is recorded never changes. */
  recordOutcome(access: Access, outcome: string): Promise<void>
  /** Notes days of which accesses are here. */
  noteDays(days: readonly string[]): Promise<void>
}

export interface Ports {
  records: RecordStore
  lists: ListStore
  exact: ExactIndex
  lines: ChangeLogStore
  batches: BatchStore
  budgets: RateLimiter
  accesses: AccessStore
  pairs: PairStore
  locations: LocationStore
  audit: AuditStore
  purchases: PurchaseStore
  index: CandidateIndex & RebuildableIndex
}

/** Who calls, where, when; and the ways to wait and to name that differ between a test and the world. */
export interface RequestContext {
  location: string
  actor: string
  request_id: string
  /** ISO 8601, UTC, milliseconds. */
  now: string
  newId(): string
  /** Waits before a further attempt: longer the more there were, and never the same. */
  pause(attempt: number): Promise<void>
}
