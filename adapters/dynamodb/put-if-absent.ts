import type { Tables } from './tables.ts'
import { isConditionFailed } from './transaction-errors.ts'

/** Puts an immutable row. Returns false if it exists already. */
export async function putAbsent(tables: Tables, TableName: string, Item: Record<string, unknown>): Promise<boolean> {
  try {
    await tables.put({ TableName, Item, ConditionExpression: 'attribute_not_exists(pk)' })
    return true
  } catch (error) {
    if (isConditionFailed(error)) return false
    throw error
  }
}
