/** Compares two document numbers by edit distance. Weights log2(m/u) after Fellegi and Sunter (1969). */
import { editDistance } from './edit-distance.ts'

export interface DocumentAgreement {
  comparison: string
  similarity: number
  /** log2(m/u). */
  bits: number
}

/** The minimum length of a number for near or partial agreement to count. */
const MIN_CHARACTERS = 5
const LONGEST = 40

/** A number with characters that look alike written as one. */
export const foldLookAlikes = (key: string): string => key.replace(/o/g, '0').replace(/[il]/g, '1')

/** The agreement of two document keys (`documentKey`). Symmetric. */
export function compareDocuments(a: string, b: string): DocumentAgreement {
  if (a === b) return { comparison: 'exact', similarity: 1, bits: a.length >= MIN_CHARACTERS ? 18 : 4 + 2 * a.length }
  const [short, long] = a.length < b.length ? [a, b] : [b, a]
  if (short.length >= MIN_CHARACTERS && long.length <= LONGEST) {
    const edits = editDistance(a, b)
    const similarity = 1 - edits / long.length
    if (edits === 1) return { comparison: 'one character off', similarity, bits: 10 }
    if (foldLookAlikes(a) === foldLookAlikes(b))
      return { comparison: 'characters that look alike', similarity, bits: 9 }
    if (edits === 2 && long.length >= 8) return { comparison: 'two characters off', similarity, bits: 6 }
    if (long.startsWith(short) || long.endsWith(short)) return { comparison: 'a part', similarity: 0.7, bits: 7 }
  }
  return { comparison: 'different', similarity: 0, bits: -4 }
}
