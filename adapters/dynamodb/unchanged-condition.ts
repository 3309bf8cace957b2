import type { CurrentRecord } from '#domain/records/current.ts'
import { currentRow } from './items.ts'

/** What a row holds that its clock does not tell: what waits in it, what it remembers of statements, what was purged. */
const BESIDE_CLOCK = ['waiting', 'keys', 'purged'] as const

/** That a row is still the one that was read. */
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
