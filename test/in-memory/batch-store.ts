import type { BatchStore, StoredBatch } from '#domain/batches/port.ts'

/** What became of batches, in memory. */
export class MemoryBatchStore implements BatchStore {
  readonly #batches = new Map<string, StoredBatch>()
  readonly #claims = new Map<string, string>()

  async batch(id: string): Promise<StoredBatch | null> {
    return this.#batches.get(id) ?? null
  }

  async claim(id: string, said: string): Promise<boolean> {
    const claimed = this.#claims.get(id) ?? said
    this.#claims.set(id, claimed)
    return claimed === said
  }

  async putBatch(batch: StoredBatch): Promise<void> {
    if (!this.#batches.has(batch.batch.id)) this.#batches.set(batch.batch.id, batch)
  }
}
