import { Gone, Unavailable } from '../errors.ts'
import type { RequestContext } from '../ports.ts'
import { rebuildCurrent } from './apply-tombstone.ts'
import { type CurrentRecord, foldAll } from './current.ts'
import type { RecordStore } from './port.ts'
import type { Write } from './prepare-write.ts'
import { StaleRead } from './read.ts'
import type { Tombstone } from './tombstone.ts'
import type { Clock, Kind, Version } from './version.ts'

/** What to do with a record: write it, replay the version that the same statement made before, update its current row only, or nothing. */
export type Decision = Write | { again: Version } | { keep: CurrentRecord } | null

/** Folds a record's current row from its stored partition; null if there is nothing to fold. */
export async function foldFromStore(
  store: RecordStore,
  kind: Kind,
  id: string,
): Promise<{ row: CurrentRecord | null; grave: Tombstone }> {
  const { versions, grave } = await store.loadPartition(kind, id)
  return { row: foldAll(versions, grave), grave }
}

/** Loads the current row, or folds it from the partition if this location's views were deleted. */
async function load(store: RecordStore, kind: Kind, id: string): Promise<LoadedRecord> {
  const stored = await store.current(kind, id, true)
  if (stored) return { row: stored, stored: true, purged: {} }
  const { row, grave } = await foldFromStore(store, kind, id)
  if (grave.erased) throw new Gone('This record was erased')
  return { row, stored: false, purged: grave.purged }
}

/** A current row, whether it is stored, and the purged clock of an earlier life of the record if there is no row. */
interface LoadedRecord {
  row: CurrentRecord | null
  stored: boolean
  purged: Clock
}

/** Returned when the row is older than the versions read, for example after a purge; the caller retries. */
export const RETRY = 'stale'

export async function catchStaleRead<T>(decide: () => Promise<T>): Promise<T | typeof RETRY> {
  try {
    return await decide()
  } catch (error) {
    if (error instanceof StaleRead) return RETRY
    throw error
  }
}

/** Checks records that had no row when they were written. @throws Gone if one was erased meanwhile; the stream reader removes the write. */
async function assertNotErased(store: RecordStore, kind: Kind, ids: readonly string[]): Promise<void> {
  const erased = await store.findTombstoned(kind, ids, ['erased'])
  if (erased.length > 0) throw new Gone('This record was erased')
}

/** How often a write is retried after another write to the same record won. */
const ATTEMPTS = 40

/**
 * Changes a record: reads it, lets `decide` draft the write, and commits both rows. Where another write came between, the draft is
 * made anew on what that one left, so that changes of different fields are all kept.
 *
 * @param decide what it throws ends the attempt.
 * @param fresh the id was made just now, so there is nothing to read.
 * @throws Gone when the record was erased; Unavailable when it is written so often that no attempt won.
 */
export async function updateRecord(
  store: RecordStore,
  call: RequestContext,
  kind: Kind,
  id: string,
  decide: (row: CurrentRecord | null, purged: Clock) => Promise<Decision>,
  fresh = false,
): Promise<{ row: CurrentRecord | null; again: Version | null }> {
  let known: LoadedRecord = fresh ? { row: null, stored: true, purged: {} } : await load(store, kind, id)
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const decision = await catchStaleRead(() => decide(known.row, known.purged))
    if (decision === RETRY) {
      await rebuildCurrent(store, call, kind, id)
      known = await load(store, kind, id)
      continue
    }
    if (decision === null) return { row: known.row, again: null }
    if ('again' in decision) return { row: known.row, again: decision.again }
    if ('keep' in decision && !known.stored) return { row: known.row, again: null }
    const outcome =
      'keep' in decision
        ? await store.put(decision.keep, known.row)
        : await store.commit([known.stored ? decision : { ...decision, expected: null }])
    if (outcome.done) {
      if (!known.stored) await assertNotErased(store, kind, [id])
      return { row: 'keep' in decision ? decision.keep : decision.row, again: null }
    }
    await call.pause(attempt)
    const [found] = outcome.rows
    known = found ? { row: found, stored: true, purged: {} } : await load(store, kind, id)
  }
  throw new Unavailable('The record is changing too often: try again')
}

/**
 * Changes several records in one go, all or none: reads them, lets `decide` draft the writes, and commits these together; anew where
 * another write came between.
 *
 * @param decide gets a row for each id, null for one that is not there; what it throws ends the attempt.
 * @throws Unavailable
 */
export async function updateRecords(
  store: RecordStore,
  call: RequestContext,
  ids: readonly { kind: Kind; id: string }[],
  decide: (rows: readonly (CurrentRecord | null)[]) => Promise<readonly Write[]>,
): Promise<void> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const known = await Promise.all(ids.map(({ kind, id }) => load(store, kind, id)))
    const stored = new Set(known.flatMap(({ row, stored }) => (row && stored ? [row.id] : [])))
    const writes = await catchStaleRead(() => decide(known.map(({ row }) => row)))
    if (writes !== RETRY) {
      if (writes.length === 0) return
      const outcome = await store.commit(
        writes.map(write => (stored.has(write.row.id) ? write : { ...write, expected: null })),
      )
      if (outcome.done) {
        for (const [kind, records] of Map.groupBy(ids, ({ kind }) => kind)) {
          const begun = records.map(({ id }) => id).filter(id => !stored.has(id))
          await assertNotErased(store, kind, begun)
        }
        return
      }
      await call.pause(attempt)
    } else await Promise.all(ids.map(({ kind, id }) => rebuildCurrent(store, call, kind, id)))
  }
  throw new Unavailable('The records are changing too often: try again')
}
