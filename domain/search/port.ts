/** What search asks of an index: candidates, never a decision; and that it can be rebuilt. */
import type { Person, SearchCriteria } from '#contract/schemas/search.ts'
import type { TokenCounts } from '../matching/port.ts'

/** What an index holds of one customer. */
export interface IndexEntry {
  id: string
  /** Grows with each version folded into the record; an entry with a lesser one than the index holds changes nothing. */
  version: number
  /** The fields that are searched; null when the customer is off the list (kept as a mark, so that an older entry cannot raise it). */
  person: Person | null
  /** Whom the customer was listed as before, where that was another: for reading the list as it was. */
  past: readonly Person[]
}

/** Who might be meant; `person` is null for one off the list, whom only their past made a candidate. */
export type Candidate = Pick<IndexEntry, 'id' | 'person' | 'past'>

/** Whom to look for among whom. */
export interface CandidateFilter {
  type?: string | undefined
  /**
   * `wide`: also by slips, sounds and other forms of the names. `near`: only who shares a whole word of the names, a part of the date of
   * birth or nearly the document number; for finding duplicates in passing. Absent: `wide`.
   */
  reach?: 'wide' | 'near'
  /** Also by what customers were before, and those off the list. */
  past?: boolean
}

export interface PutOptions {
  /** Into the index of this name, not the one in use. @see CandidateIndex.create */
  into?: string
  /** Whether a search right after has to find what was put: costs, so not for filling an index. */
  visible?: boolean
}

/**
 * An index of the list. It proposes candidates; the matcher scores them. It can be rebuilt beside the one in use, and compared with the list.
 */
export interface CandidateIndex {
  readonly engine: 'memory' | 'opensearch' | 'none'
  /** Takes entries in any order, any number of times. @throws Unavailable */
  put(entries: readonly IndexEntry[], options?: PutOptions): Promise<void>
  /** For each example up to `size` customers who resemble it, likeliest first. All in one round trip. @throws Unavailable */
  candidates(examples: readonly SearchCriteria[], size: number, wanted?: CandidateFilter): Promise<Candidate[][]>
  /** Customers in whom every word (normalised) occurs, by id, those after `after`. @throws Unavailable */
  exact(words: readonly string[], limit: number, after?: string, type?: string): Promise<Candidate[]>
  /** @throws Unavailable */
  tokens(): Promise<TokenCounts>

  /** Begins an empty index beside the one in use, in place of any other that was begun and not finished; tells its name. */
  create(): Promise<string>
  /** Puts the index of that name in place of the one in use, which goes; what was put is found from then on. Again: nothing. */
  promote(name: string): Promise<void>
  /** What the index in use (or the named one) holds of these ids; up to 1,000. Sees what was put, findable or not. */
  getMany(ids: readonly string[], name?: string): Promise<IndexEntry[]>
  /** Ids of those it holds as listed, in order, those after `after`. */
  listIds(after: string | null, limit: number): Promise<string[]>
}
