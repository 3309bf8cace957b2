import type { DynamoDBRecord } from 'aws-lambda'
import { toCurrent } from '#adapters/dynamodb/items.ts'
import { toImage, toOldImage } from '#adapters/dynamodb/stream.ts'
import type { CurrentRecord } from '#domain/records/current.ts'
import { sameIdentity, toIdentity } from '#domain/records/identity.ts'

export const isCustomerImage = (image: Record<string, unknown> | null): image is Record<string, unknown> =>
  String(image?.pk).startsWith('customers#')

/** The last rows that the records leave of customers; of one whose row went, none. */
function getLastRows(records: readonly DynamoDBRecord[]): CurrentRecord[] {
  const lastById = new Map<string, CurrentRecord>()
  for (const record of records) {
    const [newImage, oldImage] = [toImage(record), toOldImage(record)]
    if (isCustomerImage(newImage)) lastById.set(String(newImage.sk), toCurrent(newImage))
    else if (newImage === null && isCustomerImage(oldImage)) lastById.delete(String(oldImage.sk))
  }
  return [...lastById.values()]
}

/** The customers who by the records' changes are known by something else than before, or are found who were not. */
export function findIdentityChanges(records: readonly DynamoDBRecord[]): CurrentRecord[] {
  const oldRows = records.map(toOldImage).filter(isCustomerImage).map(toCurrent)
  // Of several changes of one customer the first tells what was before.
  const firstById = new Map(oldRows.toReversed().map(row => [row.id, row]))
  return getLastRows(records).filter(({ id, snapshot }) => {
    if (snapshot.state !== 'active' && snapshot.state !== 'merged') return false
    const previous = firstById.get(id)?.snapshot
    return !previous || previous.state !== snapshot.state || !sameIdentity(toIdentity(previous), toIdentity(snapshot))
  })
}
