import type { Field } from '#contract/schemas/field.ts'
import { personOf } from '../customers/view.ts'
import type { IndexEntry } from '../ports.ts'
import type { Current } from '../records/current.ts'

/**
 * What the index is to hold of a current row. Its version is the sum of the row's clock, in milliseconds: every version that is folded
 * in makes it greater, and the same versions make the same.
 */
export function entryOf(row: Current, fields: ReadonlyMap<string, Field>): IndexEntry {
  const version = Object.values(row.clock).reduce((sum, at) => sum + Date.parse(at), 0)
  return { id: row.id, version, person: row.snapshot.state === 'active' ? personOf(row.snapshot, fields) : null }
}
