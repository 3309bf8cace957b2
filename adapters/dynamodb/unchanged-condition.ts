import type { CurrentRecord } from '#domain/records/current.ts'
import { toStoredCurrent } from '#domain/records/stored-names.ts'
import { currentRow } from './items.ts'

/** Attributes that may change without the clock: pending versions, idempotency keys and the purged clock. */
const BESIDE_CLOCK = Object.keys(toStoredCurrent({ pending: 0, idempotencyKeys: 0, purgedClock: 0 }))

/** The condition that a row is still the one that was read. */
export function isUnchanged(row: CurrentRecord) {
  const stored = currentRow(row)
  const conditions = ['#clock = :clock']
  const names: Record<string, string> = { '#clock': 'clock' }
  const values: Record<string, unknown> = { ':clock': row.clock }
  for (const name of BESIDE_CLOCK) {
    names[`#${name}`] = name
    if (name in stored) values[`:${name}`] = stored[name]
    conditions.push(name in stored ? `#${name} = :${name}` : `attribute_not_exists(#${name})`)
  }
  return {
    ConditionExpression: conditions.join(' AND '),
    ExpressionAttributeNames: names,
    ExpressionAttributeValues: values,
  }
}
