import { setTimeout as wait } from 'node:timers/promises'
import { Unavailable } from '#domain/errors.ts'
import type { Tables } from './tables.ts'

const ATTEMPTS = 8
/** As many rows as a batch write may have. */
const BATCH_SIZE = 25

/** Waits before requesting unprocessed items again: up to 100 ms, then 200, … with full jitter. @throws Unavailable after eight attempts */
async function pauseBefore(attempt: number): Promise<void> {
  if (attempt > ATTEMPTS) throw new Unavailable('The table is throttling requests: try again')
  await wait(Math.random() * 50 * 2 ** attempt)
}

/**
 * Rows by key, 100 per round trip, in no order; missing ones are left out.
 *
 * @param select the attributes to read. Default: all.
 * @throws Unavailable if items stay unprocessed.
 */
export async function getAll(
  tables: Tables,
  table: string,
  keys: readonly { pk: string; sk: string }[],
  consistent: boolean,
  select: object = {},
): Promise<Record<string, unknown>[]> {
  const pending: Record<string, unknown>[] = [...keys]
  const rows: Record<string, unknown>[] = []
  for (let attempt = 0; pending.length > 0; ) {
    const { Responses, UnprocessedKeys } = await tables.batchGet({
      RequestItems: { [table]: { Keys: pending.splice(0, 100), ConsistentRead: consistent, ...select } },
    })
    rows.push(...(Responses?.[table] ?? []))
    const unprocessed = UnprocessedKeys?.[table]?.Keys ?? []
    if (unprocessed.length > 0) await pauseBefore(++attempt)
    pending.push(...unprocessed)
  }
  return rows
}

/** Puts rows into `views`, 25 per round trip, and repeats unprocessed ones after a pause. @throws Unavailable if items stay unprocessed. */
export async function putAll(tables: Tables, rows: Iterable<Record<string, unknown>>): Promise<void> {
  const { views } = tables.names
  let requests: { PutRequest: { Item: Record<string, unknown> } }[] = []
  let attempt = 0
  const send = async () => {
    const { UnprocessedItems } = await tables.batchWrite({ RequestItems: { [views]: requests } })
    requests = (UnprocessedItems?.[views] ?? []).flatMap(({ PutRequest }) =>
      PutRequest?.Item ? [{ PutRequest: { Item: PutRequest.Item } }] : [],
    )
    if (requests.length > 0) await pauseBefore(++attempt)
  }
  for (const Item of rows) {
    requests.push({ PutRequest: { Item } })
    while (requests.length === BATCH_SIZE) await send()
  }
  while (requests.length > 0) await send()
}
