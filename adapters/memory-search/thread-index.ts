/** The index in memory, in a thread of its own: requests wait neither for searches nor for the collection of its memory. */
import { Worker } from 'node:worker_threads'
import type { SearchCriteria } from '#contract/schemas/search.ts'
import { Unavailable } from '#domain/errors.ts'
import type { TokenCounts } from '#domain/matching/port.ts'
import type {
  CandidateFilter,
  CountFilter,
  FillableIndex,
  IndexEntry,
  PutOptions,
  SortedQuery,
} from '#domain/search/port.ts'
import { type Call, isSearch, type Method, mapEach, type Reply } from './index-calls.ts'
import { KeptCandidates } from './kept-candidates.ts'
import type { MemoryIndex } from './memory-index.ts'

type Returned<M extends Method> = Awaited<ReturnType<MemoryIndex[M]>>

export class ThreadIndex implements FillableIndex {
  readonly engine = 'memory'
  // If the thread fails, nothing catches its error: the process ends, and the next one fills an index anew.
  readonly #thread = new Worker(new URL('run-index.ts', import.meta.url))
  readonly #waiting = new Map<number, { method: Method } & PromiseWithResolvers<unknown>>()
  #calls = 0
  /** How many customers have each word of a name, as of the last reply. */
  readonly #counts = new Map<string, number>()
  #total = 0
  readonly #kept = new KeptCandidates()
  readonly #tokens: TokenCounts = { count: word => this.#counts.get(word) ?? 0, total: () => this.#total }

  constructor() {
    this.#thread.on('message', (reply: string) => this.#receive(JSON.parse(reply)))
    // It keeps its process only while a call waits.
    this.#thread.unref()
  }

  beginFilling(): Promise<void> {
    return this.#call('beginFilling')
  }

  endFilling(): Promise<void> {
    return this.#call('endFilling')
  }

  put(entries: readonly IndexEntry[], options?: PutOptions): Promise<void> {
    return this.#call('put', entries, options)
  }

  candidates(examples: readonly SearchCriteria[], size: number, filter?: CandidateFilter) {
    return this.#call('candidates', examples, size, filter)
  }

  exact(words: readonly string[], limit: number, after?: string, type?: string) {
    return this.#call('exact', words, limit, after, type)
  }

  sorted(query: SortedQuery) {
    return this.#call('sorted', query)
  }

  count(filter: CountFilter): Promise<number> {
    return this.#call('count', filter)
  }

  async tokens(): Promise<TokenCounts> {
    return this.#tokens
  }

  create(): Promise<string> {
    return this.#call('create')
  }

  promote(name: string): Promise<void> {
    return this.#call('promote', name)
  }

  getMany(ids: readonly string[], name?: string): Promise<IndexEntry[]> {
    return this.#call('getMany', ids, name)
  }

  listIds(after: string | null, limit: number): Promise<string[]> {
    return this.#call('listIds', after, limit)
  }

  /** Ends the thread. Calls that it has not answered fail. */
  async close(): Promise<void> {
    await this.#thread.terminate()
    for (const { reject } of this.#waiting.values()) reject(new Unavailable('The search index was closed'))
    this.#waiting.clear()
  }

  async #call<M extends Method>(method: M, ...args: Parameters<MemoryIndex[M]>): Promise<Returned<M>> {
    const call: Call = { id: this.#calls++, method, args }
    const reply = Promise.withResolvers<unknown>()
    this.#waiting.set(call.id, { method, ...reply })
    this.#thread.ref()
    this.#thread.postMessage(call)
    return (await reply.promise) as Returned<M>
  }

  #receive(reply: Reply): void {
    this.#total = reply.counts.total
    for (const [word, count] of reply.counts.words) {
      if (count === 0) this.#counts.delete(word)
      else this.#counts.set(word, count)
    }
    for (const id of reply.deleted) this.#kept.delete(id)
    for (const candidate of reply.added) this.#kept.add(candidate)
    const waiting = this.#waiting.get(reply.id)
    this.#waiting.delete(reply.id)
    if (this.#waiting.size === 0) this.#thread.unref()
    if ('error' in reply) waiting?.reject(toError(reply))
    else waiting?.resolve(isSearch(waiting.method) ? this.#toCandidates(reply.value) : reply.value)
    this.#kept.trim()
  }

  #toCandidates(found: unknown) {
    return mapEach(found as string[] | string[][], id => {
      const candidate = this.#kept.get(id)
      if (candidate === undefined) throw new Error('the thread of the index found a customer that it has not sent')
      return candidate
    })
  }
}

const toError = ({ error, retryAfter }: { error: string; retryAfter: number | null }): Error =>
  retryAfter === null ? new Error(error) : new Unavailable(error, retryAfter)
