import { canonicalJson } from '../canonical-json.ts'
import type { CandidateIndex, IndexEntry } from './port.ts'

export type Difference = 'missing' | 'behind' | 'ahead' | 'different'

const toContent = ({ person, past, listing }: IndexEntry): unknown => [person, past, listing ?? null]

/** How an index entry differs from the expected one; null if it does not. */
export function toDifference(expected: IndexEntry, actual: IndexEntry | undefined): Difference | null {
  if (actual === undefined) return 'missing'
  if (actual.version !== expected.version) return actual.version < expected.version ? 'behind' : 'ahead'
  return canonicalJson(toContent(actual)) === canonicalJson(toContent(expected)) ? null : 'different'
}

/** An entry that differs from the expected one. */
export interface EntryDifference {
  expected: IndexEntry
  actual: IndexEntry | undefined
  difference: Difference
}

/** The entries that differ in the current (or named) index, and how. One round trip. @throws Unavailable */
export async function differing(
  index: CandidateIndex,
  entries: readonly IndexEntry[],
  name?: string,
): Promise<EntryDifference[]> {
  if (entries.length === 0) return []
  const ids = entries.map(({ id }) => id)
  const actual = new Map((await index.getMany(ids, name)).map(entry => [entry.id, entry]))
  return entries.flatMap((expected): EntryDifference[] => {
    const difference = toDifference(expected, actual.get(expected.id))
    return difference === null ? [] : [{ expected, actual: actual.get(expected.id), difference }]
  })
}
