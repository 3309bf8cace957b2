import type { BatchStore, StoredBatch } from '#domain/ports.ts'

/** What became of batches, in memory. */
export class MemoryBatchStore implements BatchStore {
  readonly #batches = new Map<string, StoredBatch>()

  async batch(id: string): Promise<StoredBatch | null> {
    return this.#batches.get(id) ?? null
  }

  async putBatch(batch: StoredBatch): Promise<void> {
    if (!this.#batches.has(batch.batch.id)) this.#batches.set(batch.batch.id, batch)
  }
}
