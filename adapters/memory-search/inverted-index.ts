/** One version of the in-memory index: the entries and the inverted indexes over them. */
import type { Person, SearchCriteria } from '#contract/schemas/search.ts'
import { nameTokens, toExactKeys } from '#domain/matching/blocking/index-keys.ts'
import { truncateWord } from '#domain/matching/blocking/words.ts'
import { MIN_TYPED_BEGINNING } from '#domain/matching/compare-token.ts'
import type { TokenCounts } from '#domain/matching/port.ts'
import type {
  Candidate,
  CandidateFilter,
  CountFilter,
  IndexEntry,
  SortedQuery,
  SortPosition,
} from '#domain/search/port.ts'
import { isSelective, toAdmission } from './admission.ts'
import { HashedPostings } from './hashed-postings.ts'
import { Postings } from './postings.ts'
import { type PostingsSet, toQueryTerms } from './query-terms.ts'
import { ScoreAccumulator } from './score-accumulator.ts'
import { SortedIds } from './sorted-ids.ts'
import { Vocabulary } from './vocabulary.ts'

/** The maximum number of postings that one query may read. */
const MAX_STEPS = { typed: 60_000, high: 60_000, low: 4_000 }

const createPostingsSet = (counted?: (word: string) => void): PostingsSet => ({
  vocabulary: new Vocabulary(),
  names: new Postings(counted),
  others: new Postings(),
  dobs: new Postings(),
  documents: new HashedPostings(),
})

export class InvertedIndex {
  readonly #slots = new Map<string, number>()
  readonly #entries: IndexEntry[] = []
  readonly #now: PostingsSet
  /** Past identities. */
  readonly #before = createPostingsSet()
  readonly #tally = new ScoreAccumulator()
  readonly #sorted = new SortedIds(() => this.#entries)
  #listed = 0
  /** Ids of listed customers in order; null if they must be sorted again. */
  #inOrder: string[] | null = null
  readonly tokens: TokenCounts = { count: token => this.#now.names.count(token), total: () => this.#listed }

  /** @param counted called with each word of a name that is added to or removed from a customer on the list. */
  constructor(counted?: (word: string) => void) {
    this.#now = createPostingsSet(counted)
  }

  /** The words of the names of customers on the list. */
  words(): Iterable<string> {
    return this.#now.names.keys()
  }

  candidates(example: SearchCriteria, size: number, filter: CandidateFilter): Candidate[] {
    const { recall = 'high', past = false } = filter
    const isAdmitted = toAdmission(filter)
    const admits = (slot: number) => isAdmitted(this.#entries[slot])
    const terms = toQueryTerms(example, this.#now, this.tokens, recall)
    if (past) terms.push(...toQueryTerms(example, this.#before, this.tokens, recall))
    // A filter alone has no terms.
    const slots =
      terms.length === 0 && isSelective(filter)
        ? [...this.#entries.keys()].filter(admits).slice(0, size)
        : this.#tally.best(terms, this.#entries.length, size, MAX_STEPS[recall], admits)
    return slots.flatMap(slot => {
      const { id, person = null, past = [] } = this.#entries[slot] ?? {}
      return id === undefined ? [] : [{ id, person, past }]
    })
  }

  exact(words: readonly string[], limit: number, after?: string, type?: string): Candidate[] {
    const entries = this.#withWords(words).map(({ id, person, past }) => ({ id, person, past }))
    return entries
      .filter(({ id, person }) => (after === undefined || id > after) && (type === undefined || person?.type === type))
      .sort((a, b) => (a.id < b.id ? -1 : 1))
      .slice(0, limit)
  }

  count(filter: CountFilter): number {
    return this.#sorted.count(filter)
  }

  sorted(query: SortedQuery): SortPosition[] {
    if (query.words === undefined) return this.#sorted.page(query)
    const found = new Set(query.words.flatMap(words => this.#withWords(words)))
    return new SortedIds(() => [...found]).page(query)
  }

  /** The entries with every word. */
  #withWords(words: readonly string[]): IndexEntry[] {
    const lists = words.map(word => this.#withWord(truncateWord(word)))
    const [shortest = [], ...longer] = lists.sort((a, b) => a.length - b.length)
    const sets = longer.map(list => new Set(list))
    return [...new Set(shortest)]
      .filter(slot => sets.every(set => set.has(slot)))
      .flatMap(slot => this.#entries[slot] ?? [])
  }

  /** The slots of the customers with a word, a beginning or a part of one of the names, or the whole word elsewhere. */
  #withWord(word: string): number[] {
    const { vocabulary, names, others } = this.#now
    const begun = word.length < MIN_TYPED_BEGINNING ? [word] : vocabulary.beginningWith(word)
    const found = [word, ...begun, ...vocabulary.containing(word)].flatMap(text => [...names.get(text)])
    return [...found, ...others.get(word)]
  }

  entry(id: string): IndexEntry | undefined {
    return this.#entries[this.#slots.get(id) ?? -1]
  }

  listed(after: string | null, limit: number): string[] {
    this.#inOrder ??= this.#entries.flatMap(({ id, person }) => (person === null ? [] : [id])).sort()
    const from = after === null ? 0 : this.#inOrder.findIndex(id => id > after)
    return from < 0 ? [] : this.#inOrder.slice(from, from + limit)
  }

  /** Prepares sorted lists and counts, which the first of them would wait for otherwise. */
  prepareOrders(): void {
    this.#sorted.prepare()
  }

  put(entry: IndexEntry): void {
    const slot = this.#slots.get(entry.id) ?? this.#entries.length
    const previous = this.#entries[slot]
    if (previous !== undefined && entry.version < previous.version) return
    if ((previous?.person ?? null) === null || entry.person === null) this.#inOrder = null
    if (previous !== undefined) this.#take(previous, slot)
    const stored = withSharedParts(entry)
    this.#sorted.add(stored)
    this.#slots.set(stored.id, slot)
    this.#entries[slot] = stored
    if (entry.person !== null) {
      add(entry.person, this.#now, slot)
      this.#listed++
    }
    for (const person of entry.past) add(person, this.#before, slot)
  }

  #take(previous: IndexEntry, slot: number): void {
    this.#sorted.remove(previous)
    if (previous.person !== null) {
      forEachKey(previous.person, this.#now, (postings, key) => postings.remove(key, slot))
      this.#listed--
    }
    for (const person of previous.past) forEachKey(person, this.#before, (postings, key) => postings.remove(key, slot))
  }
}

const NO_DETAILS = Object.freeze({})
const NO_PAST: IndexEntry['past'] = []

/** The entry with the parts that most entries have in common stored once. */
function withSharedParts(entry: IndexEntry): IndexEntry {
  const { person, listing } = entry
  const shared = { ...entry }
  if (entry.past.length === 0) shared.past = NO_PAST
  if (person !== null && Object.keys(person.details).length === 0) shared.person = { ...person, details: NO_DETAILS }
  if (listing !== undefined && listing.created_at === listing.updated_at)
    shared.listing = { ...listing, updated_at: listing.created_at }
  return shared
}

function add(person: Person, on: PostingsSet, slot: number): void {
  for (const form of nameTokens(person)) on.vocabulary.add(form)
  forEachKey(person, on, (postings, key) => postings.add(key, slot))
}

/** Visits every key under which a person is indexed, once each. */
function forEachKey(
  person: Person,
  on: PostingsSet,
  visit: (postings: Pick<Postings, 'add' | 'remove'>, key: string) => void,
): void {
  const { word, other, dob, document } = toExactKeys([person])
  for (const key of word) visit(on.names, key)
  for (const key of other) visit(on.others, key)
  for (const key of dob) visit(on.dobs, key)
  for (const key of document) visit(on.documents, key)
}
