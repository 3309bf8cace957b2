import type { Batch } from '#contract/schemas/batch.ts'

export interface BatchStore {
  batch(id: string): Promise<StoredBatch | null>
  /** Claims a batch id for a request. Returns false if another request has it. */
  claim(id: string, requestDigest: string): Promise<boolean>
  /** Stores the results of a batch; the first ones stay. */
  putBatch(batch: StoredBatch): Promise<void>
}

export interface StoredBatch {
  batch: Batch
  /** The digest of the request. */
  said: string
}
