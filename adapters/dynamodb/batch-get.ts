import { pauseBefore } from './backoff.ts'
import type { Tables } from './tables.ts'

/** Rows by key, 100 per round trip, in no order; missing ones are left out. @throws Unavailable if items stay unprocessed. */
export async function getAll(
  tables: Tables,
  table: string,
  keys: readonly { pk: string; sk: string }[],
  consistent: boolean,
): Promise<Record<string, unknown>[]> {
  const pending: Record<string, unknown>[] = [...keys]
  const rows: Record<string, unknown>[] = []
  for (let attempt = 0; pending.length > 0; ) {
    const { Responses, UnprocessedKeys } = await tables.batchGet({
      RequestItems: { [table]: { Keys: pending.splice(0, 100), ConsistentRead: consistent } },
    })
    rows.push(...(Responses?.[table] ?? []))
    const unprocessed = UnprocessedKeys?.[table]?.Keys ?? []
    if (unprocessed.length > 0) await pauseBefore(++attempt)
    pending.push(...unprocessed)
  }
  return rows
}
