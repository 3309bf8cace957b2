import type { AuditFilter } from '#contract/schemas/audit.ts'
import type { ChangeLogEntry, RedactedVersion } from '../records/change-log-entry.ts'
import type { Version } from '../records/version.ts'

/** The customers that a response showed, up to `MAX_SHOWN`, and how many there were. Absent if it could not show any. */
export interface Disclosure {
  shown?: readonly string[] | undefined
  shown_count?: number | undefined
}

/** An access to the list that changed nothing. It has no personal data. */
export interface Access extends Disclosure {
  /** ISO 8601, UTC, milliseconds. */
  at: string
  request_id: string
  location: string
  actor: string
  /** The route's name. */
  action: string
  outcome: string
  /** Keyed hashes of the criteria, by field. */
  asked: Readonly<Record<string, string>>
  /** The customer id in the path. */
  customer?: string | undefined
  /** How many requests the row stands for; 1 if absent. */
  count?: number | undefined
  /** Keyed hashes of what was asked (`questionHashes`). */
  questions?: readonly string[] | undefined
}

/** How many ids of shown customers a row has at most. */
export const MAX_SHOWN = 100

/** A version that was written, or an access. Its key is its position among all entries and starts with its timestamp. */
export type Entry = { key: string } & ({ line: ChangeLogEntry } | { access: Access })

/** A stored audit row: an entry, or the outcome of the access with that key. */
export type StoredEntry = Entry | ({ key: string; of: string; outcome: string } & Disclosure)

/** The keys between two bounds, both exclusive. */
export interface Keys {
  above: string
  below: string
}

/** Locates an entry in the tables: its key, and the id of a version's record (null for an access). */
export interface EntryName {
  key: string
  id: string | null
}

/** How far entries were copied to an index: those below `from` are there; some process may have read up to `to`. */
export interface IndexCheckpoint {
  /** The name of the index. */
  index: string
  from: string
  to: string
  /** Counts the changes of the checkpoint. */
  n: number
}

/** Finds entries by their attributes; their content is read from the tables. It can be rebuilt. */
export interface AuditIndex {
  /** Whether it helps to find entries by this filter. */
  supports(filter: AuditFilter): boolean
  /** Replaces any index by an empty one and returns its name. @throws Unavailable */
  begin(): Promise<string>
  /** Puts entries, idempotently, and makes them searchable at once. Returns false if there is no such index. @throws Unavailable */
  put(name: string, entries: readonly Entry[]): Promise<boolean>
  /** The entries that match a filter, and possibly others, in order. @throws Unavailable, also if there is no such index. */
  find(name: string, filter: AuditFilter, keys: Keys, newestFirst: boolean, limit: number): Promise<EntryName[]>
}

/** Where a location began to seal again because its clock had been set back: with seal `n`, from the key `from` on. */
export interface Restart {
  n: number
  from: string
  /** When it noticed, by its clock after the change. */
  at: string
}

/** The digests of a location's entries within a range of keys, and a hash over them and the previous seal. Immutable. */
export interface Seal {
  location: string
  /** 1, 2, 3… */
  n: number
  /** Keys above `from` and below `to`. */
  from: string
  to: string
  /** When it was created. */
  at: string
  /** The key and digest of each entry, in order. */
  entries: readonly (readonly [key: string, digest: string])[]
  /** The hash of the previous seal. */
  prev: string | null
  /** All restarts up to this seal. */
  restarts: readonly Restart[]
  hash: string
}

/** How many entries a location wrote on a past day, by actor and action. Immutable. */
export interface DayCount {
  location: string
  day: string
  /** How many restarts the location's seals had. */
  restarts: number
  counts: readonly (readonly [actor: string, action: string, count: number])[]
}

export interface AuditStore {
  /** The number of partitions per day. */
  readonly partitions: number
  /** Days with entries, in order. */
  days(from: string, to: string, newestFirst: boolean): AsyncIterable<string>
  /** Rows of one partition of a day, in order. `more` says whether there are further ones. */
  entries(
    day: string,
    partition: number,
    keys: Keys,
    newestFirst: boolean,
    limit: number,
  ): Promise<{ rows: StoredEntry[]; more: boolean }>
  /** Lets other work of the process run, if it has waited for a while. */
  yieldToOthers(): Promise<void>
  /** Rows by name, each followed by its outcome if it has one, in no order; missing ones are left out. */
  named(names: readonly EntryName[]): Promise<StoredEntry[]>
  /** How far entries were copied to this location's index. Read consistently. */
  carried(): Promise<IndexCheckpoint | null>
  /** Returns false and changes nothing if the checkpoint is not the expected one (null for none). */
  putCarried(carried: IndexCheckpoint, expected: IndexCheckpoint | null): Promise<boolean>
  /** The versions of change-log entries, in their order; null for missing ones. */
  versions(lines: readonly ChangeLogEntry[]): Promise<(Version | null)[]>
  /** What is kept of deleted versions whose record has a tombstone, in order; null for the others. */
  residues(lines: readonly ChangeLogEntry[]): Promise<(RedactedVersion | null)[]>
  /** Which of the customers were erased or purged. */
  tombstoned(customers: readonly string[]): Promise<string[]>
  /** A location's seals after a number, in order. */
  seals(location: string, after: number, limit: number): Promise<Seal[]>
  lastSeal(location: string): Promise<Seal | null>
  /** Returns false if a seal with this number exists. */
  putSeal(seal: Seal): Promise<boolean>
  /** The days of a location between two days that were counted after so many restarts. */
  dayCounts(location: string, restarts: number, from: string, to: string): Promise<DayCount[]>
  /** The last day of a location that was counted after so many restarts. */
  lastCounted(location: string, restarts: number): Promise<string | null>
  /** Puts a count, unless the day has one. */
  putDayCount(count: DayCount): Promise<void>
}

export interface AccessStore {
  /** Records an access; idempotent for a request. */
  record(access: Access): Promise<void>
  /**
   * Adds another outcome to a recorded access, or whom it showed instead. It is a row of its own, because recorded rows never change.
   */
  recordOutcome(access: Access, outcome: string, disclosure?: Disclosure): Promise<void>
  /** Adds days to the directory of days with accesses. */
  noteDays(days: readonly string[]): Promise<void>
}
