import { isDeepStrictEqual } from 'node:util'
import {
  DeleteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  TransactionCanceledException,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb'
import { TABLES } from '../names.ts'
import {
  type Change,
  GONE,
  type Image,
  isLater,
  type Moment,
  momentText,
  stamped,
  toStamp,
  withoutStamp,
} from './change.ts'

/** The maximum number of rows per request. */
const MAX_ROWS = 100
const MAX_BYTES = 1_000_000

const TableName = TABLES.registry
const toKey = ({ pk, sk }: Pick<Change, 'pk' | 'sk'>) => ({ pk: { S: pk }, sk: { S: sk } })
const ABSENT = { ConditionExpression: 'attribute_not_exists(pk)' }

/** The write time of rows from before the journal. */
export const BEFORE_ALL = 0

export interface Target {
  /** The location. */
  name: string
  client: DynamoDBClient
  /** Reads everything that was written there before the call. */
  look(): Promise<void>
  /**
   * When a row was last written there, or deleted there by another location, as far as known; null if before everything that may still
   * arrive.
   */
  latest(pk: string, sk: string): Moment | null
  /** Records deletions before they are applied. */
  bury(deletions: readonly Change[]): void
}

/** A change and its size in bytes. */
export type Sized = Change & { bytes: number }

/** The condition that the row is still the one that was read. */
function unchanged(image: Image) {
  const entries = Object.entries(image)
  const terms = entries.map((_, n) => `#a${n} = :a${n}`)
  const stamps = toStamp(image) ? [] : ['attribute_not_exists(#put)', 'attribute_not_exists(#gone)']
  return {
    ConditionExpression: [...terms, ...stamps].join(' AND '),
    ExpressionAttributeNames: {
      ...Object.fromEntries(entries.map(([name], n) => [`#a${n}`, name])),
      ...(stamps.length === 0 ? {} : { '#put': 'rep:put', '#gone': GONE }),
    },
    ExpressionAttributeValues: Object.fromEntries(entries.map(([, value], n) => [`:a${n}`, value])),
  }
}

/**
 * Applies changes to a location, each row by itself: the last writer wins, whether it put or deleted. Of several changes to a row, the last
 * is applied. Idempotent.
 *
 * Concurrent writes there are never lost: rows are put if they are absent, and replaced if they are still what was read.
 * 1. Read what was written or deleted there; drop older changes.
 * 2. Record deletions before applying them: later writes win.
 * 3. Put rows, absent ones in few requests; others are resolved one by one.
 * 4. Delete a row again that was put, now or in an earlier attempt, after it had been deleted there.
 *
 * @throws errors of the engine, also if a row is being written there at this moment: try again.
 */
export async function apply(target: Target, changes: readonly Sized[]): Promise<void> {
  await target.look()
  const last = new Map(changes.map(change => [`${change.pk}\n${change.sk}`, change]))
  const holding = [...last.values()].filter(({ pk, sk, moment }) => {
    const latest = target.latest(pk, sk)
    return latest === null || !isLater(latest, moment)
  })
  const [puts, deletions] = [holding.filter(({ row }) => row !== null), holding.filter(({ row }) => row === null)]
  target.bury(deletions)
  const bytes = puts.reduce((sum, change) => sum + change.bytes, 0)
  // Adjacent rows may come from one transaction. A global table replicates each row separately, so they are sent separately.
  const requests = Math.max(2, Math.ceil(puts.length / MAX_ROWS), Math.ceil(bytes / MAX_BYTES))
  for (let n = 0; n < requests; n++)
    await putAbsent(
      target,
      puts.filter((_, at) => at % requests === n),
    )
  for (const deletion of deletions) await resolveWrite(target, deletion)
  await target.look()
  for (const change of last.values()) {
    const latest = target.latest(change.pk, change.sk)
    if (change.row && latest && isLater(latest, change.moment)) await undoPut(target, change, latest)
  }
}

/** Puts rows where they are absent; existing ones are resolved one by one. */
async function putAbsent(target: Target, puts: readonly Change[]): Promise<void> {
  const rows = puts.flatMap(({ row, moment }) => (row ? [stamped(row, moment)] : []))
  if (rows.length === 0) return
  const TransactItems = rows.map(Item => ({ Put: { TableName, Item, ...ABSENT } }))
  try {
    await target.client.send(new TransactWriteItemsCommand({ TransactItems }))
  } catch (error) {
    if (!(error instanceof TransactionCanceledException)) throw error
    const met = puts.filter((_, n) => error.CancellationReasons?.[n]?.Code === 'ConditionalCheckFailed')
    if (met.length === 0) throw error
    await putAbsent(
      target,
      puts.filter(put => !met.includes(put)),
    )
    for (const put of met) await resolveWrite(target, put)
  }
}

/** Resolves a change against the existing row. */
async function resolveWrite(target: Target, change: Change): Promise<void> {
  const { pk, sk, row, moment } = change
  const item = await read(target, change)
  if (!item && row) throw new Error('a row was deleted concurrently')
  if (!item) return
  // The row was read first: its writer is known by now, and if it is written again, it is not what was read.
  await target.look()
  const local = target.latest(pk, sk)
  const stamp = toStamp(item)
  const existing =
    stamp && local && isLater(local, stamp) ? local : (stamp ?? local ?? { at: BEFORE_ALL, from: target.name, n: 0 })
  if (isLater(existing, moment)) return
  if (row === null) return remove(target, change, item, moment)
  if (!isLater(moment, existing)) return
  // A copy of what both have had for a long time.
  if (moment.at === BEFORE_ALL && isDeepStrictEqual(withoutStamp(item), row)) return
  await target.client.send(new PutItemCommand({ TableName, Item: stamped(row, moment), ...unchanged(item) }))
}

/** Deletes a row that was put although a later deletion exists. */
async function undoPut(target: Target, put: Change, deletion: Moment): Promise<void> {
  const item = await read(target, put)
  const stamp = item && toStamp(item)
  if (item && stamp && momentText(stamp) === momentText(put.moment)) await remove(target, put, item, deletion)
}

async function read({ client }: Target, key: Pick<Change, 'pk' | 'sk'>): Promise<Image | undefined> {
  const { Item } = await client.send(new GetItemCommand({ TableName, Key: toKey(key), ConsistentRead: true }))
  return Item
}

/** Deletes a row. First stores whose deletion it is, so that the stream distinguishes it from a local one. */
async function remove({ client }: Target, change: Change, item: Image, by: Moment): Promise<void> {
  const Key = toKey(change)
  const name = { '#gone': GONE }
  const mark = { ':gone': { S: momentText(by) } }
  const { ExpressionAttributeNames, ExpressionAttributeValues, ConditionExpression } = unchanged(item)
  await client.send(
    new UpdateItemCommand({
      TableName,
      Key,
      UpdateExpression: 'SET #gone = :gone',
      ConditionExpression,
      ExpressionAttributeNames: { ...ExpressionAttributeNames, ...name },
      ExpressionAttributeValues: { ...ExpressionAttributeValues, ...mark },
    }),
  )
  await client.send(
    new DeleteItemCommand({
      TableName,
      Key,
      ConditionExpression: '#gone = :gone',
      ExpressionAttributeNames: name,
      ExpressionAttributeValues: mark,
    }),
  )
}
