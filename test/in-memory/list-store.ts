import { SHARDS, toShard } from '#adapters/dynamodb/items.ts'
import { documentKey, nameKey } from '#domain/matching/exact-keys.ts'
import type { CurrentRecord, IndexedRecord } from '#domain/records/current.ts'
import type { ListStore, Page, PagePosition } from '#domain/records/port.ts'
import type { Kind } from '#domain/records/version.ts'
import { isHeld, toHold } from '#domain/retention/hold.ts'
import type { MemoryRecordStore } from './record-store.ts'

const EXACT_LIMIT = 25

interface ListedEntry<T> {
  shard: number
  /** The sort key within the shard. */
  key: string
  entry: T
}

const toText = (value: unknown): string | null => (typeof value === 'string' ? value : null)

function toPage<T>(listed: readonly ListedEntry<T>[], shards: number, from: PagePosition, limit: number): Page<T> {
  const ordered = listed.toSorted((a, b) => a.shard - b.shard || (a.key < b.key ? -1 : 1))
  const rest = ordered.filter(
    ({ shard, key }) => shard > from.shard || (shard === from.shard && key > (from.after ?? '')),
  )
  const entries = rest.slice(0, limit).map(({ entry, shard, key }) => ({ entry, place: { shard, after: key } }))
  const next = entries.at(-1)?.place ?? null
  const isEnd = rest.length <= limit || from.shard >= shards
  return { entries, next: isEnd ? null : next }
}

/** The list and the exact indexes over the current rows of a record store in memory. */
export class MemoryListStore implements ListStore {
  readonly #records: MemoryRecordStore

  constructor(records: MemoryRecordStore) {
    this.#records = records
  }

  async list(kind: Kind, from: PagePosition, limit: number, consistent = false): Promise<Page<CurrentRecord>> {
    const isSharded = kind === 'customer'
    const rows = this.#records.rowsOf(kind, consistent)
    const listed = rows.map(entry => ({ shard: isSharded ? toShard(entry.id) : 0, key: entry.id, entry }))
    return toPage(listed, isSharded ? SHARDS : 1, from, limit)
  }

  async listIndexed(
    shard: number,
    after: string | null,
    limit: number,
  ): Promise<{ records: IndexedRecord[]; next: string | null }> {
    const { entries, next } = await this.list('customer', { shard, after }, limit)
    const records = entries.filter(({ place }) => place.shard === shard).map(({ entry }) => entry)
    return { records, next: next?.shard === shard ? next.after : null }
  }

  async changedSince(type: string, since: string, from: PagePosition, limit: number): Promise<Page<string>> {
    const listed = this.#records
      .rowsOf('customer', false)
      .filter(({ snapshot, updated_at }) => snapshot.type === type && updated_at >= since)
      .map(({ id, updated_at }) => ({ shard: toShard(id), key: `${updated_at}#${id}`, entry: id }))
    return toPage(listed, SHARDS, from, limit)
  }

  async held(now: string, after: string | null, limit: number): ReturnType<ListStore['held']> {
    const places = this.#records.rowsOf('customer', false).flatMap(({ id, snapshot }) => {
      const hold = toHold(snapshot)
      return hold && isHeld(hold, now) ? [{ id, place: `${hold.until ?? '~'}#${id}` }] : []
    })
    return places
      .filter(({ place }) => place > (after ?? ''))
      .sort((a, b) => (a.place < b.place ? -1 : 1))
      .slice(0, limit)
  }

  async byName(key: string, dob: string | null): Promise<string[]> {
    return this.#find(({ snapshot }) => {
      const name = nameKey({ surname: toText(snapshot.surname), given_name: toText(snapshot.given_name) })
      return name === key && (dob === null || (toText(snapshot.dob) ?? '') === dob)
    })
  }

  async byDocument(key: string): Promise<string[]> {
    return this.#find(({ snapshot }) => documentKey(toText(snapshot.document_number)) === key)
  }

  #find(matches: (row: CurrentRecord) => boolean): string[] {
    return this.#records
      .rowsOf('customer', false)
      .filter(row => ['active', 'merged'].includes(String(row.snapshot.state)) && matches(row))
      .slice(0, EXACT_LIMIT)
      .map(({ id }) => id)
  }
}
