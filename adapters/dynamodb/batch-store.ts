import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb'
import * as z from 'zod'
import { batch } from '#contract/schemas/batch.ts'
import type { BatchStore, StoredBatch } from '#domain/ports.ts'
import type { Tables } from './tables.ts'

const stored = z.object({ batch, said: z.string() })
const keyOf = (id: string) => ({ pk: `batch#${id}`, sk: 'batch' })

/** What became of batches: immutable rows of the registry. */
export class DynamoBatchStore implements BatchStore {
  readonly #tables: Tables

  constructor(tables: Tables) {
    this.#tables = tables
  }

  async batch(id: string): Promise<StoredBatch | null> {
    const { Item } = await this.#tables.get({ TableName: this.#tables.names.registry, Key: keyOf(id) })
    return Item ? stored.parse(Item) : null
  }

  async putBatch({ batch, said }: StoredBatch): Promise<void> {
    try {
      await this.#tables.put({
        TableName: this.#tables.names.registry,
        Item: { ...keyOf(batch.id), batch, said },
        ConditionExpression: 'attribute_not_exists(pk)',
      })
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error
    }
  }
}
