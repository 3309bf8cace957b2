/**
 * Edit distance: how many slips of a finger lie between two words.
 *
 * Source: Damerau ("A technique for computer detection and correction of spelling errors", 1964) and Levenshtein (1966),
 * in the form of optimal string alignment: a letter dropped, added, exchanged, or two neighbours swapped cost 1 each.
 */
const LONGEST = 64
const before = new Uint8Array(LONGEST)
const above = new Uint8Array(LONGEST)
const row = new Uint8Array(LONGEST)

/** The number of single-letter edits and swaps of neighbours from `a` to `b`; words count in their first 63 letters. */
export function editDistance(a: string, b: string): number {
  const [m, n] = [Math.min(a.length, LONGEST - 1), Math.min(b.length, LONGEST - 1)]
  for (let j = 0; j <= n; j++) above[j] = j
  for (let i = 1; i <= m; i++) {
    const from = a.charCodeAt(i - 1)
    row[0] = i
    for (let j = 1; j <= n; j++) {
      const to = b.charCodeAt(j - 1)
      let least = Math.min((above[j - 1] ?? 0) + (from === to ? 0 : 1), (above[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1)
      if (i > 1 && j > 1 && from === b.charCodeAt(j - 2) && a.charCodeAt(i - 2) === to) {
        least = Math.min(least, (before[j - 2] ?? 0) + 1)
      }
      row[j] = least
    }
    before.set(above.subarray(0, n + 1))
    above.set(row.subarray(0, n + 1))
  }
  return above[n] ?? 0
}

/** 1 for equal words, 0 for words that share nothing: 1 − edits / letters of the longer one. */
export function editSimilarity(a: string, b: string): number {
  const longest = Math.min(Math.max(a.length, b.length), LONGEST - 1)
  return longest === 0 ? 0 : 1 - editDistance(a, b) / longest
}
