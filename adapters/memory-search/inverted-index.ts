/** One making of the index in memory: the entries and the inverted indexes over them. */
import type { Person, SearchCriteria } from '#contract/schemas/search.ts'
import { dobKeys, documentKeys } from '#domain/matching/blocking.ts'
import { readDate } from '#domain/matching/compare-dob.ts'
import { documentKey } from '#domain/matching/exact-keys.ts'
import { formsIn, MAX_WORD_LENGTH } from '#domain/matching/name-token.ts'
import type { TokenCounts } from '#domain/matching/port.ts'
import { nameWords, otherWords } from '#domain/search/contains.ts'
import type { Candidate, CandidateFilter, IndexEntry } from '#domain/search/port.ts'
import { Postings } from './postings.ts'
import { type PostingsSet, toQueryTerms } from './query-terms.ts'
import { Tally } from './score-accumulator.ts'
import { Vocabulary } from './vocabulary.ts'

/** Entries of posting lists that one query may walk. */
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
  /** What customers were before. */
  readonly #before = shelves()
  readonly #tally = new Tally()
  #listed = 0
  /** Ids of those listed, in order; null: to be made again. */
  #inOrder: string[] | null = null
  readonly tokens: TokenCounts = { count: token => this.#now.names.count(token), total: () => this.#listed }

  candidates(
    example: SearchCriteria,
    size: number,
    { type, reach = 'wide', past = false }: CandidateFilter,
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
    const lists = wanted
      .map(word => word.slice(0, MAX_WORD_LENGTH))
      .map(word => [...names.get(word), ...others.get(word)])
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

/** Every key under which a customer stands, once each. */
function forEachKey(person: Person, on: PostingsSet, visit: (postings: Postings, key: string) => void): void {
  for (const word of nameWords(person)) visit(on.names, word)
  for (const word of otherWords(person)) visit(on.others, word)
  const dob = readDate(person.dob)
  if (dob !== null) for (const key of new Set(dobKeys(dob).map(({ key }) => key))) visit(on.dobs, key)
  const number = documentKey(person.document_number)
  if (number !== null) for (const key of new Set(documentKeys(number).map(({ key }) => key))) visit(on.documents, key)
}
