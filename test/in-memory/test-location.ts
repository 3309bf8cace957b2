import { authorisedFields } from '#domain/fields/fields.ts'
import { reconcile } from '#domain/records/reconcile.ts'
import type { Kind } from '#domain/records/version.ts'
import { contextAt } from './context.ts'
import { MemoryListStore } from './list-store.ts'
import { MemoryRecordStore } from './record-store.ts'

/** A location that decides on fields and types. A test decides when its versions reach another location. */
export class TestLocation {
  readonly records = new MemoryRecordStore()
  readonly lists = new MemoryListStore(this.records)
  readonly location: string
  #second: number

  constructor(location = 'loc1', second = 0) {
    this.location = location
    this.#second = second
  }

  context(actor = 'agent') {
    return contextAt(++this.#second, { location: this.location, actor })
  }

  /** Returns the fields and types defined here. */
  definitions() {
    return authorisedFields(this.lists)
  }

  /** Receives every version that another location has of a record, and folds them. */
  async receiveFrom(sender: TestLocation, kind: Kind, id: string): Promise<void> {
    const versions = sender.records.versionsOf(kind, id)
    for (const version of versions) this.records.receive(version)
    const foreign = versions.filter(({ location }) => location !== this.location)
    const row = await this.records.current(kind, id, true)
    if (foreign.length > 0) await reconcile(this.records, this.context(), { kind, id, row }, foreign)
  }
}
