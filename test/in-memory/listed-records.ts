import type { CurrentRecord } from '#domain/records/current.ts'
import { type FieldValues, prepareWrite } from '#domain/records/prepare-write.ts'
import type { VersionReader } from '#domain/records/read.ts'
import { NO_TOMBSTONE, type RecordPartition } from '#domain/records/tombstone.ts'
import type { Kind } from '#domain/records/version.ts'
import { contextAt } from './context.ts'
import { MemoryListStore } from './list-store.ts'
import { MemoryRecordStore } from './record-store.ts'

/** The records of one location with the list of its customers. Reads that are not consistent return rows from `lag` writes ago. */
export class ListedRecords extends MemoryRecordStore {
  readonly lists = new MemoryListStore(this)

  /** Every row that a customer has had, oldest first. */
  readonly #rows = new Map<string, CurrentRecord[]>()
  #writes = 0
  /** How many writes of a customer an inconsistent read misses. */
  lag = 0

  /** Writes fields of a customer, creating it if necessary, and returns the new row. */
  async write(id: string, fields: FieldValues): Promise<CurrentRecord> {
    const row = await super.current('customer', id, true)
    const context = contextAt(++this.#writes)
    const allFields = row === null ? { type: 'PERSON', state: 'active', ...fields } : fields
    const change = {
      action: row ? 'update' : 'create',
      replaceAll: row === null,
      fields: allFields,
      set: 'stated',
    } as const
    const write = await prepareWrite(
      row,
      { kind: 'customer', id },
      change,
      context,
      this.versions('customer', id, true),
    )
    if (write === null || !(await this.commit([write])).done)
      throw new Error('a write conflicted although nobody else writes')
    this.#rows.set(id, [...(this.#rows.get(id) ?? []), write.row])
    return write.row
  }

  /** Deletes a customer with every version, as a purge does. */
  purge(id: string): void {
    this.#rows.delete(id)
  }

  /** Deletes the current row but not the versions, as happens when the views of a location are rebuilt. */
  deleteRow(id: string): void {
    this.#rows.set(id, [])
  }

  /** Returns the newest row of every customer. */
  get all(): CurrentRecord[] {
    return [...this.#rows.values()].flatMap(rows => rows.at(-1) ?? [])
  }

  override async current(kind: Kind, id: string, consistent: boolean): Promise<CurrentRecord | null> {
    return (await this.currents(kind, [id], consistent))[0] ?? null
  }

  override async currents(_kind: Kind, ids: readonly string[], consistent: boolean): Promise<CurrentRecord[]> {
    return ids.flatMap(id => this.#rows.get(id)?.at(consistent ? -1 : -1 - this.lag) ?? [])
  }

  override versions(kind: Kind, id: string, consistent: boolean): VersionReader {
    return this.#rows.has(id) ? super.versions(kind, id, consistent) : async () => []
  }

  override async loadPartition(kind: Kind, id: string): Promise<RecordPartition> {
    return this.#rows.has(id) ? super.loadPartition(kind, id) : { versions: [], tombstone: NO_TOMBSTONE }
  }

  override rowsOf(kind: Kind, consistent: boolean): CurrentRecord[] {
    if (kind !== 'customer') return []
    const rows = [...this.#rows.values()].flatMap(versions => versions.at(consistent ? -1 : -1 - this.lag) ?? [])
    return rows.sort((a, b) => (a.id < b.id ? -1 : 1))
  }
}
