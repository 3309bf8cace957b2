import type { CurrentRecord } from '#domain/records/current.ts'
import type { ListStore, Page, PagePosition } from '#domain/records/port.ts'
import type { Kind } from '#domain/records/version.ts'
import type { MemoryRecordStore } from './record-store.ts'

const SHARDS = 2
const toShard = (id: string): number => Number.parseInt(id.slice(-1), 16) % SHARDS

/** The list of the records of a store in memory, partition by partition. */
export class MemoryListStore implements ListStore {
  readonly #records: MemoryRecordStore

  constructor(records: MemoryRecordStore) {
    this.#records = records
  }

  async list(of: Kind, { shard, after }: PagePosition, limit: number): Promise<Page<CurrentRecord>> {
    const { records } = await this.#records.records(null, 100_000)
    const left = records.filter(({ kind, id }) => kind === of && toShard(id) === shard && id > (after ?? ''))
    const ids = left.slice(0, limit).map(({ id }) => id)
    const rows = await this.#records.currents(of, ids, true)
    const entries = rows.map(entry => ({ entry, place: { shard, after: entry.id } }))
    if (left.length > limit) return { entries, next: { shard, after: ids.at(-1) ?? null } }
    return { entries, next: shard + 1 < SHARDS ? { shard: shard + 1, after: null } : null }
  }

  async changedSince(): Promise<Page<string>> {
    return { entries: [], next: null }
  }
}
