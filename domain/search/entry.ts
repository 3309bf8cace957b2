import type { Field } from '#contract/schemas/field.ts'
import { personOf } from '../customers/view.ts'
import type { Current } from '../records/current.ts'
import { identityOf, sameIdentity, stateOf } from '../records/identity.ts'
import type { IndexEntry } from './port.ts'

const NO_FIELDS: ReadonlyMap<string, Field> = new Map()

/** The mark that takes a customer off an index for good: one version above what was held, so that a late copy of that does not raise it again. */
export const markOf = ({ id, version }: Pick<IndexEntry, 'id' | 'version'>): IndexEntry => ({
  id,
  version: version + 1,
  person: null,
  past: [],
})

/** Whether the customer can be found; who was merged into another still leads to that one. */
const isFound = (state: unknown): boolean => state === 'active' || state === 'merged'

/**
 * What the index is to hold of a current row. Its version is the sum of the row's clock, in milliseconds: every version that is folded
 * in makes it greater, and the same versions make the same.
 */
export function entryOf({ id, clock, snapshot, identities }: Current, fields: ReadonlyMap<string, Field>): IndexEntry {
  const found = isFound(snapshot.state)
  const now = identityOf(snapshot)
  const all = identities.length > 0 ? identities.map(({ who }) => who) : [now]
  const before = all.filter(identity => !(found && sameIdentity(identity, now)))
  const { type = 'PERSON' } = snapshot
  return {
    id,
    version: Object.values(clock).reduce((sum, at) => sum + Date.parse(at), 0),
    person: found ? personOf(snapshot, fields) : null,
    past: before.map(identity => personOf({ type, ...stateOf(identity) }, NO_FIELDS)),
  }
}
