/** The index of candidates in this process's memory. */
import type { Example, Person } from '#contract/schemas/search.ts'
import { dobKeys, documentKeys } from '#domain/matching/blocking.ts'
import { readDate } from '#domain/matching/dob.ts'
import { formsIn, LONGEST_WORD } from '#domain/matching/form.ts'
import { documentKey } from '#domain/matching/keys.ts'
import { words } from '#domain/matching/normalise.ts'
import type { Candidate, CandidateIndex, IndexEntry, TokenCounts } from '#domain/ports.ts'
import { cluesOf, type Shelves } from './clues.ts'
import { Postings } from './postings.ts'
import { Tally } from './tally.ts'
import { Vocabulary } from './vocabulary.ts'

export class MemoryIndex implements CandidateIndex {
  readonly engine = 'memory'
  readonly #slots = new Map<string, number>()
  readonly #entries: IndexEntry[] = []
  readonly #shelves: Shelves = {
    vocabulary: new Vocabulary(),
    names: new Postings(),
    others: new Postings(),
    dobs: new Postings(),
    documents: new Postings(),
  }
  readonly #tally = new Tally()
  #listed = 0
  readonly #tokens: TokenCounts = { count: token => this.#shelves.names.count(token), total: () => this.#listed }

  async put(entries: readonly IndexEntry[]): Promise<void> {
    for (const entry of entries) this.#putOne(entry)
  }

  async candidates(example: Example, size: number, type?: string): Promise<Candidate[]> {
    const admits = type === undefined ? () => true : (slot: number) => this.#entries[slot]?.person?.type === type
    const clues = cluesOf(example, this.#shelves, this.#tokens)
    return this.#tally.best(clues, this.#entries.length, size, admits).flatMap(slot => this.#candidate(slot))
  }

  async exact(wanted: readonly string[], limit: number, after?: string, type?: string): Promise<Candidate[]> {
    const { names, others } = this.#shelves
    const lists = wanted.map(cut).map(word => [...names.get(word), ...others.get(word)])
    const [shortest = [], ...longer] = lists.sort((a, b) => a.length - b.length)
    const sets = longer.map(list => new Set(list))
    const found = [...new Set(shortest)]
      .filter(slot => sets.every(set => set.has(slot)))
      .flatMap(slot => this.#candidate(slot))
    return found
      .filter(({ id, person }) => (after === undefined || id > after) && (type === undefined || person.type === type))
      .sort((a, b) => (a.id < b.id ? -1 : 1))
      .slice(0, limit)
  }

  async tokens(): Promise<TokenCounts> {
    return this.#tokens
  }

  #candidate(slot: number): Candidate[] {
    const entry = this.#entries[slot]
    return entry === undefined || entry.person === null ? [] : [{ id: entry.id, person: entry.person }]
  }

  #putOne(entry: IndexEntry): void {
    const slot = this.#slots.get(entry.id) ?? this.#entries.length
    const held = this.#entries[slot]
    if (held !== undefined && entry.version < held.version) return
    if (held !== undefined && held.person !== null) {
      this.#forEachKey(held.person, (postings, key) => postings.remove(key, slot))
      this.#listed--
    }
    this.#slots.set(entry.id, slot)
    this.#entries[slot] = entry
    if (entry.person === null) return
    for (const form of [...formsIn(entry.person.given_name), ...formsIn(entry.person.surname)])
      this.#shelves.vocabulary.add(form)
    this.#forEachKey(entry.person, (postings, key) => postings.add(key, slot))
    this.#listed++
  }

  /** Every key under which a customer stands, once each. */
  #forEachKey(person: Person, visit: (postings: Postings, key: string) => void): void {
    const { names, others, dobs, documents } = this.#shelves
    for (const word of nameWords(person)) visit(names, word)
    for (const word of otherWords(person)) visit(others, word)
    const dob = readDate(person.dob)
    if (dob !== null) for (const key of new Set(dobKeys(dob).map(({ key }) => key))) visit(dobs, key)
    const number = documentKey(person.document_number)
    if (number !== null) for (const key of new Set(documentKeys(number).map(({ key }) => key))) visit(documents, key)
  }
}

const cut = (word: string) => word.slice(0, LONGEST_WORD)

const nameWords = (person: Person) => new Set(words(`${person.given_name ?? ''} ${person.surname ?? ''}`).map(cut))

/** The words of a document number, as they stand and as one, and of the details. */
function otherWords(person: Person): Set<string> {
  const number = documentKey(person.document_number)
  const texts = [person.document_number ?? '', ...Object.values(person.details).map(String)]
  return new Set([...texts.flatMap(words), ...(number === null ? [] : [number])].map(cut))
}
