import { Gone } from '../errors.ts'
import type { RequestContext } from '../ports.ts'
import { RETRY, retryWhileOvertaken } from '../retry.ts'
import { rebuildCurrent } from './apply-tombstone.ts'
import { type CurrentRecord, foldAll } from './current.ts'
import type { RecordRef, RecordStore } from './port.ts'
import type { Write } from './prepare-write.ts'
import { StaleRead } from './read.ts'
import type { Tombstone } from './tombstone.ts'
import type { Clock, Kind, Version } from './version.ts'

/** What to do with a record: write it, replay the version that the same statement made before, update its current row only, or nothing. */
export type Decision = Write | { replay: Version } | { touch: CurrentRecord } | null

/** Folds a record's current row from its stored partition; null if there is nothing to fold. */
export async function foldFromStore(
  store: RecordStore,
  kind: Kind,
  id: string,
): Promise<{ row: CurrentRecord | null; tombstone: Tombstone }> {
  const { versions, tombstone } = await store.loadPartition(kind, id)
  return { row: foldAll(versions, tombstone), tombstone }
}

/** Loads the current row, or folds it from the partition if this location's views were deleted. */
async function load(store: RecordStore, kind: Kind, id: string): Promise<LoadedRecord> {
  const stored = await store.current(kind, id, true)
  if (stored) return { row: stored, stored: true, purged: {} }
  const { row, tombstone } = await foldFromStore(store, kind, id)
  if (tombstone.erased) throw new Gone('This record was erased')
  return { row, stored: false, purged: tombstone.purged }
}

/** A current row, whether it is stored, and the purged clock of an earlier life of the record if there is no row. */
interface LoadedRecord {
  row: CurrentRecord | null
  stored: boolean
  purged: Clock
}

/** Runs `decide`; `RETRY` if the row is older than the versions that were read, for example after a purge. */
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

/**
 * Changes a record: reads it, lets `decide` prepare a write, and commits version and row together. If another write came first, it reads and
 * decides again, so that changes of different fields are all kept.
 *
 * @param decide what it throws ends the attempt.
 * @param isNew the id has just been generated, so there is nothing to read.
 * @returns the row after the change, and the version to replay if the statement was made before.
 * @throws Gone if the record was erased; Unavailable if no attempt won.
 */
export async function updateRecord(
  store: RecordStore,
  context: RequestContext,
  kind: Kind,
  id: string,
  decide: (row: CurrentRecord | null, purged: Clock) => Promise<Decision>,
  isNew = false,
): Promise<{ row: CurrentRecord | null; replay: Version | null }> {
  let loaded: LoadedRecord | null = isNew ? { row: null, stored: true, purged: {} } : null
  return retryWhileOvertaken(context, 'The record is', async () => {
    const { row, stored, purged } = loaded ?? (await load(store, kind, id))
    loaded = null
    const decision = await catchStaleRead(() => decide(row, purged))
    if (decision === RETRY) {
      await rebuildCurrent(store, context, kind, id)
      return RETRY
    }
    if (decision === null) return { row, replay: null }
    if ('replay' in decision) return { row, replay: decision.replay }
    if ('touch' in decision && !stored) return { row, replay: null }
    const outcome =
      'touch' in decision
        ? await store.put(decision.touch, row)
        : await store.commit([stored ? decision : { ...decision, expected: null }])
    if (outcome.done) {
      if (!stored) await assertNotErased(store, kind, [id])
      return { row: 'touch' in decision ? decision.touch : decision.row, replay: null }
    }
    const [winner] = outcome.rows
    if (winner) loaded = { row: winner, stored: true, purged: {} }
    return RETRY
  })
}

/**
 * Changes several records, all or none: reads them, lets `decide` prepare the writes, and commits these together. If another write came
 * first, it starts over.
 *
 * @param decide gets a row for each id, null if there is none; what it throws ends the attempt.
 * @throws Gone, Unavailable
 */
export async function updateRecords(
  store: RecordStore,
  context: RequestContext,
  refs: readonly RecordRef[],
  decide: (rows: readonly (CurrentRecord | null)[]) => Promise<readonly Write[]>,
): Promise<void> {
  await retryWhileOvertaken(context, 'The records are', async () => {
    const loaded = await Promise.all(refs.map(({ kind, id }) => load(store, kind, id)))
    const storedIds = new Set(loaded.flatMap(({ row, stored }) => (row && stored ? [row.id] : [])))
    const writes = await catchStaleRead(() => decide(loaded.map(({ row }) => row)))
    if (writes === RETRY) {
      await Promise.all(refs.map(({ kind, id }) => rebuildCurrent(store, context, kind, id)))
      return RETRY
    }
    if (writes.length === 0) return undefined
    const outcome = await store.commit(
      writes.map(write => (storedIds.has(write.row.id) ? write : { ...write, expected: null })),
    )
    if (!outcome.done) return RETRY
    for (const [kind, records] of Map.groupBy(refs, ref => ref.kind)) {
      const createdIds = records.map(({ id }) => id).filter(id => !storedIds.has(id))
      await assertNotErased(store, kind, createdIds)
    }
    return undefined
  })
}
