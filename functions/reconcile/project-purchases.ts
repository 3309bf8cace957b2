import type { DynamoDBRecord } from 'aws-lambda'
import { ERASED, toRecord } from '#adapters/dynamodb/items.ts'
import { isPurchase, toStored } from '#adapters/dynamodb/purchase-rows.ts'
import { toImage, toOldImage } from '#adapters/dynamodb/stream.ts'
import type { RequestContext } from '#domain/ports.ts'
import { deletePurchases } from '#domain/purchases/delete-purchases.ts'
import type { PurchaseStore } from '#domain/purchases/port.ts'
import { followPurchases } from '#domain/purchases/project-totals.ts'

/** How many users' purchases are counted concurrently. */
const CONCURRENCY = 10

const getImages = (records: readonly DynamoDBRecord[]): Record<string, unknown>[] =>
  records.flatMap(record => [toOldImage(record), toImage(record)]).filter(image => image !== null)

/** The customers with a tombstone in the batch. */
const getErasedCustomers = (images: readonly Record<string, unknown>[]): string[] =>
  images
    .filter(({ sk }) => sk === ERASED)
    .map(({ pk }) => toRecord(String(pk)))
    .flatMap(({ kind, id }) => (kind === 'customer' ? [id] : []))

/**
 * Counts each purchase in the stream of `registry` once, and deletes the purchases of erased customers, also those that arrive later.
 * Idempotent, in any order.
 *
 * @throws Unavailable
 */
export async function projectPurchases(
  store: PurchaseStore,
  call: Pick<RequestContext, 'pause'>,
  records: readonly DynamoDBRecord[],
): Promise<void> {
  const images = getImages(records)
  for (const customer of new Set(getErasedCustomers(images))) await deletePurchases(store, call, customer)
  const purchases = images.filter(({ pk }) => isPurchase(String(pk))).map(toStored)
  const users = [...Map.groupBy(purchases, ({ userid }) => userid)]
  while (users.length > 0)
    await Promise.all(
      users.splice(0, CONCURRENCY).map(([user, userPurchases]) => followPurchases(store, call, user, userPurchases)),
    )
}
