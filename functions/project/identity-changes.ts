import type { DynamoDBRecord } from 'aws-lambda'
import { currentOf } from '#adapters/dynamodb/rows.ts'
import { imageOf, oldImageOf } from '#adapters/dynamodb/stream.ts'
import type { Current } from '#domain/records/current.ts'
import { identityOf, sameIdentity } from '#domain/records/identity.ts'

export const isCustomerImage = (image: Record<string, unknown> | null): image is Record<string, unknown> =>
  String(image?.pk).startsWith('customers#')

/** The last rows that the records leave of customers; of one whose row went, none. */
function getLastRows(records: readonly DynamoDBRecord[]): Current[] {
  const lastById = new Map<string, Current>()
  for (const record of records) {
    const [newImage, oldImage] = [imageOf(record), oldImageOf(record)]
    if (isCustomerImage(newImage)) lastById.set(String(newImage.sk), currentOf(newImage))
    else if (newImage === null && isCustomerImage(oldImage)) lastById.delete(String(oldImage.sk))
  }
  return [...lastById.values()]
}

/** The customers who by the records' changes are known by something else than before, or are found who were not. */
export function findIdentityChanges(records: readonly DynamoDBRecord[]): Current[] {
  const oldRows = records.map(oldImageOf).filter(isCustomerImage).map(currentOf)
  // Of several changes of one customer the first tells what was before.
  const firstById = new Map(oldRows.toReversed().map(row => [row.id, row]))
  return getLastRows(records).filter(({ id, snapshot }) => {
    if (snapshot.state !== 'active' && snapshot.state !== 'merged') return false
    const previous = firstById.get(id)?.snapshot
    return !previous || previous.state !== snapshot.state || !sameIdentity(identityOf(previous), identityOf(snapshot))
  })
}
