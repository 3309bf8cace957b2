import { MemoryIndex } from '#adapters/memory-search/memory-index.ts'
import type { Field } from '#contract/schemas/field.ts'
import { type DriftPlace, drift } from '#domain/search/drift.ts'
import { toEntry } from '#domain/search/entry.ts'
import type { IndexEntry } from '#domain/search/port.ts'
import { ListedRecords } from '#test/in-memory/listed-records.ts'
import { MemoryLocationStore } from '#test/in-memory/location-store.ts'

export const NO_FIELDS: ReadonlyMap<string, Field> = new Map()
export const NO_DIFFERENCES = { missing: 0, behind: 0, ahead: 0, different: 0, orphan: 0 }

export const toId = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`

/** A list and an index of it, which a test makes differ and compares. */
export class IndexedList {
  readonly records = new ListedRecords()
  index = new MemoryIndex()
  readonly #locations = new MemoryLocationStore()
  /** Runs while the comparison pauses. */
  meanwhile = async (): Promise<void> => {}

  get ports() {
    const { records, index } = this
    return { lists: records.lists, records, index, locations: this.#locations }
  }

  putEntries(...entries: IndexEntry[]): Promise<unknown> {
    return this.index.put(entries)
  }

  /** Returns the entry that the index should have. */
  async getEntry(id: string): Promise<IndexEntry> {
    const row = await this.records.current('customer', id, true)
    if (row === null) throw new Error(`${id} is not on the list`)
    return toEntry(row, NO_FIELDS)
  }

  /** Writes a customer and indexes it. */
  async writeAndIndex(n: number, surname = `Name${n}`): Promise<IndexEntry> {
    const indexEntry = toEntry(await this.records.write(toId(n), { surname }), NO_FIELDS)
    await this.putEntries(indexEntry)
    return indexEntry
  }

  /** Runs the whole comparison, request by request, and returns the sum of its counts, ids and flags. */
  async compare({ repair = false, hasTime = (): boolean => true, fields = NO_FIELDS } = {}) {
    const sum = { customers: 0, entries: 0, repaired: 0, needs_rebuild: false, requests: 0 }
    const counts: Record<string, number> = { ...NO_DIFFERENCES }
    const ids: Record<string, string[]> = {}
    for (let position: DriftPlace | null | undefined; position !== null; ) {
      const context = { pause: () => this.meanwhile() }
      const result: Awaited<ReturnType<typeof drift>> = await drift(
        this.ports,
        context,
        fields,
        position ?? null,
        repair,
        hasTime,
      )
      for (const [kind, difference] of Object.entries(result.differences)) {
        counts[kind] = (counts[kind] ?? 0) + difference.count
        ids[kind] = [...(ids[kind] ?? []), ...difference.ids]
      }
      sum.customers += result.customers
      sum.entries += result.entries
      sum.repaired += result.repaired
      sum.needs_rebuild ||= result.needs_rebuild
      sum.requests++
      position = result.next
    }
    return { counts, ids, ...sum }
  }
}
