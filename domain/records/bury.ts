import { Unavailable } from '../errors.ts'
import type { Call, RecordStore } from '../ports.ts'
import { foldAll } from './current.ts'
import { lies } from './grave.ts'
import type { Kind } from './version.ts'

const ATTEMPTS = 40

/**
 * Makes a location's row follow from the graves of its record that have come: of one that was purged what is left, if anything is; of one
 * that was erased nothing, and its versions go at once. Those of a purge go later (`sweep`), so that no replica loses the expiry before
 * it has the mark.
 *
 * @throws Unavailable
 */
export async function followGrave(
  records: RecordStore,
  { pause }: Pick<Call, 'pause'>,
  kind: Kind,
  id: string,
): Promise<void> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const row = await records.current(kind, id, true)
    const { versions, grave } = await records.whole(kind, id)
    const made = grave.erased ? null : foldAll(versions, grave)
    if (grave.erased) await records.remove(versions)
    const outcome = made ? await records.put(made, row) : row ? await records.drop(row) : { done: true }
    if (outcome.done) return
    await pause(attempt)
  }
  throw new Unavailable('The record is being changed too often at the moment')
}

/** Removes the versions of a record that lie under its grave: once every location has that. */
export async function sweep(records: RecordStore, kind: Kind, id: string): Promise<void> {
  const { versions, grave } = await records.whole(kind, id)
  await records.remove(versions.filter(v => lies(grave, v)))
}
