import type { RequestContext } from '../ports.ts'
import { RETRY, retryWhileOvertaken } from '../retry.ts'
import { applyRemote } from './apply-remote.ts'
import { covers, isCausallyReady } from './clock.ts'
import { type CurrentRecord, foldAll } from './current.ts'
import type { RecordRef, RecordStore } from './port.ts'
import { isFoldedIn } from './read.ts'
import { type Kind, toKey, type Version } from './version.ts'

export interface Reconciled {
  /** How many versions were folded in. */
  folded: number
  /** How many are pending: a version that they depend on is missing. */
  waiting: number
  /** How many fields are in conflict. */
  disputes: number
}

/** The versions of a record to fold, and its row if there is one. */
interface Made {
  row: CurrentRecord | null
  folded: number
  waiting: number
}

const byRecording = (a: Version, b: Version): number => (a.recorded_at < b.recorded_at ? -1 : 1)

/** The first version of a record's life. */
const isBeginning = (v: Version): boolean => v.action === 'create'

async function foldWhole(store: RecordStore, kind: Kind, id: string, row: CurrentRecord | null): Promise<Made> {
  const { versions, tombstone: grave } = await store.loadPartition(kind, id)
  if (grave.erased) await store.remove(versions)
  const rebuilt = grave.erased ? null : foldAll(versions, grave)
  if (rebuilt === null) return { row: null, folded: 0, waiting: versions.length }
  const folded = versions.filter(v => isFoldedIn(rebuilt, v) && !(row && covers(row.clock, v)))
  return { row: rebuilt, folded: folded.length, waiting: rebuilt.pending.length }
}

/** Folds versions into a row; those whose causes are missing become pending. */
async function foldInto(store: RecordStore, row: CurrentRecord, arrived: readonly Version[]): Promise<Made> {
  const read = store.versions(row.kind, row.id, true)
  let [current, folded] = [row, 0]
  let pending = arrived.toSorted(byRecording)
  for (let looked = false; ; ) {
    pending = pending.filter(v => !covers(current.clock, v))
    const ready = pending.find(v => isCausallyReady(current.clock, v))
    if (ready) {
      current = await applyRemote(current, ready, read)
      folded += 1
      continue
    }
    if (looked || folded === 0 || current.pending.length === 0) break
    // The versions that arrived may release pending ones.
    looked = true
    const waited = await Promise.all(current.pending.map(key => store.version(row.kind, row.id, key)))
    const byKey = new Map([...pending, ...waited.filter(v => v !== null)].map(v => [toKey(v), v]))
    pending = [...byKey.values()].toSorted(byRecording)
  }
  const waiting = [...new Set([...current.pending, ...pending.map(toKey)])].sort()
  return { row: { ...current, pending: waiting }, folded, waiting: waiting.length }
}

/**
 * Folds versions of one record from other locations into this location's row, as soon as their causes are present. It accepts any order and
 * any number of repetitions. It cannot undo a local write, because it puts the row only if that is still the one it read.
 *
 * @param record with its row from a consistent read. If there is none, call `applyMissedTombstones` afterwards.
 * @throws Unavailable
 */
export async function reconcile(
  store: RecordStore,
  context: Pick<RequestContext, 'pause'>,
  { kind, id, row: first }: RecordRef & { row: CurrentRecord | null },
  arrived: readonly Version[],
): Promise<Reconciled> {
  let row = first
  let isFirst = true
  return retryWhileOvertaken(context, 'The record is', async () => {
    if (!isFirst) row = await store.current(kind, id, true)
    isFirst = false
    const missing = arrived.filter(v => !row || !covers(row.clock, v))
    // A second first version, or none yet: pending versions may exist without a row to list them.
    const folding =
      row === null || missing.some(isBeginning)
        ? await foldWhole(store, kind, id, row)
        : await foldInto(store, row, missing)
    if (folding.row === null) return { folded: 0, waiting: folding.waiting, disputes: 0 }
    const result = { folded: folding.folded, waiting: folding.waiting, disputes: folding.row.disputes.length }
    if (row && folding.folded === 0 && folding.waiting === row.pending.length) return result
    return (await store.put(folding.row, row)).done ? result : RETRY
  })
}
