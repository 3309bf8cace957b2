import type { Batch } from '#contract/schemas/batch.ts'

export interface BatchStore {
  batch(id: string): Promise<StoredBatch | null>
  /** Takes a batch's id for what was sent; false when it is taken for something else. */
  claim(id: string, said: string): Promise<boolean>
  /** Keeps what became of a batch; the first one stays. */
  putBatch(batch: StoredBatch): Promise<void>
}

export interface StoredBatch {
  batch: Batch
  /** A digest of what was sent. */
  said: string
}
