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

const toKey = (chance: RandomSource) => ({ pk: chance.of(PARTITIONS), sk: chance.of(SORTS) })

/** An item with or without keys of the indexes of `views`. */
function toItem(chance: RandomSource): Record<string, unknown> {
  const item: Record<string, unknown> = { ...toKey(chance), clock: toClock(chance), n: chance.below(3) }
  if (chance.happens(0.5)) Object.assign(item, { activity_pk: 'PERSON#0', activity_sk: chance.of(WORDS) })
  if (chance.happens(0.4)) Object.assign(item, { name_key: chance.of(WORDS), name_sk: chance.of(WORDS) })
  if (chance.happens(0.4)) item.document_key = chance.of(WORDS)
  if (chance.happens(0.3))
    Object.assign(item, { snapshot: { name: 'Lindqvist', vip: true }, said: [], gone: undefined })
  return item
}

const toClock = (chance: RandomSource): Record<string, string> =>
  chance.happens(0.5) ? { loc1: chance.of(['1', '2']) } : { loc2: '1', loc1: chance.of(['1', '2']) }

/** The conditions that the adapters use. */
function toCondition(chance: RandomSource): object {
  return chance.weighted<() => object>([
    [2, () => ({})],
    [3, () => ({ ConditionExpression: 'attribute_not_exists(pk)' })],
    [
      3,
      () => ({
        ConditionExpression: '#clock = :clock',
        ExpressionAttributeNames: { '#clock': 'clock' },
        ExpressionAttributeValues: { ':clock': toClock(chance) },
      }),
    ],
  ])()
}

const toTable = (chance: RandomSource): string => chance.of([NAMES.registry, NAMES.views])

const distinct = <T extends { pk?: unknown; sk?: unknown }>(items: readonly T[]): T[] => [
  ...new Map(items.map(item => [`${item.pk}\n${item.sk}`, item])).values(),
]

const createSeveral = <T>(chance: RandomSource, max: number, create: () => T): T[] =>
  Array.from({ length: 1 + chance.below(max) }, create)

function write(chance: RandomSource): object {
  const TableName = toTable(chance)
  return chance.weighted<() => object>([
    [3, () => new PutCommand({ TableName, Item: toItem(chance), ...toCondition(chance) })],
    [1, () => new DeleteCommand({ TableName, Key: toKey(chance), ...toCondition(chance) })],
    [
      1,
      () =>
        new UpdateCommand({
          TableName: NAMES.views,
          Key: toKey(chance),
          UpdateExpression: 'ADD spent :one SET #expiry = :expiry',
          ConditionExpression: 'attribute_not_exists(spent) OR spent < :limit',
          ExpressionAttributeNames: { '#expiry': 'expires_at' },
          ExpressionAttributeValues: { ':one': 1, ':limit': 2, ':expiry': chance.below(9) },
        }),
    ],
    [
      1,
      () => {
        const items = distinct(createSeveral(chance, 4, () => toItem(chance)))
        return new BatchWriteCommand({
          RequestItems: { [TableName]: items.map(Item => ({ PutRequest: { Item } })) },
        })
      },
    ],
    [
      3,
      () =>
        new TransactWriteCommand({
          TransactItems: createSeveral(chance, 2, () => [NAMES.registry, NAMES.views])
            .flat()
            .slice(0, 2)
            .map(TableName => ({
              Put: {
                TableName,
                Item: toItem(chance),
                ...toCondition(chance),
                ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const,
              },
            })),
        }),
    ],
  ])()
}

function query(chance: RandomSource): object {
  const page = {
    ...(chance.happens(0.6) ? { Limit: 1 + chance.below(3) } : {}),
    ...(chance.happens(0.4) ? { ScanIndexForward: false } : {}),
  }
  const [low, high] = [chance.of(SORTS), chance.of(SORTS)].sort()
  const { pk, sk } = toKey(chance)
  const queryPartition = (condition: string, values: object, options: object = {}) =>
    new QueryCommand({
      TableName: toTable(chance),
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
  return chance.weighted<() => object>([
    [1, () => queryPartition('', {}, { ConsistentRead: true })],
    [1, () => queryPartition(' AND sk > :after', { ':after': sk })],
    [1, () => queryPartition(' AND begins_with(sk, :name)', { ':name': chance.of(['v#', 'v#2', 'p']) })],
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
          ':after': chance.of(WORDS),
        }),
    ],
    [
      1,
      () =>
        index('by_name', 'name_key = :key AND begins_with(name_sk, :dob)', {
          ':key': chance.of(WORDS),
          ':dob': chance.of(WORDS),
        }),
    ],
    [1, () => index('by_document', 'document_key = :key', { ':key': chance.of(WORDS) })],
  ])()
}

function read(chance: RandomSource): object {
  const TableName = toTable(chance)
  return chance.weighted<() => object>([
    [2, () => new GetCommand({ TableName, Key: toKey(chance), ConsistentRead: true })],
    [
      1,
      () =>
        new BatchGetCommand({
          RequestItems: {
            [TableName]: { Keys: distinct(createSeveral(chance, 4, () => toKey(chance))), ConsistentRead: true },
          },
        }),
    ],
    [5, () => query(chance)],
    [1, () => new ScanCommand({ TableName, ProjectionExpression: 'pk, sk' })],
  ])()
}

export const someCommand = (chance: RandomSource): object => (chance.happens(0.5) ? write(chance) : read(chance))
