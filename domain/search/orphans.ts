import type { RecordStore } from '../records/port.ts'
import { foldFromStore } from '../records/update-record.ts'
import { toDeletionMarker } from './entry.ts'
import type { CandidateIndex, IndexEntry } from './port.ts'

/** How many records are folded from their versions concurrently. */
const AT_ONCE = 10

/**
 * Finds ids that the index lists although they have neither a row nor a version. Returns a deletion marker for each.
 *
 * A record that is created again under the same id starts with a version above everything that its purge covered, and therefore above the
 * marker.
 *
 * @throws Unavailable
 */
export async function orphansAmong(
  { records, index }: { records: RecordStore; index: CandidateIndex },
  ids: readonly string[],
): Promise<IndexEntry[]> {
  const without = async (chunk: readonly string[], consistent: boolean) => {
    const existing = new Set((await records.currents('customer', chunk, consistent)).map(({ id }) => id))
    return chunk.filter(id => !existing.has(id))
  }
  const likely = await without(ids, false)
  if (likely.length === 0) return []
  // The index was read first: a row exists before its entry.
  const entries = await index.getMany(likely)
  const missing = new Set(await without(likely, true))
  const open = entries.filter(({ id, person }) => person !== null && missing.has(id))
  const orphans: IndexEntry[] = []
  for (let from = 0; from < open.length; from += AT_ONCE) {
    const chunk = open.slice(from, from + AT_ONCE)
    const rows = await Promise.all(chunk.map(async ({ id }) => (await foldFromStore(records, 'customer', id)).row))
    // If only the row is missing, the next write rebuilds it: the entry is correct.
    orphans.push(...chunk.filter((_, n) => rows[n] === null))
  }
  return orphans.map(toDeletionMarker)
}
