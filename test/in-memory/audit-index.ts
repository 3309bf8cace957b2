import type { AuditFilter } from '#contract/schemas/audit.ts'
import { passes, toOutcome } from '#domain/audit/entries.ts'
import type { AuditIndex, Entry, EntryName, Keys } from '#domain/audit/port.ts'
import { Unavailable } from '#domain/errors.ts'

/** An audit index in memory whose connection and content a test controls. */
export class MemoryAuditIndex implements AuditIndex {
  unreachable = false
  /** Runs before entries are stored. */
  beforePut: (() => Promise<void>) | null = null
  #name = ''
  #created = 0
  #entries = new Map<string, Entry>()

  supports(): boolean {
    return true
  }

  async begin(): Promise<string> {
    this.#assertReachable()
    this.#entries = new Map()
    this.#name = `index-${++this.#created}`
    return this.#name
  }

  async put(name: string, entries: readonly Entry[]): Promise<boolean> {
    this.#assertReachable()
    if (name !== this.#name) return false
    await this.beforePut?.()
    for (const entry of entries) {
      // An entry with a final outcome replaces the one without, in any order of arrival.
      const stored = this.#entries.get(entry.key)
      if (stored === undefined || toOutcome(stored) === 'done' || toOutcome(entry) !== 'done')
        this.#entries.set(entry.key, entry)
    }
    return true
  }

  async find(
    name: string,
    filter: AuditFilter,
    { above, below }: Keys,
    newestFirst: boolean,
    limit: number,
  ): Promise<EntryName[]> {
    this.#assertReachable()
    if (name !== this.#name) throw new Unavailable('There is no such index')
    const entries = [...this.#entries.values()].filter(
      entry => entry.key > above && entry.key < below && passes(filter, entry),
    )
    const oldestFirst = entries.toSorted((a, b) => (a.key < b.key ? -1 : 1))
    return (newestFirst ? oldestFirst.toReversed() : oldestFirst)
      .slice(0, limit)
      .map(entry => ({ key: entry.key, id: 'line' in entry ? entry.line.id : null }))
  }

  async deleteAll(): Promise<void> {
    this.#name = ''
    this.#entries = new Map()
  }

  #assertReachable(): void {
    if (this.unreachable) throw new Unavailable('The index does not answer')
  }
}
