import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb'
import type { Tables } from './tables.ts'

/** Puts an immutable row into the registry; what is there already stays. */
export async function putAbsent(tables: Tables, Item: Record<string, unknown>): Promise<void> {
  try {
    const TableName = tables.names.registry
    await tables.put({ TableName, Item, ConditionExpression: 'attribute_not_exists(pk)' })
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error
  }
}
