/** One location that reviews duplicates, with an index fed as `project` feeds it. Several of them can exchange their versions. */
import { MemoryIndex } from '#adapters/memory-search/memory-index.ts'
import type { Customer } from '#contract/schemas/customer.ts'
import type { MatchQuery } from '#contract/schemas/query.ts'
import { createCustomer } from '#domain/customers/create.ts'
import { deleteCustomer, patchCustomer } from '#domain/customers/edit.ts'
import { getCustomer } from '#domain/customers/read.ts'
import { decide } from '#domain/duplicates/decide.ts'
import { decisionId, toPair } from '#domain/duplicates/decision.ts'
import { queueDuplicates, reviewQueue } from '#domain/duplicates/queue.ts'
import { split } from '#domain/duplicates/split.ts'
import type { RequestContext } from '#domain/ports.ts'
import type { Kind, Version } from '#domain/records/version.ts'
import { toEntry } from '#domain/search/entry.ts'
import { matchAll } from '#domain/search/match.ts'
import { contextAt } from '#test/in-memory/context.ts'
import { MemoryListStore } from '#test/in-memory/list-store.ts'
import { MemoryPairStore } from '#test/in-memory/pair-store.ts'
import { MemoryRecordStore } from '#test/in-memory/record-store.ts'

const ALWAYS = { ifMatch: undefined, idempotencyKey: undefined }
const NO_FIELDS = new Map()

type Fields = Parameters<typeof patchCustomer>[4]

export class DuplicatesFixture {
  readonly records = new MemoryRecordStore()
  readonly pairs = new MemoryPairStore()
  readonly index = new MemoryIndex()
  readonly name: string
  /** Seconds since the start; every request context is one second later. */
  second: number
  readonly lists = new MemoryListStore(this.records)
  readonly fields = NO_FIELDS

  constructor(name = 'loc1', second = 0) {
    this.name = name
    this.second = second
  }

  get context(): RequestContext {
    return contextAt(++this.second, { location: this.name })
  }

  /** Indexes rows and queues their duplicates, as the `project` function does. */
  async project(...ids: string[]): Promise<void> {
    const rows = await this.records.currents('customer', ids, true)
    await this.index.put(rows.map(row => toEntry(row, NO_FIELDS)))
    await queueDuplicates(
      this,
      NO_FIELDS,
      rows.filter(({ snapshot }) => snapshot.state !== 'deleted'),
    )
  }

  async create(fields: Fields): Promise<string> {
    const { customer } = await createCustomer(this.records, this.context, NO_FIELDS, fields, undefined)
    await this.project(customer.id)
    return customer.id
  }

  async patch(id: string, fields: Fields): Promise<void> {
    await patchCustomer(this.records, this.context, NO_FIELDS, id, fields, ALWAYS)
    await this.project(id)
  }

  async delete(id: string): Promise<void> {
    await deleteCustomer(this.records, this.context, id, ALWAYS)
    await this.project(id)
  }

  async get(id: string, as_of?: string): Promise<Customer> {
    return (await getCustomer(this.records, id, { as_of }, true, this.context.now)).customer
  }

  async decide(decision: 'same' | 'different', id: string, otherId: string, options: { dry_run?: boolean } = {}) {
    const result = await decide(this, this.context, { ids: [id, otherId], decision, ...options })
    await this.project(id, otherId)
    return result
  }

  async split(id: string): Promise<void> {
    const { merged_into } = await this.get(id)
    await split(this.records, this.context, id)
    await this.project(id, merged_into ?? id)
  }

  /** Returns the open pairs as lists of ids. */
  async queue(): Promise<string[][]> {
    const { items } = await reviewQueue(this, NO_FIELDS, 100, null)
    return items.map(({ customers }) => customers.map(({ id }) => id))
  }

  /** Returns the ids of the matches, best first. */
  async match(query: MatchQuery, as_of?: string): Promise<string[]> {
    const body = { queries: [query], explain: false, exclude: [], as_of }
    const { results } = await matchAll(this, body, 25, async () => {})
    return results.flatMap(({ items }) => items.map(({ customer }) => customer.id))
  }

  /** Returns all versions of two customers and of the decision about them. */
  versions(id: string, otherId: string): Version[] {
    const records: [Kind, string][] = [
      ['customer', id],
      ['customer', otherId],
      ['decision', decisionId(toPair(id, otherId))],
    ]
    return records.flatMap(([kind, id]) => this.records.versionsOf(kind, id))
  }

  /** Receives versions of another location and folds them. */
  async receive(versions: readonly Version[]): Promise<void> {
    for (const version of versions) this.records.receive(version)
    for (const { kind, id } of versions) this.records.reconcile(kind, id)
    await this.project(...versions.filter(({ kind }) => kind === 'customer').map(({ id }) => id))
  }
}
