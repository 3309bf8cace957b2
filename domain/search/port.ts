/** What search requires of an index. It proposes candidates only, and can be rebuilt. */
import type { Person, SearchCriteria } from '#contract/schemas/search.ts'
import type { TokenCounts } from '../matching/port.ts'
import type { Value } from '../records/version.ts'

/** An index's entry for one customer. */
export interface IndexEntry {
  id: string
  /** Grows with each version folded into the record. The index ignores an entry with a lower version than its own. */
  version: number
  /** The searchable fields; null for a deletion marker, which keeps an older entry from coming back. */
  person: Person | null
  /** Past identities of the customer, for searches as of a moment. */
  past: readonly Person[]
  /** The customer's place in sorted lists; absent for a deletion marker. */
  listing?: Listing
}

/** What sorted lists sort and filter by, for customers in any state. */
export interface Listing {
  state: string
  type: string
  /** Sorts like the names. @see toListing */
  surname: string
  created_at: string
  updated_at: string
}

/** The position of a customer in a sorted list. */
export interface SortPosition {
  /** The value of the listing that the list is sorted by. */
  key: string
  id: string
}

export interface SortedQuery {
  by: 'surname' | 'created_at' | 'updated_at'
  descending: boolean
  /** A state, or `all`. */
  state: string
  type?: string | undefined
  /** Only active customers with every word of one of these sets, as in `exact`. */
  words?: readonly (readonly string[])[] | undefined
  after: SortPosition | null
  limit: number
}

/** Whom a count has: the customers in a state (or `all`), of one type or of any. */
export type CountFilter = Pick<SortedQuery, 'state' | 'type'>

/** Dates from one day to another, both included (ISO 8601). */
export interface DateRange {
  from: string
  to: string
}

/** A possible match; `person` is null if the customer is off the list and only a past identity matched. */
export type Candidate = Pick<IndexEntry, 'id' | 'person' | 'past'>

/** Restricts candidates. */
export interface CandidateFilter {
  type?: string | undefined
  /**
   * `typed`: also by beginnings and parts of the names, because somebody is still typing. `high`: also by misspellings, sounds and other forms of the names. `low`: only by a whole word of the names, a part of the date of
   * birth, or nearly the document number; used to find duplicates of a new customer. Default: `high`.
   */
  recall?: 'typed' | 'high' | 'low'
  /** Includes past identities and customers off the list. */
  past?: boolean
  /** Only customers in this state. */
  state?: string | undefined
  /** Only customers who may be born then. */
  dob?: DateRange | undefined
  /** Only customers with these values of searchable fields. */
  details?: Readonly<Record<string, Value>> | undefined
}

export interface PutOptions {
  /** The index to write to, instead of the one in use. @see CandidateIndex.create */
  into?: string
  /** Makes the entries visible to searches at once. It is expensive: do not use it to fill an index. */
  visible?: boolean
}

/**
 * An index of the list. It proposes candidates; the matcher scores them. It can be rebuilt beside the one in use, and compared with the
 * list.
 */
export interface CandidateIndex {
  readonly engine: 'memory' | 'opensearch' | 'none'
  /** Puts entries; idempotent, in any order. @throws Unavailable */
  put(entries: readonly IndexEntry[], options?: PutOptions): Promise<void>
  /** For each set of criteria, up to `size` similar customers, likeliest first. One round trip. @throws Unavailable */
  candidates(examples: readonly SearchCriteria[], size: number, filter?: CandidateFilter): Promise<Candidate[][]>
  /**
   * Customers that contain every (normalised) word, as `containsAll` says, by id, after `after`. May return others, too.
   *
   * @throws Unavailable
   */
  exact(words: readonly string[], limit: number, after?: string, type?: string): Promise<Candidate[]>
  /** The customers after a position, in the requested order; ties by id, in the same direction. @throws Unavailable */
  sorted(query: SortedQuery): Promise<SortPosition[]>
  /** How many customers there are, without reading them. @throws Unavailable */
  count(filter: CountFilter): Promise<number>
  /** @throws Unavailable */
  tokens(): Promise<TokenCounts>

  /** Creates an empty index beside the one in use, replacing an unfinished one. Returns its name. */
  create(): Promise<string>
  /** Replaces the index in use by the named one and deletes the old one. Idempotent. */
  promote(name: string): Promise<void>
  /** The entries of up to 1,000 ids in the current (or named) index, including those not yet visible to searches. */
  getMany(ids: readonly string[], name?: string): Promise<IndexEntry[]>
  /** Ids of listed customers in the index, in order, after `after`. */
  listIds(after: string | null, limit: number): Promise<string[]>
}

/** An index that is empty when its process starts. */
export interface FillableIndex extends CandidateIndex {
  readonly engine: 'memory'
  /** Refuses searches until `endFilling`: an incomplete result would say that somebody is not listed. */
  beginFilling(): Promise<void>
  endFilling(): Promise<void>
}

export const isFillable = (index: CandidateIndex): index is FillableIndex => index.engine === 'memory'
