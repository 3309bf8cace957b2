import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb'
import type { Tables } from './tables.ts'

/** Puts a row that nothing may change any more. Whether it was put: false when one is there. */
export async function putAbsent(tables: Tables, TableName: string, Item: Record<string, unknown>): Promise<boolean> {
  try {
    await tables.put({ TableName, Item, ConditionExpression: 'attribute_not_exists(pk)' })
    return true
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false
    throw error
  }
}
