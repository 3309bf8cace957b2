import { canonicalJson } from '../canonical-json.ts'
import type { RequestContext } from '../ports.ts'
import { RETRY, retryWhileOvertaken } from '../retry.ts'
import { foldAll } from './current.ts'
import type { RecordStore } from './port.ts'
import { isCovered, type RecordPartition } from './tombstone.ts'
import type { Kind } from './version.ts'

/**
 * Applies the tombstones of a record to this location. A purged record keeps what the marker does not cover. An erased record loses its row
 * and its versions at once, and a purged decision as well. Other purged versions are deleted later (`deletePurgedVersions`), so that no
 * replica loses the expiry before it has the marker.
 *
 * @throws Unavailable
 */
export const applyTombstone = (
  records: RecordStore,
  context: Pick<RequestContext, 'pause'>,
  kind: Kind,
  id: string,
): Promise<void> => follow(records, context, kind, id, true)

/**
 * Rebuilds the current row from what is stored, tombstone included; the stream reader deletes the versions of an erased record.
 *
 * @throws Unavailable
 */
export const rebuildCurrent = (
  records: RecordStore,
  context: Pick<RequestContext, 'pause'>,
  kind: Kind,
  id: string,
): Promise<void> => follow(records, context, kind, id, false)

async function follow(
  records: RecordStore,
  context: Pick<RequestContext, 'pause'>,
  kind: Kind,
  id: string,
  removing: boolean,
): Promise<void> {
  await retryWhileOvertaken(context, 'The record is', async () => {
    const row = await records.current(kind, id, true)
    const { versions, tombstone } = await records.loadPartition(kind, id)
    const rebuilt = tombstone.erased ? null : foldAll(versions, tombstone)
    // A purged decision has no expiry that a replica could lose. If this were left to the purge, an interruption would leave its versions:
    // without its row, nothing finds them.
    if (removing && (tombstone.erased || kind === 'decision'))
      await records.remove(versions.filter(v => isCovered(tombstone, v)))
    const outcome = rebuilt ? await records.put(rebuilt, row) : row ? await records.drop(row) : { done: true }
    if (!outcome.done) return RETRY
    // Without a row, a tombstone that arrived meanwhile had nothing to apply to.
    const isNew = row === null && rebuilt !== null
    return !isNew || canonicalJson((await records.loadPartition(kind, id)).tombstone) === canonicalJson(tombstone)
      ? undefined
      : RETRY
  })
}

/**
 * Applies tombstones that arrived between the read and the first put of a record's row, when there was no row yet to apply them to.
 *
 * @throws Unavailable
 */
export async function applyMissedTombstones(
  records: RecordStore,
  context: Pick<RequestContext, 'pause'>,
  kind: Kind,
  ids: readonly string[],
): Promise<void> {
  const tombstoned = await records.findTombstoned(kind, ids, ['purged', 'erased'])
  await Promise.all(tombstoned.map(id => applyTombstone(records, context, kind, id)))
}

/**
 * Deletes the versions that a record's tombstone covers, once every location has it. Returns how many it deleted, and how many are not covered.
 *
 * @param partition the record's, if it was just read.
 */
export async function deletePurgedVersions(
  records: RecordStore,
  kind: Kind,
  id: string,
  partition?: RecordPartition,
): Promise<{ removed: number; left: number }> {
  const { versions, tombstone } = partition ?? (await records.loadPartition(kind, id))
  const covered = versions.filter(v => isCovered(tombstone, v))
  await records.remove(covered)
  return { removed: covered.length, left: versions.length - covered.length }
}
