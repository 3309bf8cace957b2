/** One version of the in-memory index: the entries and the inverted indexes over them. */
import type { Person, SearchCriteria } from '#contract/schemas/search.ts'
import { toExactKeys } from '#domain/matching/blocking/index-keys.ts'
import { truncateWord } from '#domain/matching/blocking/words.ts'
import { formsIn } from '#domain/matching/name-token.ts'
import type { TokenCounts } from '#domain/matching/port.ts'
import type { Candidate, CandidateFilter, IndexEntry } from '#domain/search/port.ts'
import { Postings } from './postings.ts'
import { type PostingsSet, toQueryTerms } from './query-terms.ts'
import { Tally } from './score-accumulator.ts'
import { Vocabulary } from './vocabulary.ts'

/** The maximum number of postings that one query may read. */
const MAX_STEPS = { wide: 60_000, near: 4_000 }

const shelves = (): PostingsSet => ({
  vocabulary: new Vocabulary(),
  names: new Postings(),
  others: new Postings(),
  dobs: new Postings(),
  documents: new Postings(),
})

export class Listing {
  readonly #slots = new Map<string, number>()
  readonly #entries: IndexEntry[] = []
  readonly #now = shelves()
  /** Past identities. */
  readonly #before = shelves()
  readonly #tally = new Tally()
  #listed = 0
  /** Ids of listed customers in order; null if they must be sorted again. */
  #inOrder: string[] | null = null
  readonly tokens: TokenCounts = { count: token => this.#now.names.count(token), total: () => this.#listed }

  candidates(
    example: SearchCriteria,
    size: number,
    { type, recall: reach = 'wide', past = false }: CandidateFilter,
  ): Candidate[] {
    const isOf = (person: Person | null | undefined) => type === undefined || person?.type === type
    const admits = (slot: number) => {
      const entry = this.#entries[slot]
      return past ? isOf(entry?.person ?? entry?.past[0]) : isOf(entry?.person)
    }
    const clues = toQueryTerms(example, this.#now, this.tokens, reach)
    if (past) clues.push(...toQueryTerms(example, this.#before, this.tokens, reach))
    return this.#tally.best(clues, this.#entries.length, size, MAX_STEPS[reach], admits).flatMap(slot => {
      const { id, person = null, past = [] } = this.#entries[slot] ?? {}
      return id === undefined ? [] : [{ id, person, past }]
    })
  }

  exact(wanted: readonly string[], limit: number, after?: string, type?: string): Candidate[] {
    const { names, others } = this.#now
    const lists = wanted.map(truncateWord).map(word => [...names.get(word), ...others.get(word)])
    const [shortest = [], ...longer] = lists.sort((a, b) => a.length - b.length)
    const sets = longer.map(list => new Set(list))
    const found = [...new Set(shortest)]
      .filter(slot => sets.every(set => set.has(slot)))
      .flatMap(slot => this.#entries[slot] ?? [])
      .map(({ id, person, past }) => ({ id, person, past }))
    return found
      .filter(({ id, person }) => (after === undefined || id > after) && (type === undefined || person?.type === type))
      .sort((a, b) => (a.id < b.id ? -1 : 1))
      .slice(0, limit)
  }

  entry(id: string): IndexEntry | undefined {
    return this.#entries[this.#slots.get(id) ?? -1]
  }

  listed(after: string | null, limit: number): string[] {
    this.#inOrder ??= this.#entries.flatMap(({ id, person }) => (person === null ? [] : [id])).sort()
    const from = after === null ? 0 : this.#inOrder.findIndex(id => id > after)
    return from < 0 ? [] : this.#inOrder.slice(from, from + limit)
  }

  put(entry: IndexEntry): void {
    const slot = this.#slots.get(entry.id) ?? this.#entries.length
    const held = this.#entries[slot]
    if (held !== undefined && entry.version < held.version) return
    if ((held?.person ?? null) === null || entry.person === null) this.#inOrder = null
    if (held !== undefined) this.#take(held, slot)
    this.#slots.set(entry.id, slot)
    this.#entries[slot] = entry
    if (entry.person !== null) {
      add(entry.person, this.#now, slot)
      this.#listed++
    }
    for (const person of entry.past) add(person, this.#before, slot)
  }

  #take(held: IndexEntry, slot: number): void {
    if (held.person !== null) {
      forEachKey(held.person, this.#now, (postings, key) => postings.remove(key, slot))
      this.#listed--
    }
    for (const person of held.past) forEachKey(person, this.#before, (postings, key) => postings.remove(key, slot))
  }
}

function add(person: Person, on: PostingsSet, slot: number): void {
  for (const form of [...formsIn(person.given_name), ...formsIn(person.surname)]) on.vocabulary.add(form)
  forEachKey(person, on, (postings, key) => postings.add(key, slot))
}

/** Visits every key under which a person is indexed, once each. */
function forEachKey(person: Person, on: PostingsSet, visit: (postings: Postings, key: string) => void): void {
  const { word, other, dob, document } = toExactKeys([person])
  for (const key of word) visit(on.names, key)
  for (const key of other) visit(on.others, key)
  for (const key of dob) visit(on.dobs, key)
  for (const key of document) visit(on.documents, key)
}
