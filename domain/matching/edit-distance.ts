/**
 * Edit distance: the number of typing errors between two words.
 *
 * Source: Damerau ("A technique for computer detection and correction of spelling errors", 1964) and Levenshtein (1966), as optimal string
 * alignment: a deletion, an insertion, a substitution and a transposition of adjacent letters cost 1 each. Computed column by column in the
 * bits of one integer, after Hyyrö ("A bit-vector algorithm for computing Levenshtein and Damerau edit distances", 2003).
 */
const LONGEST = 31

/** For each letter, the positions of the letter in the first word. */
const places = new Int32Array(128)

/** The number of single-letter edits and transpositions from `a` to `b`. Words are ASCII; only their first 31 letters count. */
export function editDistance(a: string, b: string): number {
  const [m, n] = [Math.min(a.length, LONGEST), Math.min(b.length, LONGEST)]
  if (m === 0) return n
  for (let i = 0; i < m; i++) places[a.charCodeAt(i) & 127] = (places[a.charCodeAt(i) & 127] ?? 0) | (1 << i)
  const last = 1 << (m - 1)
  let [distance, up, down, same, before] = [m, -1, 0, 0, 0]
  for (let j = 0; j < n; j++) {
    const positions = places[b.charCodeAt(j) & 127] ?? 0
    const swapped = ((~same & positions) << 1) & before
    same = (((positions & up) + up) ^ up) | positions | down | swapped
    let right = down | ~(same | up)
    let left = same & up
    if ((right & last) !== 0) distance++
    else if ((left & last) !== 0) distance--
    right = (right << 1) | 1
    left <<= 1
    up = left | ~(same | right)
    down = right & same
    before = positions
  }
  for (let i = 0; i < m; i++) places[a.charCodeAt(i) & 127] = 0
  return distance
}

/** 1 for equal words, 0 for words that share nothing: 1 − edits / letters of the longer one. */
export function editSimilarity(a: string, b: string): number {
  const longest = Math.min(Math.max(a.length, b.length), LONGEST)
  return longest === 0 ? 0 : 1 - editDistance(a, b) / longest
}

/** The greatest similarity that words of these lengths may have. */
export function maxEditSimilarity(a: number, b: number): number {
  const [shorter, longer] = [Math.min(a, b, LONGEST), Math.min(Math.max(a, b), LONGEST)]
  return longer === 0 ? 0 : 1 - (longer - shorter) / longer
}
