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

/** Rows that are put at once. */
const CONCURRENCY = 25

export interface Report {
  /** Rows of the restored table. */
  read: number
  /** Those that were missing, and are there again. */
  put: number
  /** Those that were not missing. */
  there: number
  /** Versions that were removed lawfully, and stay so: of who was erased, or purged. */
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
 * Puts back into the registry what a table restored from a backup has and it has not. Nothing that is there is changed, so it can be done
 * while everything runs, and again.
 * 1. Graves come first: who was erased or purged before the backup is so again before any version could come.
 * 2. Then all other rows, but no version that lies under a grave, of the backup or of later.
 *
 * @param names the restored table, and the registry
 */
export async function restoreMissing(
  client: DynamoDBClient,
  { from, registry }: { from: string; registry: string },
  records: Pick<RecordStore, 'loadPartition'>,
): Promise<Report> {
  const report: Report = { read: 0, put: 0, there: 0, buried: 0 }
  const graves = new Map<string, Promise<Tombstone>>()

  function graveOf(pk: string): Promise<Tombstone> {
    const { kind, id } = toRecord(pk)
    const known = graves.get(pk) ?? records.loadPartition(kind, id).then(({ grave }) => grave)
    graves.set(pk, known)
    return known
  }

  async function isBuried(row: Row): Promise<boolean> {
    if (!toText(row, 'sk').startsWith(VERSION)) return false
    const grave = await graveOf(toText(row, 'pk'))
    return grave.erased || isCovered(grave, toVersion(unmarshall(row)))
  }

  async function put(row: Row): Promise<void> {
    if (await isBuried(row)) {
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
      // They are read anew for each page: the registry goes on meanwhile.
      graves.clear()
    }
  return report
}
