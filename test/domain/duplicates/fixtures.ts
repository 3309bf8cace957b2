/** One location at which agents review duplicates, its index fed as `project` feeds it; several of them exchange what they wrote. */
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
import { callAt } from '#test/in-memory/call.ts'
import { MemoryListStore } from '#test/in-memory/list-store.ts'
import { MemoryPairStore } from '#test/in-memory/pair-store.ts'
import { MemoryRecordStore } from '#test/in-memory/record-store.ts'

const ALWAYS = { ifMatch: undefined, idempotencyKey: undefined }
const NO_FIELDS = new Map()

type Said = Parameters<typeof patchCustomer>[4]

export class Desk {
  readonly records = new MemoryRecordStore()
  readonly pairs = new MemoryPairStore()
  readonly index = new MemoryIndex()
  readonly name: string
  /** Seconds since the beginning: each call is one later. */
  second: number
  readonly lists = new MemoryListStore(this.records)
  readonly fields = NO_FIELDS

  constructor(name = 'loc1', second = 0) {
    this.name = name
    this.second = second
  }

  get call(): RequestContext {
    return callAt(++this.second, { location: this.name })
  }

  /** What `project` does with a row that was written. */
  async project(...ids: string[]): Promise<void> {
    const rows = await this.records.currents('customer', ids, true)
    await this.index.put(rows.map(row => toEntry(row, NO_FIELDS)))
    await queueDuplicates(
      this,
      NO_FIELDS,
      rows.filter(({ snapshot }) => snapshot.state !== 'deleted'),
    )
  }

  async create(said: Said): Promise<string> {
    const { customer } = await createCustomer(this.records, this.call, NO_FIELDS, said, undefined)
    await this.project(customer.id)
    return customer.id
  }

  async patch(id: string, said: Said): Promise<void> {
    await patchCustomer(this.records, this.call, NO_FIELDS, id, said, ALWAYS)
    await this.project(id)
  }

  async delete(id: string): Promise<void> {
    await deleteCustomer(this.records, this.call, id, ALWAYS)
    await this.project(id)
  }

  async get(id: string, as_of?: string): Promise<Customer> {
    return (await getCustomer(this.records, id, { as_of }, true, this.call.now)).customer
  }

  async decide(decision: 'same' | 'different', one: string, other: string) {
    const decided = await decide(this, this.call, { ids: [one, other], decision })
    await this.project(one, other)
    return decided
  }

  async split(id: string): Promise<void> {
    const { merged_into } = await this.get(id)
    await split(this.records, this.call, id)
    await this.project(id, merged_into ?? id)
  }

  /** The open pairs, by ids. */
  async queue(): Promise<string[][]> {
    const { items } = await reviewQueue(this, NO_FIELDS, 100, null)
    return items.map(({ customers }) => customers.map(({ id }) => id))
  }

  /** Ids of those who match, best first. */
  async match(query: MatchQuery, as_of?: string): Promise<string[]> {
    const body = { queries: [query], explain: false, exclude: [], as_of }
    const { results } = await matchAll(this, body, 25, async () => {})
    return results.flatMap(({ items }) => items.map(({ customer }) => customer.id))
  }

  /** All versions of two customers and of the decision about them. */
  versions(one: string, other: string): Version[] {
    const records: [Kind, string][] = [
      ['customer', one],
      ['customer', other],
      ['decision', decisionId(toPair(one, other))],
    ]
    return records.flatMap(([kind, id]) => this.records.here(kind, id))
  }

  /** Versions from elsewhere arrive and are folded in. */
  async receive(versions: readonly Version[]): Promise<void> {
    for (const version of versions) this.records.arrive(version)
    for (const { kind, id } of versions) this.records.reconcile(kind, id)
    await this.project(...versions.filter(({ kind }) => kind === 'customer').map(({ id }) => id))
  }
}
