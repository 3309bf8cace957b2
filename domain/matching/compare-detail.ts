/** Compares two values of a custom field. Weights log2(m/u) after Fellegi and Sunter (1969). */
import { editSimilarity } from './edit-distance.ts'
import { normalise } from './normalise.ts'

export interface DetailAgreement {
  comparison: string
  similarity: number
  /** log2(m/u). */
  bits: number
}

const LONGEST = 60

/** The agreement of two values of one field, compared as normalised text. */
export function compareDetails(a: string | number | boolean, b: string | number | boolean): DetailAgreement {
  const [x, y] = [normalise(String(a)).slice(0, LONGEST), normalise(String(b)).slice(0, LONGEST)]
  if (x === y) return { comparison: 'exact', similarity: 1, bits: typeof a === 'boolean' ? 1 : 4 }
  const similarity = editSimilarity(x, y)
  return similarity >= 0.8
    ? { comparison: 'spelling', similarity, bits: 2 }
    : { comparison: 'different', similarity, bits: -2 }
}
