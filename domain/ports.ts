/** What the domain asks of the outside: the record store, the list's indexes, the search index. Adapters make these real. */
import type { Batch } from '#contract/schemas/batch.ts'
import type { Example, Person } from '#contract/schemas/search.ts'
import type { Current } from './records/current.ts'
import type { Write } from './records/draft.ts'
import type { VersionReader } from './records/read.ts'
import type { Kind, Version } from './records/version.ts'

/** `stale`: nothing was written; `rows` are those current rows that were other than expected, where they were told. */
export type CommitOutcome = { done: true } | { done: false; rows: Current[] }

/** The records: their versions, which never change, and this location's current rows. */
export interface RecordStore {
  current(kind: Kind, id: string, consistent: boolean): Promise<Current | null>
  currents(kind: Kind, ids: readonly string[], consistent: boolean): Promise<Current[]>
  versions(kind: Kind, id: string, consistent: boolean): VersionReader
  version(kind: Kind, id: string, key: string): Promise<Version | null>
  /** Puts each version and its current row, all of them or none: if each version is absent and each row's clock the expected one. */
  commit(writes: readonly Write[]): Promise<CommitOutcome>
  /** Puts a current row that remembers more than the one there, if that has the same clock. */
  keep(row: Current): Promise<CommitOutcome>
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
  /** Current rows by partition and id, those after `from`. */
  list(kind: Kind, from: Place, limit: number): Promise<Part<Current>>
  /** Ids of a type's records by partition and the time of their last change, from `since` on. */
  changedSince(type: string, since: string, from: Place, limit: number): Promise<Part<string>>
}

/** Exact look-ups in the table itself. Keys as `domain/matching/keys` makes them, the dob a whole day; up to 25 ids. */
export interface ExactStore {
  byName(key: string, dob: string): Promise<string[]>
  byDocument(key: string): Promise<string[]>
}

/** That a version was made: found under the day on which it holds from, and under the day of its recording. Never changed. */
export interface Line {
  kind: Kind
  id: string
  valid_from: string
  recorded_at: string
  location: string
}

/** A place among the lines of a span of days. */
export interface LinePlace {
  day: string
  shard: number
  part: 'recorded' | 'valid'
  after: string | null
}

export interface LineStore {
  putLines(lines: readonly Line[]): Promise<void>
  /** Whether a line is there, under the day that it holds from. */
  has(line: Line): Promise<boolean>
  /** Lines of versions whose valid day is between the two, day by day, from a place on. */
  validBetween(
    from: string,
    to: string,
    place: LinePlace | null,
    limit: number,
  ): Promise<{ lines: { line: Line; place: LinePlace }[]; more: boolean }>
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

/** What an index holds of one customer. */
export interface IndexEntry {
  id: string
  /** Grows with each version folded into the record; an entry with a lesser one than the index holds changes nothing. */
  version: number
  /** The fields that are searched; null when the customer is off the list (kept as a mark, so that an older entry cannot raise it). */
  person: Person | null
}

export interface Candidate {
  id: string
  person: Person
}

/** Counts of name tokens over the list, so that a rare token can say more than a common one. */
export interface TokenCounts {
  /** How many listed customers carry the (normalised) token. */
  count(token: string): number
  /** How many customers are listed. */
  total(): number
}

/** An index of the list that finds who might be meant. It never decides: the score is the matcher's. */
export interface CandidateIndex {
  readonly engine: 'memory' | 'opensearch'
  /** Takes entries in any order, any number of times. */
  put(entries: readonly IndexEntry[]): Promise<void>
  /** Up to `size` customers who resemble the example, likeliest first. */
  candidates(example: Example, size: number, type?: string): Promise<Candidate[]>
  /** Customers in whom every word (normalised) occurs, by id, those after `after`. */
  exact(words: readonly string[], limit: number, after?: string, type?: string): Promise<Candidate[]>
  tokens(): Promise<TokenCounts>
}

export interface Ports {
  records: RecordStore
  lists: ListStore
  exact: ExactStore
  lines: LineStore
  batches: BatchStore
  budgets: BudgetStore
  index: CandidateIndex
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
