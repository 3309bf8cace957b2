import type { AuditFilter } from '#contract/schemas/audit.ts'
import { filterFields } from '#domain/audit/entries.ts'
import type { AuditIndex, Entry, EntryName, Keys } from '#domain/audit/port.ts'
import { Unavailable } from '#domain/errors.ts'

/** An index of the audit's entries that can be cut off and lost. */
export class MemoryAuditIndex implements AuditIndex {
  down = false
  /** Done before entries are taken. */
  meanwhile: (() => Promise<void>) | null = null
  #name = ''
  #made = 0
  #entries = new Map<string, Entry>()

  async begin(): Promise<string> {
    this.#answer()
    this.#entries = new Map()
    this.#name = `index-${++this.#made}`
    return this.#name
  }

  async put(name: string, entries: readonly Entry[]): Promise<boolean> {
    this.#answer()
    if (name !== this.#name) return false
    await this.meanwhile?.()
    for (const entry of entries) this.#entries.set(entry.key, entry)
    return true
  }

  async find(
    name: string,
    filter: AuditFilter,
    { above, below }: Keys,
    newestFirst: boolean,
    limit: number,
  ): Promise<EntryName[]> {
    this.#answer()
    if (name !== this.#name) throw new Unavailable('There is no such index')
    const passes = (entry: Entry) => {
      const traits = new Map(Object.entries(filterFields(entry)))
      return Object.entries(filter).every(([member, value]) => value === undefined || traits.get(member) === value)
    }
    const found = [...this.#entries.values()].filter(entry => entry.key > above && entry.key < below && passes(entry))
    const oldestFirst = found.toSorted((a, b) => (a.key < b.key ? -1 : 1))
    return (newestFirst ? oldestFirst.toReversed() : oldestFirst)
      .slice(0, limit)
      .map(entry => ({ key: entry.key, id: 'line' in entry ? entry.line.id : null }))
  }

  async lose(): Promise<void> {
    this.#name = ''
    this.#entries = new Map()
  }

  #answer(): void {
    if (this.down) throw new Unavailable('The index does not answer')
  }
}
