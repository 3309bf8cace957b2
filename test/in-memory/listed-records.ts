import type { CurrentRecord } from '#domain/records/current.ts'
import { type FieldValues, prepareWrite } from '#domain/records/prepare-write.ts'
import type { VersionReader } from '#domain/records/read.ts'
import { NO_TOMBSTONE, type RecordPartition } from '#domain/records/tombstone.ts'
import type { Kind } from '#domain/records/version.ts'
import { callAt } from './call.ts'
import { MemoryListStore } from './list-store.ts'
import { MemoryRecordStore } from './record-store.ts'

/** The records of one location with the list of its customers. What is read otherwise than consistently is as old as it may be. */
export class ListedRecords extends MemoryRecordStore {
  readonly lists = new MemoryListStore(this)

  /** The rows that each customer has had, oldest first. */
  readonly #rows = new Map<string, CurrentRecord[]>()
  #writes = 0
  /** By how many writes of a customer a reading is behind. */
  behind = 0

  /** Says something of a customer, who is created if there is none; gives the row that this leaves. */
  async write(id: string, fields: FieldValues): Promise<CurrentRecord> {
    const row = await super.current('customer', id, true)
    const call = callAt(++this.#writes)
    const said = row === null ? { type: 'PERSON', state: 'active', ...fields } : fields
    const change = { action: row ? 'update' : 'create', replaceAll: row === null, fields: said, set: 'stated' } as const
    const write = await prepareWrite(row, { kind: 'customer', id }, change, call, this.versions('customer', id, true))
    if (write === null || !(await this.commit([write])).done) throw new Error('nobody else writes here')
    this.#rows.set(id, [...(this.#rows.get(id) ?? []), write.row])
    return write.row
  }

  /** Takes a customer away with every version, as a purge does. */
  purge(id: string): void {
    this.#rows.delete(id)
  }

  /** Takes the current row away, as when a location's views are made anew: the versions stay. */
  lose(id: string): void {
    this.#rows.set(id, [])
  }

  /** The rows as they are. */
  get all(): CurrentRecord[] {
    return [...this.#rows.values()].flatMap(rows => rows.at(-1) ?? [])
  }

  override async current(kind: Kind, id: string, consistent: boolean): Promise<CurrentRecord | null> {
    return (await this.currents(kind, [id], consistent))[0] ?? null
  }

  override async currents(_kind: Kind, ids: readonly string[], consistent: boolean): Promise<CurrentRecord[]> {
    return ids.flatMap(id => this.#rows.get(id)?.at(consistent ? -1 : -1 - this.behind) ?? [])
  }

  override versions(kind: Kind, id: string, consistent: boolean): VersionReader {
    return this.#rows.has(id) ? super.versions(kind, id, consistent) : async () => []
  }

  override async loadPartition(kind: Kind, id: string): Promise<RecordPartition> {
    return this.#rows.has(id) ? super.loadPartition(kind, id) : { versions: [], tombstone: NO_TOMBSTONE }
  }

  override rowsOf(kind: Kind, consistent: boolean): CurrentRecord[] {
    if (kind !== 'customer') return []
    const rows = [...this.#rows.values()].flatMap(versions => versions.at(consistent ? -1 : -1 - this.behind) ?? [])
    return rows.sort((a, b) => (a.id < b.id ? -1 : 1))
  }
}
