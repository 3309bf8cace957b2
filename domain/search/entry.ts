import type { Field } from '#contract/schemas/field.ts'
import { toMatchablePerson } from '../customers/view.ts'
import type { IndexedRecord } from '../records/current.ts'
import { sameIdentity, toIdentity, toState } from '../records/identity.ts'
import { toListing } from './listing.ts'
import type { IndexEntry } from './port.ts'

const NO_FIELDS: ReadonlyMap<string, Field> = new Map()

/** The deletion marker of an index entry: one version above the entry, so that a late copy cannot bring it back. */
export const toDeletionMarker = ({ id, version }: Pick<IndexEntry, 'id' | 'version'>): IndexEntry => ({
  id,
  version: version + 1,
  person: null,
  past: [],
})

/** Whether searches find the record; a merged one leads to its survivor. */
const isFound = (state: unknown): boolean => state === 'active' || state === 'merged'

/**
 * The index entry of a current row. Its version is the sum of the row's clock, in milliseconds: every further version that is folded in
 * increases it, and the same versions give the same sum.
 */
export function toEntry(row: IndexedRecord, fields: ReadonlyMap<string, Field>): IndexEntry {
  const { id, clock, snapshot, identities } = row
  const isListed = isFound(snapshot.state)
  const now = toIdentity(snapshot)
  const all = identities.length > 0 ? identities.map(({ who: identity }) => identity) : [now]
  const before = all.filter(identity => !(isListed && sameIdentity(identity, now)))
  const { type = 'PERSON' } = snapshot
  return {
    id,
    version: Object.values(clock).reduce((sum, at) => sum + Date.parse(at), 0),
    person: isListed ? toMatchablePerson(snapshot, fields) : null,
    past: before.map(identity => toMatchablePerson({ type, ...toState(identity) }, NO_FIELDS)),
    listing: toListing(row),
  }
}
