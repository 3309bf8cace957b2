import type { DynamoDBRecord } from 'aws-lambda'
import { toCurrent } from '#adapters/dynamodb/items.ts'
import { toImage, toOldImage } from '#adapters/dynamodb/stream.ts'
import type { CurrentRecord } from '#domain/records/current.ts'
import { sameIdentity, toIdentity } from '#domain/records/identity.ts'

export const isCustomerImage = (image: Record<string, unknown> | null): image is Record<string, unknown> =>
  String(image?.pk).startsWith('customers#')

/** The last current row of each customer in the batch; none if the row was deleted. */
function getLastRows(records: readonly DynamoDBRecord[]): CurrentRecord[] {
  const lastById = new Map<string, CurrentRecord>()
  for (const record of records) {
    const [newImage, oldImage] = [toImage(record), toOldImage(record)]
    if (isCustomerImage(newImage)) lastById.set(String(newImage.sk), toCurrent(newImage))
    else if (newImage === null && isCustomerImage(oldImage)) lastById.delete(String(oldImage.sk))
  }
  return [...lastById.values()]
}

/** The customers whose identity changed in the batch, or who are listed again. */
export function findIdentityChanges(records: readonly DynamoDBRecord[]): CurrentRecord[] {
  const oldRows = records.map(toOldImage).filter(isCustomerImage).map(toCurrent)
  // The first of several changes of a customer has the previous identity.
  const firstById = new Map(oldRows.toReversed().map(row => [row.id, row]))
  return getLastRows(records).filter(({ id, snapshot }) => {
    if (snapshot.state !== 'active' && snapshot.state !== 'merged') return false
    const previous = firstById.get(id)?.snapshot
    return !previous || previous.state !== snapshot.state || !sameIdentity(toIdentity(previous), toIdentity(snapshot))
  })
}
