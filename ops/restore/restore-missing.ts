import {
  type AttributeValue,
  ConditionalCheckFailedException,
  type DynamoDBClient,
  PutItemCommand,
  ScanCommand,
} from '@aws-sdk/client-dynamodb'
import { unmarshall } from '@aws-sdk/util-dynamodb'
import pMap from 'p-map'
import { ERASED, PURGED, RESIDUE, toRecord, toVersion, VERSION } from '#adapters/dynamodb/items.ts'
import type { RecordStore } from '#domain/records/port.ts'
import { isCovered, type Tombstone } from '#domain/records/tombstone.ts'

type Row = Record<string, AttributeValue>

/** Rows put concurrently. */
const CONCURRENCY = 25

export interface Report {
  /** Rows read from the restored table. */
  read: number
  /** Missing rows that were put. */
  put: number
  /** Rows that were not missing. */
  there: number
  /** Versions of erased or purged records, which stay deleted. */
  buried: number
}

const toText = (row: Row, name: 'pk' | 'sk'): string => row[name]?.S ?? ''
const isOfGrave = (row: Row): boolean => {
  const sk = toText(row, 'sk')
  return sk === ERASED || sk === PURGED || sk.startsWith(RESIDUE)
}

async function* toPages(client: DynamoDBClient, TableName: string): AsyncGenerator<Row[]> {
  let from: Row | undefined
  do {
    const { Items = [], LastEvaluatedKey } = await client.send(
      new ScanCommand({ TableName, ConsistentRead: true, ...(from ? { ExclusiveStartKey: from } : {}) }),
    )
    yield Items
    from = LastEvaluatedKey
  } while (from)
}

/**
 * Copies what the registry lacks from a table that was restored from a backup. It changes no existing row, so it can run during operation,
 * and repeatedly.
 * 1. Tombstones come first, so that records erased or purged before the backup stay so before any version arrives.
 * 2. Then come all other rows, except versions that a tombstone covers, whether from the backup or later.
 *
 * @param names the restored table, and the registry
 */
export async function restoreMissing(
  client: DynamoDBClient,
  { from, registry }: { from: string; registry: string },
  records: Pick<RecordStore, 'loadPartition'>,
): Promise<Report> {
  const report: Report = { read: 0, put: 0, there: 0, buried: 0 }
  const tombstones = new Map<string, Promise<Tombstone>>()

  function readTombstone(pk: string): Promise<Tombstone> {
    const { kind, id } = toRecord(pk)
    const tombstone = tombstones.get(pk) ?? records.loadPartition(kind, id).then(({ tombstone: grave }) => grave)
    tombstones.set(pk, tombstone)
    return tombstone
  }

  async function isDeleted(row: Row): Promise<boolean> {
    if (!toText(row, 'sk').startsWith(VERSION)) return false
    const tombstone = await readTombstone(toText(row, 'pk'))
    return tombstone.erased || isCovered(tombstone, toVersion(unmarshall(row)))
  }

  async function put(row: Row): Promise<void> {
    if (await isDeleted(row)) {
      report.buried += 1
      return
    }
    try {
      const ConditionExpression = 'attribute_not_exists(pk)'
      await client.send(new PutItemCommand({ TableName: registry, Item: row, ConditionExpression }))
      report.put += 1
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error
      report.there += 1
    }
  }

  for (const round of ['graves', 'others'])
    for await (const page of toPages(client, from)) {
      const rows = page.filter(row => isOfGrave(row) === (round === 'graves'))
      report.read += rows.length
      await pMap(rows, put, { concurrency: CONCURRENCY })
      // Read again for each page, because the registry is in use.
      tombstones.clear()
    }
  return report
}
