import * as z from 'zod'
import type { RecordRef } from '#domain/records/port.ts'
import { kind } from '#domain/records/version.ts'
import { DISPUTED } from './items.ts'
import type { Tables } from './tables.ts'

const entry = z.object({ disputed_sk: z.string() })

/** A record's sort key in the index of conflicts. */
const disputedKey = ({ kind: of, id }: RecordRef): string => `${of}#${id}`

export const byDisputedKey = (a: RecordRef, b: RecordRef): number => (disputedKey(a) < disputedKey(b) ? -1 : 1)

function recordIn(item: unknown): RecordRef {
  const { disputed_sk } = entry.parse(item)
  const split = disputed_sk.indexOf('#')
  return { kind: kind.parse(disputed_sk.slice(0, split)), id: disputed_sk.slice(split + 1) }
}

const among = (tables: Tables, from: string) => ({
  TableName: tables.names.views,
  IndexName: 'by_dispute',
  KeyConditionExpression: 'disputed_pk = :pk AND disputed_sk >= :from',
  ExpressionAttributeValues: { ':pk': DISPUTED, ':from': from },
})

/** The records with conflicts, from the sparse index, after a record. */
export async function disputedFrom(tables: Tables, from: RecordRef | null, limit: number): Promise<RecordRef[]> {
  const { Items = [] } = await tables.query({ ...among(tables, from ? disputedKey(from) : '#'), Limit: limit })
  return Items.map(recordIn)
}

export async function disputedCount(tables: Tables, limit?: number): Promise<number> {
  const query = { ...among(tables, '#'), Select: 'COUNT' as const }
  if (limit !== undefined) return (await tables.query({ ...query, Limit: limit })).Count ?? 0
  let count = 0
  for await (const { Count = 0 } of tables.pages(query)) count += Count
  return count
}
