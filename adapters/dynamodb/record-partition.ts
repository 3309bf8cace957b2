import * as z from 'zod'
import type { RecordStore } from '#domain/records/port.ts'
import { mergeTombstones, NO_TOMBSTONE, type RecordPartition } from '#domain/records/tombstone.ts'
import type { Kind } from '#domain/records/version.ts'
import { accessDayIn } from './access-store.ts'
import { ERASED, PURGED, RESIDUE, recordPartition, toRecord, toTombstone, toVersion, VERSION } from './items.ts'
import { isPurchase, toUser } from './purchase-rows.ts'
import type { Tables } from './tables.ts'

const place = z.object({ pk: z.string(), sk: z.string() })
/** The sort keys of versions, redacted versions and tombstones; other rows do not match. */
const OF_A_RECORD = new RegExp(`^(${VERSION}|${RESIDUE}|${PURGED}$|${ERASED}$)`)

/** Everything in a record's partition, read consistently. */
export async function toRecordPartition(tables: Tables, kind: Kind, id: string): Promise<RecordPartition> {
  const partition: RecordPartition = { versions: [], tombstone: NO_TOMBSTONE }
  const pages = tables.pages({
    TableName: tables.names.registry,
    KeyConditionExpression: 'pk = :pk',
    ExpressionAttributeValues: { ':pk': recordPartition(kind, id) },
    ConsistentRead: true,
  })
  for await (const { Items = [] } of pages)
    for (const item of Items) {
      if (String(item.sk).startsWith(VERSION)) partition.versions.push(toVersion(item))
      else if (!String(item.sk).startsWith(RESIDUE))
        partition.tombstone = mergeTombstones(partition.tombstone, toTombstone(item))
    }
  return partition
}

/** The records, purchases and days of accesses on a page of a table scan. */
export async function recordsFrom(
  tables: Tables,
  from: string | null,
  limit: number,
): ReturnType<RecordStore['records']> {
  const { Items = [], LastEvaluatedKey } = await tables.scan({
    TableName: tables.names.registry,
    ProjectionExpression: 'pk, sk',
    Limit: limit,
    ...(from === null ? {} : { ExclusiveStartKey: place.parse(JSON.parse(from)) }),
  })
  const keys = Items.map(item => place.parse(item))
  const ofRecords = keys.filter(({ sk }) => OF_A_RECORD.test(sk)).map(({ pk }) => pk)
  const records = [...new Set(ofRecords)].map(toRecord)
  const purchases = keys.filter(({ pk }) => isPurchase(pk)).map(({ pk, sk }) => ({ user: toUser(pk), id: sk }))
  const days = [...new Set(keys.flatMap(({ pk }) => accessDayIn(pk) ?? []))]
  return { records, purchases, days, next: LastEvaluatedKey ? JSON.stringify(LastEvaluatedKey) : null }
}
