import type { DynamoDBRecord } from 'aws-lambda'
import { currentOf } from '#adapters/dynamodb/rows.ts'
import { imageOf, oldImageOf } from '#adapters/dynamodb/stream.ts'
import type { Current } from '#domain/records/current.ts'
import { identityOf, sameIdentity } from '#domain/records/identity.ts'

const isCustomer = (image: Record<string, unknown> | null): image is Record<string, unknown> =>
  String(image?.pk).startsWith('customers#')

/** The customers' rows that the records leave behind. */
export const customersIn = (records: readonly DynamoDBRecord[]): Current[] =>
  records.map(imageOf).filter(isCustomer).map(currentOf)

/** Those of the rows by whose change a customer is known by something else than before, or is found who was not. */
export function identifiedIn(records: readonly DynamoDBRecord[], rows: readonly Current[]): Current[] {
  const before = records.map(oldImageOf).filter(isCustomer).map(currentOf)
  // Of several changes of one customer the first tells what was before.
  const first = new Map(before.toReversed().map(row => [row.id, row]))
  const last = new Map(rows.map(row => [row.id, row]))
  return [...last.values()].filter(({ id, snapshot }) => {
    if (snapshot.state !== 'active' && snapshot.state !== 'merged') return false
    const old = first.get(id)?.snapshot
    return !old || old.state !== snapshot.state || !sameIdentity(identityOf(old), identityOf(snapshot))
  })
}
