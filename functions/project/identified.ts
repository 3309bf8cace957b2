import type { DynamoDBRecord } from 'aws-lambda'
import { currentOf } from '#adapters/dynamodb/rows.ts'
import { imageOf, oldImageOf } from '#adapters/dynamodb/stream.ts'
import type { Current } from '#domain/records/current.ts'
import { identityOf, sameIdentity } from '#domain/records/identity.ts'

export const isCustomer = (image: Record<string, unknown> | null): image is Record<string, unknown> =>
  String(image?.pk).startsWith('customers#')

/** The last rows that the records leave of customers; of one whose row went, none. */
function lastRows(records: readonly DynamoDBRecord[]): Current[] {
  const last = new Map<string, Current>()
  for (const record of records) {
    const [now, before] = [imageOf(record), oldImageOf(record)]
    if (isCustomer(now)) last.set(String(now.sk), currentOf(now))
    else if (now === null && isCustomer(before)) last.delete(String(before.sk))
  }
  return [...last.values()]
}

/** The customers who by the records' changes are known by something else than before, or are found who were not. */
export function identifiedIn(records: readonly DynamoDBRecord[]): Current[] {
  const before = records.map(oldImageOf).filter(isCustomer).map(currentOf)
  // Of several changes of one customer the first tells what was before.
  const first = new Map(before.toReversed().map(row => [row.id, row]))
  return lastRows(records).filter(({ id, snapshot }) => {
    if (snapshot.state !== 'active' && snapshot.state !== 'merged') return false
    const old = first.get(id)?.snapshot
    return !old || old.state !== snapshot.state || !sameIdentity(identityOf(old), identityOf(snapshot))
  })
}
