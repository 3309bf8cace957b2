import type { TransactWriteCommandInput } from '@aws-sdk/lib-dynamodb'
import pMap from 'p-map'
import * as z from 'zod'
import type { Purchase, Total } from '#contract/schemas/purchase.ts'
import type { Interval, PurchaseStore, StoredPurchase, TotalsUpdate } from '#domain/purchases/port.ts'
import { fromAttributes } from './attribute-values.ts'
import { getAll } from './batch.ts'
import { ERASED, recordPartition } from './items.ts'
import {
  AT,
  claimKey,
  nameKey,
  namePartition,
  purchaseKey,
  purchasePartition,
  storedRow,
  TOTAL,
  timeKey,
  timeRow,
  toStored,
  toTimed,
  toTotal,
  totalKey,
} from './purchase-rows.ts'
import { rowsAfter } from './rows-after.ts'
import type { Tables } from './tables.ts'
import { isConditionFailed, isTransactionCancelled, toCancellationReasons } from './transaction-errors.ts'

type TransactItem = NonNullable<TransactWriteCommandInput['TransactItems']>[number]
type Key = { pk: string; sk: string }

/** Rows deleted concurrently. */
const CONCURRENCY = 10
/** Sorts after every timestamp. */
const LAST_TIME = '~'

const ABSENT = { ConditionExpression: 'attribute_not_exists(pk)' }
const THERE = { ConditionExpression: 'attribute_exists(pk)' }

const totalIs = (was: Total | undefined) =>
  was === undefined
    ? ABSENT
    : {
        ConditionExpression: '#count = :count AND #sum = :sum',
        ExpressionAttributeNames: { '#count': 'count', '#sum': 'sum' },
        ExpressionAttributeValues: { ':count': was.count, ':sum': was.sum },
      }

const claimed = z.object({ purchase: z.string() })

/** Purchases in the two tables: immutable rows in `registry`, their projection in `views`. */
export class DynamoPurchaseStore implements PurchaseStore {
  readonly #tables: Tables

  constructor(tables: Tables) {
    this.#tables = tables
  }

  async claim(key: string, id: string): Promise<string> {
    return claimed.parse(await this.#putAbsent({ ...claimKey(key), purchase: id })).purchase
  }

  async put(purchase: StoredPurchase): Promise<Purchase> {
    const { claim: _, ...stored } = toStored(await this.#putAbsent(storedRow(purchase)))
    return stored
  }

  async stored(user: string, ids: readonly string[]): Promise<StoredPurchase[]> {
    const keys = ids.map(id => purchaseKey(user, id))
    return (await getAll(this.#tables, this.#tables.names.registry, keys, true)).map(toStored)
  }

  async ofUser(user: string, after: string | null, limit: number): ReturnType<PurchaseStore['ofUser']> {
    const { Items = [], LastEvaluatedKey } = await this.#tables.query({
      TableName: this.#tables.names.registry,
      ...rowsAfter(purchasePartition(user), after),
      Limit: limit,
      ConsistentRead: true,
    })
    const purchases = Items.map(toStored)
    return { purchases, next: LastEvaluatedKey ? (purchases.at(-1)?.id ?? null) : null }
  }

  async usersNamed(username: string, after: string | null, limit: number): Promise<string[]> {
    const { Items = [] } = await this.#tables.query({
      TableName: this.#tables.names.views,
      ...rowsAfter(namePartition(username), after),
      Limit: limit,
      ConsistentRead: true,
    })
    return Items.map(row => z.object({ sk: z.string() }).parse(row).sk)
  }

  async addName(username: string, user: string): Promise<boolean> {
    const TableName = this.#tables.names.views
    const Key = nameKey(username, user)
    // Reading costs half a unit, a put that changes nothing a whole one.
    if ((await this.#tables.get({ TableName, Key })).Item) return false
    await this.#tables.put({ TableName, Item: Key })
    return true
  }

  async removeNames(usernames: readonly string[], user: string): Promise<void> {
    const TableName = this.#tables.names.views
    const keys = usernames.map(username => nameKey(username, user))
    await pMap(keys, Key => this.#tables.remove({ TableName, Key }), { concurrency: CONCURRENCY })
  }

  async remove(purchases: readonly StoredPurchase[]): Promise<void> {
    const TableName = this.#tables.names.registry
    const keys = purchases.flatMap(({ userid, id, claim }) => [
      purchaseKey(userid, id),
      ...(claim === null ? [] : [claimKey(claim)]),
    ])
    await pMap(keys, Key => this.#tables.remove({ TableName, Key }), { concurrency: CONCURRENCY })
  }

  async erased(customer: string, consistent: boolean): Promise<boolean> {
    const Key = { pk: recordPartition('customer', customer), sk: ERASED }
    const { Item } = await this.#tables.get({
      TableName: this.#tables.names.registry,
      Key,
      ConsistentRead: consistent,
    })
    return Item !== undefined
  }

  async counted(user: string, places: readonly Pick<Purchase, 'id' | 'timestamp'>[]): Promise<Purchase[]> {
    const keys = places.map(place => timeKey(user, place))
    return (await getAll(this.#tables, this.#tables.names.views, keys, true)).map(toTimed)
  }

  async totals(user: string, consistent: boolean): Promise<Total[]> {
    const { Items = [] } = await this.#tables.query({
      TableName: this.#tables.names.views,
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :total)',
      ExpressionAttributeValues: { ':pk': purchasePartition(user), ':total': TOTAL },
      ConsistentRead: consistent,
    })
    return Items.map(toTotal)
  }

  async count(user: string, { put, drop, before, after }: TotalsUpdate): Promise<boolean> {
    const TableName = this.#tables.names.views
    const totals = new Map(
      [...before, ...after].map(({ currency }) => [currency, after.find(purchase => purchase.currency === currency)]),
    )
    const putItem = (Item: Record<string, unknown>, condition: object): TransactItem => ({
      Put: { TableName, Item, ...condition },
    })
    const deleteItem = (Key: Key, condition: object): TransactItem => ({ Delete: { TableName, Key, ...condition } })
    const TransactItems = [
      ...put.map(purchase => putItem(timeRow(purchase), ABSENT)),
      ...drop.map(purchase => deleteItem(timeKey(user, purchase), THERE)),
      ...[...totals].map(([currency, total]) => {
        const condition = totalIs(before.find(purchase => purchase.currency === currency))
        const key = totalKey(user, currency)
        return total ? putItem({ ...key, ...total }, condition) : deleteItem(key, condition)
      }),
    ]
    try {
      await this.#tables.transactWrite({ TransactItems })
      return true
    } catch (error) {
      if (!isTransactionCancelled(error)) throw error
      toCancellationReasons(error)
      return false
    }
  }

  async byTime(
    user: string,
    { from = '', to = LAST_TIME }: Interval,
    after: string | null,
    limit: number,
  ): ReturnType<PurchaseStore['byTime']> {
    const pk = purchasePartition(user)
    const { Items = [], LastEvaluatedKey } = await this.#tables.query({
      TableName: this.#tables.names.views,
      KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
      ExpressionAttributeValues: { ':pk': pk, ':from': AT + from, ':to': AT + to },
      ScanIndexForward: false,
      Limit: limit,
      ...(after === null ? {} : { ExclusiveStartKey: { pk, sk: AT + after } }),
    })
    const purchases = Items.map(toTimed)
    const last = purchases.at(-1)
    return { purchases, next: LastEvaluatedKey && last ? `${last.timestamp}#${last.id}` : null }
  }

  /** Puts a row into the registry if it is absent. Returns the stored one. */
  async #putAbsent(Item: Record<string, unknown>): Promise<Record<string, unknown>> {
    try {
      const TableName = this.#tables.names.registry
      await this.#tables.put({ TableName, Item, ...ABSENT, ReturnValuesOnConditionCheckFailure: 'ALL_OLD' })
      return Item
    } catch (error) {
      if (!isConditionFailed(error) || error.Item === undefined) throw error
      return fromAttributes(error.Item)
    }
  }
}
