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
  stampOf,
  withoutStamp,
} from './change.ts'

/** One request's most. */
const MOST_ROWS = 100
const MOST_BYTES = 1_000_000

const TableName = TABLES.registry
const keyOf = ({ pk, sk }: Pick<Change, 'pk' | 'sk'>) => ({ pk: { S: pk }, sk: { S: sk } })
const ABSENT = { ConditionExpression: 'attribute_not_exists(pk)' }

/** The time of a row that was written before anybody took notes. */
export const BEFORE_ALL = 0

export interface Target {
  /** The location. */
  name: string
  client: DynamoDBClient
  /** When a row was last written at the target itself, or deleted there; null: before everything that may still come. */
  latest: (pk: string, sk: string) => Moment | null
}

/** A change and its size in bytes. */
export type Sized = Change & { bytes: number }

/** That the row is still the one that was read. */
function unchanged(image: Image) {
  const entries = Object.entries(image)
  const terms = entries.map((_, n) => `#a${n} = :a${n}`)
  const stamps = stampOf(image) ? [] : ['attribute_not_exists(#put)', 'attribute_not_exists(#gone)']
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
 * Brings changes to a location, each row by itself: the last writer wins, whether it wrote or deleted. Of several changes of one row the
 * last is brought. Again, it changes nothing.
 *
 * @throws what the engine throws, also where a row is written there at this very moment: then again.
 */
export async function apply(target: Target, changes: readonly Sized[]): Promise<void> {
  const last = new Map(changes.map(change => [`${change.pk}\n${change.sk}`, change]))
  const holding = [...last.values()].filter(({ pk, sk, moment }) => {
    const known = target.latest(pk, sk)
    return known === null || !isLater(known, moment)
  })
  const puts = holding.filter(({ row }) => row !== null)
  const bytes = puts.reduce((sum, change) => sum + change.bytes, 0)
  // Neighbours may come from one transaction, of which a global table brings each row by itself: they go apart.
  const requests = Math.max(2, Math.ceil(puts.length / MOST_ROWS), Math.ceil(bytes / MOST_BYTES))
  for (let n = 0; n < requests; n++)
    await putAbsent(
      target,
      puts.filter((_, at) => at % requests === n),
    )
  for (const change of holding) if (change.row === null) await contest(target, change)
}

/** Puts rows where none are; those that meet one are decided one by one. */
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
    for (const put of met) await contest(target, put)
  }
}

/** Decides between a change and the row that is there. */
async function contest({ name, client, latest }: Target, change: Change): Promise<void> {
  const { pk, sk, row, moment } = change
  const Key = keyOf(change)
  const { Item } = await client.send(new GetItemCommand({ TableName, Key, ConsistentRead: true }))
  if (!Item && row) throw new Error('a row was deleted at this very moment')
  if (!Item) return
  // A row without a stamp was written there: its time is known as long as it can matter.
  const known = stampOf(Item) ?? latest(pk, sk) ?? { at: BEFORE_ALL, from: name, n: 0 }
  if (isLater(known, moment)) return
  if (row) {
    if (!isLater(moment, known)) return
    // A copy of what both have had for long.
    if (moment.at === BEFORE_ALL && isDeepStrictEqual(withoutStamp(Item), row)) return
    await client.send(new PutItemCommand({ TableName, Item: stamped(row, moment), ...unchanged(Item) }))
    return
  }
  // Says first whose deletion it is, so that the stream tells it from one that was made there.
  const mark = { '#gone': GONE }
  const by = { ':gone': { S: momentText(moment) } }
  const { ExpressionAttributeNames, ExpressionAttributeValues, ConditionExpression } = unchanged(Item)
  await client.send(
    new UpdateItemCommand({
      TableName,
      Key,
      UpdateExpression: 'SET #gone = :gone',
      ConditionExpression,
      ExpressionAttributeNames: { ...ExpressionAttributeNames, ...mark },
      ExpressionAttributeValues: { ...ExpressionAttributeValues, ...by },
    }),
  )
  await client.send(
    new DeleteItemCommand({
      TableName,
      Key,
      ConditionExpression: '#gone = :gone',
      ExpressionAttributeNames: mark,
      ExpressionAttributeValues: by,
    }),
  )
}
