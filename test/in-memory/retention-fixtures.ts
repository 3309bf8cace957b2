import { authorisedFields } from '#domain/fields/fields.ts'
import type { CurrentRecord } from '#domain/records/current.ts'
import type { ListStore, Page, PagePosition } from '#domain/records/port.ts'
import { reconcile } from '#domain/records/reconcile.ts'
import type { Kind } from '#domain/records/version.ts'
import { callAt } from './call.ts'
import { MemoryRecordStore } from './record-store.ts'

/** A location with its list, where fields and types are decided on; what is written there is sent when a test says so. */
export class Office implements ListStore {
  readonly records = new MemoryRecordStore()
  readonly location: string
  #second: number

  constructor(location = 'loc1', second = 0) {
    this.location = location
    this.#second = second
  }

  get lists(): ListStore {
    return this
  }

  call(actor = 'agent') {
    return callAt(++this.#second, { location: this.location, actor })
  }

  /** The fields and types as they are here. */
  definitions() {
    return authorisedFields(this)
  }

  /** Everything that the other has of a record arrives and is folded in. */
  async hear(other: Office, kind: Kind, id: string): Promise<void> {
    const versions = other.records.here(kind, id)
    for (const version of versions) this.records.arrive(version)
    const foreign = versions.filter(({ location }) => location !== this.location)
    const row = await this.records.current(kind, id, true)
    if (foreign.length > 0) await reconcile(this.records, this.call(), { kind, id, row }, foreign)
  }

  async list(kind: Kind, { after }: PagePosition, limit: number): Promise<Page<CurrentRecord>> {
    const rows = this.records.rowsOf(kind).filter(({ id }) => id > (after ?? ''))
    const entries = rows.slice(0, limit).map(entry => ({ entry, place: { shard: 0, after: entry.id } }))
    return { entries, next: rows.length > limit ? (entries.at(-1)?.place ?? null) : null }
  }

  async changedSince(type: string, since: string, { after }: PagePosition, limit: number): Promise<Page<string>> {
    const rows = this.records
      .rowsOf('customer')
      .filter(({ snapshot, updated_at, id }) => snapshot.type === type && updated_at >= since && id > (after ?? ''))
    const entries = rows.slice(0, limit).map(({ id }) => ({ entry: id, place: { shard: 0, after: id } }))
    return { entries, next: null }
  }
}
