/** The candidate index in the memory of this process. */
import { randomUUID } from 'node:crypto'
import type { SearchCriteria } from '#contract/schemas/search.ts'
import { Unavailable } from '#domain/errors.ts'
import type { TokenCounts } from '#domain/matching/port.ts'
import type {
  Candidate,
  CandidateFilter,
  CountFilter,
  FillableIndex,
  IndexEntry,
  PutOptions,
  SortedQuery,
  SortPosition,
} from '#domain/search/port.ts'
import { TimeSlice } from '../time-slice.ts'
import { InvertedIndex } from './inverted-index.ts'

/** For how long it adds entries before it lets other work of the process run, in milliseconds. */
const SLICE_MS = 5

interface Options {
  /** Lets other work of the process run between entries. */
  slice?: TimeSlice
  /** Called with each word of a name that is added to or removed from an entry: `tokens` may count it otherwise from then on. */
  counted?: (word: string) => void
}

export class MemoryIndex implements FillableIndex {
  readonly engine = 'memory'
  #inUse: { name: string; listing: InvertedIndex }
  #isFilling = false
  #begun: { name: string; listing: InvertedIndex } | null = null
  readonly #slice: TimeSlice
  readonly #counted: (word: string) => void

  constructor({ slice = new TimeSlice(SLICE_MS), counted = () => undefined }: Options = {}) {
    this.#slice = slice
    this.#counted = counted
    this.#inUse = this.#createListing()
  }

  async beginFilling(): Promise<void> {
    this.#isFilling = true
  }

  async endFilling(): Promise<void> {
    this.#inUse.listing.prepareOrders()
    this.#isFilling = false
  }

  async put(entries: readonly IndexEntry[], { into }: PutOptions = {}): Promise<void> {
    const listing = this.#named(into)
    for (const entry of entries) {
      listing.put(entry)
      await this.#slice.pauseAtEnd()
    }
  }

  async candidates(
    examples: readonly SearchCriteria[],
    size: number,
    filter: CandidateFilter = {},
  ): Promise<Candidate[][]> {
    this.#assertFilled()
    return examples.map(example => this.#inUse.listing.candidates(example, size, filter))
  }

  async exact(words: readonly string[], limit: number, after?: string, type?: string): Promise<Candidate[]> {
    this.#assertFilled()
    return this.#inUse.listing.exact(words, limit, after, type)
  }

  async sorted(query: SortedQuery): Promise<SortPosition[]> {
    this.#assertFilled()
    return this.#inUse.listing.sorted(query)
  }

  async count(filter: CountFilter): Promise<number> {
    this.#assertFilled()
    return this.#inUse.listing.count(filter)
  }

  async tokens(): Promise<TokenCounts> {
    return this.#inUse.listing.tokens
  }

  async create(): Promise<string> {
    this.#begun = this.#createListing()
    return this.#begun.name
  }

  async promote(name: string): Promise<void> {
    if (this.#inUse.name === name) return
    const replaced = this.#inUse.listing
    this.#inUse = { name, listing: this.#named(name) }
    this.#begun = null
    for (const listing of [replaced, this.#inUse.listing]) for (const word of listing.words()) this.#counted(word)
  }

  async getMany(ids: readonly string[], name?: string): Promise<IndexEntry[]> {
    const listing = this.#named(name)
    return ids.flatMap(id => listing.entry(id) ?? [])
  }

  async listIds(after: string | null, limit: number): Promise<string[]> {
    return this.#inUse.listing.listed(after, limit)
  }

  #createListing(): { name: string; listing: InvertedIndex } {
    return { name: randomUUID(), listing: new InvertedIndex(this.#counted) }
  }

  #assertFilled(): void {
    if (this.#isFilling)
      throw new Unavailable('The search index is still being filled: try again later, or use exact look-ups', 2)
  }

  #named(name: string | undefined): InvertedIndex {
    if (name === undefined || name === this.#inUse.name) return this.#inUse.listing
    if (this.#begun?.name === name) return this.#begun.listing
    throw new Unavailable('The index being built was replaced by another rebuild: start the rebuild again')
  }
}
