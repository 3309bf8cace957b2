/** The index of candidates in this process's memory. */
import { randomUUID } from 'node:crypto'
import type { Example } from '#contract/schemas/search.ts'
import { Unavailable } from '#domain/errors.ts'
import type {
  Candidate,
  CandidateIndex,
  IndexEntry,
  MadeAnew,
  PutOptions,
  TokenCounts,
  Wanted,
} from '#domain/search/port.ts'
import { Listing } from './listing.ts'

export class MemoryIndex implements CandidateIndex, MadeAnew {
  readonly engine = 'memory'
  #inUse: { name: string; listing: Listing } = { name: randomUUID(), listing: new Listing() }
  #begun: { name: string; listing: Listing } | null = null

  async put(entries: readonly IndexEntry[], { into }: PutOptions = {}): Promise<void> {
    const listing = this.#named(into)
    for (const entry of entries) listing.put(entry)
  }

  async candidates(examples: readonly Example[], size: number, wanted: Wanted = {}): Promise<Candidate[][]> {
    return examples.map(example => this.#inUse.listing.candidates(example, size, wanted))
  }

  async exact(wanted: readonly string[], limit: number, after?: string, type?: string): Promise<Candidate[]> {
    return this.#inUse.listing.exact(wanted, limit, after, type)
  }

  async tokens(): Promise<TokenCounts> {
    return this.#inUse.listing.tokens
  }

  async begin(): Promise<string> {
    this.#begun = { name: randomUUID(), listing: new Listing() }
    return this.#begun.name
  }

  async adopt(name: string): Promise<void> {
    if (this.#inUse.name === name) return
    this.#inUse = { name, listing: this.#named(name) }
    this.#begun = null
  }

  async held(ids: readonly string[], name?: string): Promise<IndexEntry[]> {
    const listing = this.#named(name)
    return ids.flatMap(id => listing.entry(id) ?? [])
  }

  async listed(after: string | null, limit: number): Promise<string[]> {
    return this.#inUse.listing.listed(after, limit)
  }

  #named(name: string | undefined): Listing {
    if (name === undefined || name === this.#inUse.name) return this.#inUse.listing
    if (this.#begun?.name === name) return this.#begun.listing
    throw new Unavailable('The index that was being made is gone: another one was begun')
  }
}
