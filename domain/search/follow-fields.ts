import type { Definitions } from '../fields/definitions.ts'
import type { LocationStore, ReindexProgress } from '../locations/port.ts'
import { later } from '../records/clock.ts'
import type { ListStore } from '../records/port.ts'
import { differing } from './difference.ts'
import { toEntry } from './entry.ts'
import type { CandidateIndex } from './port.ts'

type FollowingPorts = { lists: ListStore; index: CandidateIndex; locations: LocationStore }

/** How many customers are compared at once. */
const PAGE = 500
/** How long after a change entries may still be written with the old fields. */
const SETTLED_MS = 5000

/** How far this location's index has been updated to the searchable fields. */
export async function followed(
  { locations }: { locations: LocationStore },
  fields: Definitions,
): Promise<{ done: boolean; customers: number; changed: number }> {
  const work = await locations.reindexProgress()
  if (work?.searched !== fields.searched) return { done: false, customers: 0, changed: 0 }
  return { done: work.place === null, customers: work.customers, changed: work.changed }
}

/**
 * Updates the index after the set of searchable fields has changed: goes through the list from the stored position, at least one page and
 * further while `hasTime` returns true, and puts entries that differ. Searches need not wait for it, because they ignore fields that are not
 * searchable now.
 *
 * It starts over if the fields change meanwhile. Once done, it costs nothing until the next change.
 *
 * @throws Unavailable
 */
export async function followFields(
  { lists, index, locations }: FollowingPorts,
  fields: Definitions,
  now: string,
  hasTime: () => boolean,
): Promise<void> {
  if (index.engine === 'none') return
  const { searched } = fields
  const progress = await locations.reindexProgress()
  if (progress?.searched === searched && progress.place === null) return
  const settled = new Date(Date.parse(now) - SETTLED_MS).toISOString()
  if (later(fields.changed, settled) !== settled) return
  let work: ReindexProgress =
    progress?.searched === searched
      ? progress
      : { searched, place: { shard: 0, after: null }, customers: 0, changed: 0 }
  while (work.place !== null) {
    const page = await lists.list('customer', work.place, PAGE, true)
    const others = await differing(
      index,
      page.entries.map(({ entry }) => toEntry(entry, fields)),
    )
    const wanted = others.flatMap(({ difference, expected: wanted }) => (difference === 'ahead' ? [] : [wanted]))
    if (wanted.length > 0) await index.put(wanted)
    const [customers, changed] = [work.customers + page.entries.length, work.changed + wanted.length]
    work = { searched, place: page.next, customers, changed }
    await locations.putReindexProgress(work)
    if (!hasTime()) return
  }
}
