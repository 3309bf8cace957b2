import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb'
import type { Access, AccessStore } from '#domain/ports.ts'
import { digest } from '#domain/records/digest.ts'
import type { Tables } from './tables.ts'

/** Accesses of a day lie in so many partitions. */
const SHARDS = 8

const shardOf = ({ request_id }: Access): number => Buffer.from(digest(request_id), 'base64url').readUInt8(0) % SHARDS

/** Accesses, as immutable rows of the registry: by day, so that every location's audit has them. */
export class DynamoAccessStore implements AccessStore {
  readonly #tables: Tables

  constructor(tables: Tables) {
    this.#tables = tables
  }

  async record(access: Access): Promise<void> {
    const { at, request_id, ...rest } = access
    try {
      await this.#tables.put({
        TableName: this.#tables.names.registry,
        Item: { pk: `access#${at.slice(0, 10)}#${shardOf(access)}`, sk: `${at}#${request_id}`, ...rest },
        ConditionExpression: 'attribute_not_exists(pk)',
      })
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error
    }
  }
}
