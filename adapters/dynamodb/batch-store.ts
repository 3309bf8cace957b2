import * as z from 'zod'
import { batch } from '#contract/schemas/batch.ts'
import type { BatchStore, StoredBatch } from '#domain/batches/port.ts'
import { putAbsent } from './put-if-absent.ts'
import type { Tables } from './tables.ts'

const stored = z.object({ batch, said: z.string() })
const toKey = (id: string) => ({ pk: `batch#${id}`, sk: 'batch' })
const claimed = z.object({ said: z.string() })

/** Results of batches: immutable rows of the registry. */
export class DynamoBatchStore implements BatchStore {
  readonly #tables: Tables

  constructor(tables: Tables) {
    this.#tables = tables
  }

  async batch(id: string): Promise<StoredBatch | null> {
    const { Item } = await this.#tables.get({ TableName: this.#tables.names.registry, Key: toKey(id) })
    return Item ? stored.parse(Item) : null
  }

  async claim(id: string, requestDigest: string): Promise<boolean> {
    const key = { ...toKey(id), sk: 'claim' }
    if (await this.#putAbsent({ ...key, said: requestDigest })) return true
    const { Item } = await this.#tables.get({ TableName: this.#tables.names.registry, Key: key, ConsistentRead: true })
    return claimed.parse(Item).said === requestDigest
  }

  async putBatch({ batch, said }: StoredBatch): Promise<void> {
    await this.#putAbsent({ ...toKey(batch.id), batch, said })
  }

  /** Puts the row if it is absent. Returns whether it was put. */
  #putAbsent(Item: Record<string, unknown>): Promise<boolean> {
    return putAbsent(this.#tables, this.#tables.names.registry, Item)
  }
}
