import { canonicalJson } from '../canonical-json.ts'
import type { CandidateIndex, IndexEntry } from './port.ts'

export type Difference = 'missing' | 'behind' | 'ahead' | 'different'

/** How an index entry differs from the expected one; null if it does not. */
export function toDifference(wanted: IndexEntry, held: IndexEntry | undefined): Difference | null {
  if (held === undefined) return 'missing'
  if (held.version !== wanted.version) return held.version < wanted.version ? 'behind' : 'ahead'
  return canonicalJson([held.person, held.past]) === canonicalJson([wanted.person, wanted.past]) ? null : 'different'
}

/** The entries that differ in the current (or named) index, and how. One round trip. @throws Unavailable */
export async function differing(
  index: CandidateIndex,
  entries: readonly IndexEntry[],
  name?: string,
): Promise<{ wanted: IndexEntry; held: IndexEntry | undefined; difference: Difference }[]> {
  if (entries.length === 0) return []
  const ids = entries.map(({ id }) => id)
  const held = new Map((await index.getMany(ids, name)).map(entry => [entry.id, entry]))
  return entries.flatMap(wanted => {
    const difference = toDifference(wanted, held.get(wanted.id))
    return difference === null ? [] : [{ wanted, held: held.get(wanted.id), difference }]
  })
}
