import { z } from 'zod'
import type { Tables } from '#adapters/dynamodb/tables.ts'
import type { Access } from '#domain/audit/port.ts'

const SHARDS = 8

const row = z.strictObject({
  pk: z.string(),
  sk: z.string(),
  location: z.string(),
  actor: z.string(),
  action: z.string(),
  outcome: z.string(),
  asked: z.record(z.string(), z.string()),
})

/** Reads the access records of a day; those of one partition are in order of time. */
export async function readAccesses(tables: Tables, day: string): Promise<Access[]> {
  const parts = await Promise.all(
    Array.from({ length: SHARDS }, (_, shard) =>
      tables.query({
        TableName: tables.names.registry,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': `access#${day}#${shard}` },
        ConsistentRead: true,
      }),
    ),
  )
  return parts
    .flatMap(({ Items = [] }) => Items)
    .map(item => {
      const { pk: _, sk, ...access } = row.parse(item)
      const [at = '', request_id = ''] = sk.split('#')
      return { at, request_id, ...access }
    })
}
