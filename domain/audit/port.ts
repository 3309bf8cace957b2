import type { AuditFilter } from '#contract/schemas/audit.ts'
import type { ChangeLogEntry, RedactedVersion } from '../records/change-log-entry.ts'
import type { Version } from '../records/version.ts'
import type { Access } from './access.ts'

/** One thing that happened: a version that was made, or an access. Its key is its place among all of them, and begins with its time. */
export type Entry = { key: string } & ({ line: ChangeLogEntry } | { access: Access })

/** A row of the audit as it is stored: an entry, or the outcome of the access of that key. */
export type Found = Entry | { key: string; of: string; outcome: string }

/** Keys between two texts, neither among them. */
export interface Keys {
  above: string
  below: string
}

/** By what an entry is found in the tables: its key, and of a version the id of its record, of an access null. */
export interface EntryName {
  key: string
  id: string | null
}

/** How far entries were carried to an index: those below `from` are there; somebody may have read up to `to`. */
export interface IndexCheckpoint {
  /** The index's own name. */
  index: string
  from: string
  to: string
  /** How often this was changed. */
  n: number
}

/** Where entries are found by what they are; what they say is read from the tables. It may be thrown away and made again. */
export interface AuditIndex {
  /** Makes an empty index in place of any other; its name. @throws Unavailable */
  begin(): Promise<string>
  /** Each once, however often it comes, to be found as soon as this is done. False where there is no such index. @throws Unavailable */
  put(name: string, entries: readonly Entry[]): Promise<boolean>
  /** Those that pass a filter, in order. @throws Unavailable; also where there is no such index. */
  find(name: string, filter: AuditFilter, keys: Keys, newestFirst: boolean, limit: number): Promise<EntryName[]>
}

/** A location's entries of a span, each with its digest, and a digest over these and the seal before. Immutable. */
export interface Seal {
  location: string
  /** 1, 2, 3… */
  n: number
  /** Keys above `from` and below `to`. */
  from: string
  to: string
  /** When it was made. */
  at: string
  /** For each entry its key and its digest, in order. */
  entries: readonly (readonly [key: string, digest: string])[]
  /** The hash of the seal before. */
  prev: string | null
  hash: string
}

/** How many entries a location had on a day that is over, by actor and action. Immutable. */
export interface DayCount {
  location: string
  day: string
  counts: readonly (readonly [actor: string, action: string, count: number])[]
}

export interface AuditStore {
  /** In how many partitions the entries of a day lie. */
  readonly partitions: number
  /** Days of which there are entries, in order. */
  days(from: string, to: string, newestFirst: boolean): AsyncIterable<string>
  /** Rows of one of a day's partitions, in order; `more`: there are more. */
  entries(
    day: string,
    partition: number,
    keys: Keys,
    newestFirst: boolean,
    limit: number,
  ): Promise<{ found: Found[]; more: boolean }>
  /** Rows of entries by their names, each with its outcome if it has one; those that are not there are left out. In no order. */
  named(names: readonly EntryName[]): Promise<Found[]>
  /** How far entries were carried to this location's index. Consistent. */
  carried(): Promise<IndexCheckpoint | null>
  /** False, with nothing done, where it is no longer what was expected (null: that there is none). */
  putCarried(carried: IndexCheckpoint, expected: IndexCheckpoint | null): Promise<boolean>
  /** The versions of lines, in their order; null for those that are not there. */
  versions(lines: readonly ChangeLogEntry[]): Promise<(Version | null)[]>
  /** What stays of the lines' versions where a grave of their record is there, in their order; null where nothing does. */
  residues(lines: readonly ChangeLogEntry[]): Promise<(RedactedVersion | null)[]>
  /** A location's seals after that number, in order. */
  seals(location: string, after: number, limit: number): Promise<Seal[]>
  lastSeal(location: string): Promise<Seal | null>
  /** False when there is a seal of that number. */
  putSeal(seal: Seal): Promise<boolean>
  /** A location's days that are over, between two. */
  dayCounts(location: string, from: string, to: string): Promise<DayCount[]>
  /** The last day of a location that was counted. */
  lastCounted(location: string): Promise<string | null>
  /** The first one stays. */
  putDayCount(count: DayCount): Promise<void>
}

export interface AccessStore {
  /** Once for each request. */
  record(access: Access): Promise<void>
  /** Says of an access that was recorded that its outcome was another: beside it, since what is recorded never changes. */
  recordOutcome(access: Access, outcome: string): Promise<void>
  /** Notes days of which accesses are here. */
  noteDays(days: readonly string[]): Promise<void>
}
