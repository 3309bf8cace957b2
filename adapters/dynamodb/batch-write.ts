import { pauseBefore } from './backoff.ts'
import type { Tables } from './tables.ts'

/** The partition of the directory of days with audit entries. */
export const AUDIT_DAYS = 'days#audit'

/** Puts rows into `views`, 25 per round trip, and repeats unprocessed ones after a pause. @throws Unavailable if items stay unprocessed. */
export async function putAll(tables: Tables, rows: readonly Record<string, unknown>[]): Promise<void> {
  const { views } = tables.names
  let pending = rows.map(Item => ({ PutRequest: { Item } }))
  for (let attempt = 0; pending.length > 0; ) {
    const { UnprocessedItems } = await tables.batchWrite({ RequestItems: { [views]: pending.slice(0, 25) } })
    const again = (UnprocessedItems?.[views] ?? []).flatMap(({ PutRequest }) =>
      PutRequest?.Item ? [{ PutRequest: { Item: PutRequest.Item } }] : [],
    )
    pending = [...again, ...pending.slice(25)]
    if (again.length === 0) continue
    await pauseBefore(++attempt)
  }
}
