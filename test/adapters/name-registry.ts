/** A small registry over an index, asked through the product's own use cases. */
import type { LookupQuery } from '#contract/schemas/query.ts'
import { createCustomer } from '#domain/customers/create.ts'
import { likelyDuplicates } from '#domain/duplicates/candidates.ts'
import { lookup } from '#domain/lookup/lookup.ts'
import { toEntry } from '#domain/search/entry.ts'
import { listCustomers } from '#domain/search/list-customers.ts'
import { matchAll } from '#domain/search/match.ts'
import type { CandidateIndex } from '#domain/search/port.ts'
import { search } from '#domain/search/search.ts'
import { contextAt, timeAt } from '#test/in-memory/context.ts'
import { MemoryListStore } from '#test/in-memory/list-store.ts'
import { MemoryRecordStore } from '#test/in-memory/record-store.ts'

/** Given name, surname and, if they have them, date of birth, document number and type. */
export type Listed = readonly [
  given_name: string | null,
  surname: string | null,
  dob?: string | null,
  document_number?: string | null,
  type?: string,
]

const toStatement = ([given_name, surname, dob = null, document_number = null, type = 'PERSON']: Listed) => ({
  type,
  given_name,
  surname,
  dob,
  document_number,
})

/** Everybody may guess as often as they like. */
const budgets = { consume: async () => true, consumeDistinct: async () => true }
const accesses = { record: async () => {} }

export class NameRegistry {
  readonly #records = new MemoryRecordStore()
  readonly #lists = new MemoryListStore(this.#records)
  readonly #index: CandidateIndex
  readonly #names = new Map<string, string>()

  constructor(index: CandidateIndex) {
    this.#index = index
  }

  get #ports() {
    return { records: this.#records, lists: this.#lists, index: this.#index, fields: new Map() }
  }

  /** Creates a customer, and returns those who are probably the same. */
  async create(customer: Listed): Promise<{ id: string; duplicates: { name: string; score: number }[] }> {
    const { row } = await createCustomer(this.#records, contextAt(0), new Map(), toStatement(customer), undefined)
    await this.#index.put([toEntry(row, new Map())], { visible: true })
    this.#names.set(row.id, `${customer[0] ?? ''}|${customer[1] ?? ''}`)
    const [likely = []] = await likelyDuplicates(this.#ports, new Map(), [row], 'high')
    return {
      id: row.id,
      duplicates: likely.map(({ row, match }) => ({ name: this.#name(row.id), score: match.score })),
    }
  }

  /** Returns the hits of a typed text at or above the threshold, as given name|surname. */
  async search(q: string, surname?: string) {
    const request = { q, surname, mode: 'fuzzy', state: 'active' } as const
    const { items, below_threshold } = await search(this.#ports, request, 25, null)
    return below_threshold
      ? []
      : items.map(({ customer, ...hit }) => ({ name: this.#name(customer.id), dob: customer.dob, ...hit }))
  }

  async match(query: LookupQuery) {
    const body = { queries: [query], explain: true, exclude: [] }
    const { results } = await matchAll(this.#ports, body, 25, async () => {})
    return (results[0]?.items ?? []).map(({ customer, ...hit }) => ({ name: this.#name(customer.id), ...hit }))
  }

  async lookup(query: LookupQuery) {
    const ports = { ...this.#ports, budgets, accesses }
    const settings = { key: 'k'.repeat(32), budget: 1000 }
    return (await lookup(ports, contextAt(1, { actor: 'public' }), query, '198.51.100.7', settings)).answer
  }

  /** Returns the names on the list that contain the words. */
  async list(q: string) {
    const query = { q, limit: 25, state: 'active', detail: {} } as Parameters<typeof listCustomers>[2]
    const { items } = await listCustomers(this.#ports, new Map(), query, undefined, timeAt(1), customer => customer)
    return items.map(({ id }) => this.#name(id))
  }

  #name(id: string): string {
    return this.#names.get(id) ?? id
  }
}
