import type { BatchStore, StoredBatch } from '#domain/batches/port.ts'

/** A store of batches in memory. */
export class MemoryBatchStore implements BatchStore {
  readonly #batches = new Map<string, StoredBatch>()
  readonly #claims = new Map<string, string>()

  async batch(id: string): Promise<StoredBatch | null> {
    return this.#batches.get(id) ?? null
  }

  async claim(id: string, digest: string): Promise<boolean> {
    const claimed = this.#claims.get(id) ?? digest
    this.#claims.set(id, claimed)
    return claimed === digest
  }

  async putBatch(batch: StoredBatch): Promise<void> {
    if (!this.#batches.has(batch.batch.id)) this.#batches.set(batch.batch.id, batch)
  }
}
