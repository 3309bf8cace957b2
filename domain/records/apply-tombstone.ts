import { canonicalJson } from '../canonical-json.ts'
import { Unavailable } from '../errors.ts'
import type { RequestContext } from '../ports.ts'
import { foldAll } from './current.ts'
import type { RecordStore } from './port.ts'
import { isCovered } from './tombstone.ts'
import type { Kind } from './version.ts'

const ATTEMPTS = 40

/**
 * Makes a location's row follow from the graves of its record that have come: of one that was purged what is left, if anything is; of one
 * that was erased nothing, and its versions go at once. Those of a purge go later (`deletePurgedVersions`), so that no replica loses the expiry before
 * it has the mark.
 *
 * @throws Unavailable
 */
export const applyTombstone = (
  records: RecordStore,
  call: Pick<RequestContext, 'pause'>,
  kind: Kind,
  id: string,
): Promise<void> => follow(records, call, kind, id, true)

/** The same of the row alone: versions of an erased record are left to whoever reads the stream. @throws Unavailable */
export const rebuildCurrent = (
  records: RecordStore,
  call: Pick<RequestContext, 'pause'>,
  kind: Kind,
  id: string,
): Promise<void> => follow(records, call, kind, id, false)

async function follow(
  records: RecordStore,
  { pause }: Pick<RequestContext, 'pause'>,
  kind: Kind,
  id: string,
  removing: boolean,
): Promise<void> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const row = await records.current(kind, id, true)
    const { versions, grave } = await records.loadPartition(kind, id)
    const made = grave.erased ? null : foldAll(versions, grave)
    if (grave.erased && removing) await records.remove(versions)
    const outcome = made ? await records.put(made, row) : row ? await records.drop(row) : { done: true }
    if (outcome.done) {
      // Where no row was, a grave that came meanwhile found nothing to take away.
      const isNew = row === null && made !== null
      if (!isNew || canonicalJson((await records.loadPartition(kind, id)).grave) === canonicalJson(grave)) return
      continue
    }
    await pause(attempt)
  }
  throw new Unavailable('The record is changing too often: try again')
}

/**
 * For rows that were put where none were: a grave that came after their makers had read, and before, found nothing to take away. Looks for
 * such and follows them.
 *
 * @throws Unavailable
 */
export async function applyMissedTombstones(
  records: RecordStore,
  call: Pick<RequestContext, 'pause'>,
  kind: Kind,
  ids: readonly string[],
): Promise<void> {
  const buried = await records.findTombstoned(kind, ids, ['purged', 'erased'])
  await Promise.all(buried.map(id => applyTombstone(records, call, kind, id)))
}

/** Removes the versions of a record that lie under its grave, once every location has that; says how many, and how many do not lie there. */
export async function deletePurgedVersions(
  records: RecordStore,
  kind: Kind,
  id: string,
): Promise<{ removed: number; left: number }> {
  const { versions, grave } = await records.loadPartition(kind, id)
  const under = versions.filter(v => isCovered(grave, v))
  await records.remove(under)
  return { removed: under.length, left: versions.length - under.length }
}
