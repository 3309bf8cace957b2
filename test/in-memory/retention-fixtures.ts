import { authorisedFields } from '#domain/fields/fields.ts'
import { reconcile } from '#domain/records/reconcile.ts'
import type { Kind } from '#domain/records/version.ts'
import { callAt } from './call.ts'
import { MemoryListStore } from './list-store.ts'
import { MemoryRecordStore } from './record-store.ts'

/** A location with its list, where fields and types are decided on; what is written there is sent when a test says so. */
export class Office {
  readonly records = new MemoryRecordStore()
  readonly lists = new MemoryListStore(this.records)
  readonly location: string
  #second: number

  constructor(location = 'loc1', second = 0) {
    this.location = location
    this.#second = second
  }

  call(actor = 'agent') {
    return callAt(++this.#second, { location: this.location, actor })
  }

  /** The fields and types as they are here. */
  definitions() {
    return authorisedFields(this.lists)
  }

  /** Everything that the other has of a record arrives and is folded in. */
  async hear(other: Office, kind: Kind, id: string): Promise<void> {
    const versions = other.records.here(kind, id)
    for (const version of versions) this.records.arrive(version)
    const foreign = versions.filter(({ location }) => location !== this.location)
    const row = await this.records.current(kind, id, true)
    if (foreign.length > 0) await reconcile(this.records, this.call(), { kind, id, row }, foreign)
  }
}
