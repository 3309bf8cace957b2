/** What the domain asks of the outside: the record store, the list's indexes, the search index. Adapters make these real. */
import type { Batch } from '#contract/schemas/batch.ts'
import type { Access } from './audit/access.ts'
import type { AuditStore } from './audit/port.ts'
import type { PurchaseStore } from './purchases/port.ts'
import type { Current } from './records/current.ts'
import type { Write } from './records/draft.ts'
import type { Grave, GraveKind, Whole } from './records/grave.ts'
import type { Line, LinePlace, Residue, VersionName } from './records/line.ts'
import type { VersionReader } from './records/read.ts'
import type { Kind, Version } from './records/version.ts'
import type { CandidateIndex, MadeAnew } from './search/port.ts'

export type { Access } from './audit/access.ts'
export type { Line, LinePlace, VersionName } from './records/line.ts'

/** `stale`: nothing was written; `rows` are those current rows that were other than expected, where they were told. */
export type CommitOutcome = { done: true } | { done: false; rows: Current[] }

/** What a record is called. */
export type Named = Pick<Version, 'kind' | 'id'>

/** What lies on a page of the whole registry. */
export interface RegistryPage {
  records: Named[]
  purchases: { user: string; id: string }[]
  days: string[]
  next: string | null
}

/** The records: their versions, which never change, and this location's current rows. */
export interface RecordStore {
  current(kind: Kind, id: string, consistent: boolean): Promise<Current | null>
  currents(kind: Kind, ids: readonly string[], consistent: boolean): Promise<Current[]>
  versions(kind: Kind, id: string, consistent: boolean): VersionReader
  /** Consistent. */
  version(kind: Kind, id: string, key: string): Promise<Version | null>
  /** All that is here of a record: its versions, and what is left of those that were removed. Consistent. */
  whole(kind: Kind, id: string): Promise<Whole>
  /** Puts each version and its current row, all of them or none: if each version is absent and each row the expected one still. */
  commit(writes: readonly Write[]): Promise<CommitOutcome>
  /** Puts a current row alone, if the one there is still the expected one (null: if there is none): one that was made of more versions, or remembers more. */
  put(row: Current, expected: Current | null): Promise<CommitOutcome>
  /**
   * Records of which anything is here, purchases, and days on which the list was accessed, each at least once, from a place on: reads the
   * whole table, so for making views anew alone.
   */
  records(from: string | null, limit: number): Promise<RegistryPage>
  /** Current rows in which something is in dispute, by kind and id, from one on; `next` is where the rest begins, null where there is none. */
  disputed(from: Named | null, limit: number): Promise<{ rows: Current[]; next: Named | null }>
  /** How many these are. */
  countDisputed(): Promise<number>
  /** Removes a current row, if it is still that one. */
  drop(row: Current): Promise<CommitOutcome>
  /** Those of some records that have a grave of one of these kinds here. Consistent. */
  buried(kind: Kind, ids: readonly string[], by: readonly GraveKind[]): Promise<string[]>
  /** Puts the mark that versions of a record up to a clock were purged, or that it was erased. */
  bury(kind: Kind, id: string, grave: Grave): Promise<void>
  /** Removes versions: those that a grave covers, and no others. Of each stays who, when, where, what was done, and a digest. */
  remove(versions: readonly Version[]): Promise<void>
  /** What stays of the versions of a record that were removed. */
  residues(kind: Kind, id: string): Promise<Residue[]>
}

/** A place in the list: the last row read of a partition. */
export interface Place {
  shard: number
  after: string | null
}

/** A part of a list: each entry with the place right after it, and where the rest begins (null: there is none). */
export interface Part<T> {
  entries: { entry: T; place: Place }[]
  next: Place | null
}

export interface ListStore {
  /** Current rows by partition and id, those after `from`. `consistent`: as they were last committed; costs twice as much. */
  list(kind: Kind, from: Place, limit: number, consistent?: boolean): Promise<Part<Current>>
  /** Ids of a type's records by partition and the time of their last change, from `since` on. */
  changedSince(type: string, since: string, from: Place, limit: number): Promise<Part<string>>
}

/** Exact look-ups in the table itself. Keys as `domain/matching/keys` makes them, the dob a whole day, or null for any; up to 25 ids. */
export interface ExactStore {
  byName(key: string, dob: string | null): Promise<string[]>
  byDocument(key: string): Promise<string[]>
}

export interface LineStore {
  putLines(lines: readonly Line[]): Promise<void>
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
    place: LinePlace | null,
    limit: number,
  ): Promise<{ lines: { line: Line; place: LinePlace }[]; more: boolean; rest: LinePlace | null }>
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

export interface BudgetStore {
  /** Takes one from a budget that ends with the day; false when there is none left. */
  spend(budget: string, day: string, limit: number): Promise<boolean>
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
export interface OwnState {
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
export interface Following {
  searched: string
  /** Where in the list it goes on; null: it is done. */
  place: Place | null
  customers: number
  changed: number
}

export interface LocationStore {
  beat(heartbeat: Heartbeat): Promise<void>
  /** Removes a location's heartbeat, everywhere. */
  forget(name: string): Promise<void>
  /** The last heartbeat of each location that is here. */
  beats(): Promise<Heartbeat[]>
  /** Notes when a heartbeat came from elsewhere, by this location's clock. */
  arrived(name: string, sent: string, received: string): Promise<void>
  arrivals(): Promise<{ name: string; sent: string; received: string }[]>
  /** Sends a probe; `unanswered`: the first that is still on its way, this one where there is none before. */
  probe(sent: string, unanswered: string): Promise<void>
  answerProbe(sent: string, now: string): Promise<void>
  /** Notes that the registry's stream was read up to an own heartbeat. */
  readUpTo(sent: string): Promise<void>
  /** Notes how many differences a check of the index left. */
  drifted(count: number): Promise<void>
  own(): Promise<OwnState>
  following(): Promise<Following | null>
  follow(work: Following): Promise<void>
}

export interface AccessStore {
  /** Once for each request. */
  record(access: Access): Promise<void>
  /** Says of an access that was recorded that its outcome was another: beside it, since what is recorded never changes. */
  conclude(access: Access, outcome: string): Promise<void>
  /** Notes days of which accesses are here. */
  noteDays(days: readonly string[]): Promise<void>
}

export interface Ports {
  records: RecordStore
  lists: ListStore
  exact: ExactStore
  lines: LineStore
  batches: BatchStore
  budgets: BudgetStore
  accesses: AccessStore
  pairs: PairStore
  locations: LocationStore
  audit: AuditStore
  purchases: PurchaseStore
  index: CandidateIndex & MadeAnew
}

/** Who calls, where, when; and the ways to wait and to name that differ between a test and the world. */
export interface Call {
  location: string
  actor: string
  request_id: string
  /** ISO 8601, UTC, milliseconds. */
  now: string
  newId(): string
  /** Waits before a further attempt: longer the more there were, and never the same. */
  pause(attempt: number): Promise<void>
}
