import {
  BatchGetCommand,
  BatchWriteCommand,
  DeleteCommand,
  GetCommand,
  PutCommand,
  QueryCommand,
  ScanCommand,
  TransactWriteCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb'
import { NAMES } from '../location.ts'
import type { RandomSource } from '../random.ts'

/** Commands of the forms that `adapters/dynamodb` sends, with so few keys that they collide. */

const PARTITIONS = ['customer#1', 'customers#0', 'audit#2026-06-01#0']
const SORTS = ['v#1', 'v#2', 'v#2#a', 'v#3', 'v#~', 'purged']
const WORDS = ['a', 'b', 'b#1', 'c']

const toKey = (random: RandomSource) => ({ pk: random.of(PARTITIONS), sk: random.of(SORTS) })

/** An item with or without keys of the indexes of `views`. */
function toItem(random: RandomSource): Record<string, unknown> {
  const item: Record<string, unknown> = { ...toKey(random), clock: toClock(random), n: random.below(3) }
  if (random.happens(0.5)) Object.assign(item, { activity_pk: 'PERSON#0', activity_sk: random.of(WORDS) })
  if (random.happens(0.4)) Object.assign(item, { name_key: random.of(WORDS), name_sk: random.of(WORDS) })
  if (random.happens(0.4)) item.document_key = random.of(WORDS)
  if (random.happens(0.3))
    Object.assign(item, { snapshot: { name: 'Lindqvist', vip: true }, said: [], gone: undefined })
  return item
}

const toClock = (random: RandomSource): Record<string, string> =>
  random.happens(0.5) ? { loc1: random.of(['1', '2']) } : { loc2: '1', loc1: random.of(['1', '2']) }

/** The conditions that the adapters use. */
function toCondition(random: RandomSource): object {
  return random.weighted<() => object>([
    [2, () => ({})],
    [3, () => ({ ConditionExpression: 'attribute_not_exists(pk)' })],
    [
      3,
      () => ({
        ConditionExpression: '#clock = :clock',
        ExpressionAttributeNames: { '#clock': 'clock' },
        ExpressionAttributeValues: { ':clock': toClock(random) },
      }),
    ],
  ])()
}

const toTable = (random: RandomSource): string => random.of([NAMES.registry, NAMES.views])

const distinct = <T extends { pk?: unknown; sk?: unknown }>(items: readonly T[]): T[] => [
  ...new Map(items.map(item => [`${item.pk}\n${item.sk}`, item])).values(),
]

const createSeveral = <T>(random: RandomSource, max: number, create: () => T): T[] =>
  Array.from({ length: 1 + random.below(max) }, create)

function write(random: RandomSource): object {
  const TableName = toTable(random)
  return random.weighted<() => object>([
    [3, () => new PutCommand({ TableName, Item: toItem(random), ...toCondition(random) })],
    [1, () => new DeleteCommand({ TableName, Key: toKey(random), ...toCondition(random) })],
    [
      1,
      () =>
        new UpdateCommand({
          TableName: NAMES.views,
          Key: toKey(random),
          UpdateExpression: 'ADD spent :one SET #expiry = :expiry',
          ConditionExpression: 'attribute_not_exists(spent) OR spent < :limit',
          ExpressionAttributeNames: { '#expiry': 'expires_at' },
          ExpressionAttributeValues: { ':one': 1, ':limit': 2, ':expiry': random.below(9) },
        }),
    ],
    [
      1,
      () => {
        const items = distinct(createSeveral(random, 4, () => toItem(random)))
        return new BatchWriteCommand({
          RequestItems: { [TableName]: items.map(Item => ({ PutRequest: { Item } })) },
        })
      },
    ],
    [
      3,
      () =>
        new TransactWriteCommand({
          TransactItems: createSeveral(random, 2, () => [NAMES.registry, NAMES.views])
            .flat()
            .slice(0, 2)
            .map(TableName => ({
              Put: {
                TableName,
                Item: toItem(random),
                ...toCondition(random),
                ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const,
              },
            })),
        }),
    ],
  ])()
}

function query(random: RandomSource): object {
  const page = {
    ...(random.happens(0.6) ? { Limit: 1 + random.below(3) } : {}),
    ...(random.happens(0.4) ? { ScanIndexForward: false } : {}),
  }
  const [low, high] = [random.of(SORTS), random.of(SORTS)].sort()
  const { pk, sk } = toKey(random)
  const queryPartition = (condition: string, values: object, options: object = {}) =>
    new QueryCommand({
      TableName: toTable(random),
      KeyConditionExpression: `pk = :pk${condition}`,
      ExpressionAttributeValues: { ':pk': pk, ...values },
      ...page,
      ...options,
    })
  const index = (
    IndexName: string,
    KeyConditionExpression: string,
    ExpressionAttributeValues: Record<string, string>,
  ) =>
    new QueryCommand({ TableName: NAMES.views, IndexName, KeyConditionExpression, ExpressionAttributeValues, ...page })
  return random.weighted<() => object>([
    [1, () => queryPartition('', {}, { ConsistentRead: true })],
    [1, () => queryPartition(' AND sk > :after', { ':after': sk })],
    [1, () => queryPartition(' AND begins_with(sk, :name)', { ':name': random.of(['v#', 'v#2', 'p']) })],
    [2, () => queryPartition(' AND sk BETWEEN :low AND :high', { ':low': low, ':high': high })],
    [
      1,
      () =>
        queryPartition(
          ' AND sk BETWEEN :low AND :high',
          { ':low': low, ':high': high },
          { ExclusiveStartKey: { pk, sk: low } },
        ),
    ],
    [
      1,
      () =>
        index('by_activity', 'activity_pk = :pk AND activity_sk > :after', {
          ':pk': 'PERSON#0',
          ':after': random.of(WORDS),
        }),
    ],
    [
      1,
      () =>
        index('by_name', 'name_key = :key AND begins_with(name_sk, :dob)', {
          ':key': random.of(WORDS),
          ':dob': random.of(WORDS),
        }),
    ],
    [1, () => index('by_document', 'document_key = :key', { ':key': random.of(WORDS) })],
  ])()
}

function read(random: RandomSource): object {
  const TableName = toTable(random)
  return random.weighted<() => object>([
    [2, () => new GetCommand({ TableName, Key: toKey(random), ConsistentRead: true })],
    [
      1,
      () =>
        new BatchGetCommand({
          RequestItems: {
            [TableName]: { Keys: distinct(createSeveral(random, 4, () => toKey(random))), ConsistentRead: true },
          },
        }),
    ],
    [5, () => query(random)],
    [1, () => new ScanCommand({ TableName, ProjectionExpression: 'pk, sk' })],
  ])()
}

export const someCommand = (random: RandomSource): object => (random.happens(0.5) ? write(random) : read(random))
