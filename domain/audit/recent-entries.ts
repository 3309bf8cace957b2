import type { AuditFilter } from '#contract/schemas/audit.ts'
import { Unavailable } from '../errors.ts'
import { type ChangeLogEntry, lineKey } from '../records/change-log-entry.ts'
import { accessKey, firstInOrder, LAST } from './entries.ts'
import type { Access, Disclosure, EntryName, Keys } from './port.ts'
import { accessTerms, disclosureTerms, filterTerms, lineTerms, type Term } from './terms.ts'

/** How many postings are kept at least; at most twice as many. */
const MAX_POSTINGS = 50_000

/** Names of entries by term, in the order in which they were noted. */
class Generation {
  readonly names = new Map<Term, Map<string, EntryName>>()
  postings = 0
  last = ''

  add(name: EntryName, terms: readonly Term[]): void {
    for (const term of terms) {
      const names = this.names.get(term)
      if (names) names.set(name.key, name)
      else this.names.set(term, new Map([[name.key, name]]))
    }
    this.postings += terms.length
    if (terms.length > 0 && name.key > this.last) this.last = name.key
  }
}

/**
 * The names of the latest entries by their terms, for a process that runs all functions of its location, so that entries which the index
 * does not have yet need not be looked for in the tables. An entry is noted before it is stored, or when the stream brings it from another
 * location. `from` says which entries may be missing: those of an earlier process, and those that were forgotten because there were too
 * many since. A name whose entry was not stored in the end does no harm, because entries are read from the tables.
 */
export class RecentEntries {
  readonly #maxPostings: number
  #older = new Generation()
  #newer = new Generation()
  #from = LAST

  constructor(maxPostings = MAX_POSTINGS) {
    this.#maxPostings = maxPostings
  }

  /** Every entry with a greater key is found. */
  get from(): string {
    return this.#from
  }

  /** Begins to find entries. @param last the key of the last entry that was stored before entries were noted, or a later one */
  begin(last: string): void {
    this.#from = last
  }

  noteAccess(access: Access): void {
    this.#note({ key: accessKey(access), id: null }, accessTerms(access))
  }

  /** Notes whom an access showed, by a second row. */
  noteDisclosure(key: string, disclosure: Disclosure): void {
    this.#note({ key, id: null }, disclosureTerms(disclosure))
  }

  noteLine(line: Omit<ChangeLogEntry, 'digest' | 'valid_from'>): void {
    this.#note({ key: lineKey(line), id: line.id }, lineTerms(line))
  }

  #note(name: EntryName, terms: readonly Term[]): void {
    this.#newer.add(name, terms)
    if (this.#newer.postings < this.#maxPostings) return
    if (this.#older.last > this.#from) this.#from = this.#older.last
    this.#older = this.#newer
    this.#newer = new Generation()
  }

  /**
   * The entries of a range that match a filter, and possibly others, in order. The filter must name a term.
   *
   * @throws Unavailable if some of the range were forgotten
   */
  find(filter: AuditFilter, { above, below }: Keys, newestFirst: boolean, limit: number): EntryName[] {
    if (above < this.#from) throw new Unavailable('The latest entries of the audit are not in memory')
    const found: EntryName[] = []
    for (const term of filterTerms(filter) ?? [])
      for (const { names } of [this.#older, this.#newer])
        for (const [key, name] of names.get(term) ?? []) if (key > above && key < below) found.push(name)
    return firstInOrder(found, newestFirst, limit)
  }
}
