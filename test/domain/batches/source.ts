import { MemoryIndex } from '#adapters/memory-search/memory-index.ts'
import type { Batch, BatchRow } from '#contract/schemas/batch.ts'
import { ingest } from '#domain/batches/ingest.ts'
import type { ReadRow } from '#domain/batches/rows.ts'
import { deleteCustomer, patchCustomer, restoreCustomer } from '#domain/customers/edit.ts'
import { getCustomer } from '#domain/customers/read.ts'
import { merge } from '#domain/duplicates/merge.ts'
import { MemoryBatchStore } from '#test/in-memory/batch-store.ts'
import { contextAt } from '#test/in-memory/context.ts'
import { MemoryRecordStore } from '#test/in-memory/record-store.ts'

const ALWAYS = { ifMatch: undefined, idempotencyKey: undefined }

/** Sends batches as a source, one a second, and changes the same customers as an agent in between. */
export class BatchSource {
  readonly records = new MemoryRecordStore()
  readonly batches = new MemoryBatchStore()
  readonly index = new MemoryIndex()
  #second = 0

  async send(rows: readonly (BatchRow | ReadRow)[], source = 'people', key?: string): Promise<Batch> {
    const read = rows.map(row => ('faults' in row || 'row' in row ? row : { row }))
    return ingest(this, contextAt(++this.#second), new Map(), { source, ids: 'source', rows: read }, key)
  }

  /** Sends the rows and returns the outcome of each. */
  async outcomes(...rows: BatchRow[]): Promise<string[]> {
    return (await this.send(rows)).results.map(({ outcome }) => outcome)
  }

  async sendAndGetId(row: BatchRow, source = 'people'): Promise<string> {
    const { results } = await this.send([row], source)
    return results[0]?.id ?? 'none'
  }

  patch(id: string, fields: Parameters<typeof patchCustomer>[4]) {
    return patchCustomer(this.records, contextAt(++this.#second), new Map(), id, fields, ALWAYS)
  }

  delete(id: string) {
    return deleteCustomer(this.records, contextAt(++this.#second), id, ALWAYS)
  }

  restore(id: string) {
    return restoreCustomer(this.records, contextAt(++this.#second), id, ALWAYS)
  }

  merge(ids: readonly [string, string]) {
    return merge(this.records, contextAt(++this.#second), ids, null)
  }

  async customer(id: string) {
    return (await getCustomer(this.records, id, {}, true, contextAt(this.#second).now)).customer
  }
}
