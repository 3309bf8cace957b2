/** Compares two values of a custom field. Weights log2(m/u) after Fellegi and Sunter (1969). */
import { editSimilarity } from './edit-distance.ts'
import { normalise } from './normalise.ts'
import { isSamePhone } from './phone.ts'

export interface DetailAgreement {
  comparison: string
  similarity: number
  /** log2(m/u). */
  bits: number
}

const LONGEST = 60

/** Contact data belongs to one household. */
const CONTACT_BITS = 8
const EMAIL = /^[^\s@]+@[^\s@]+$/

const isSameContact = (query: string, customer: string): boolean =>
  isSamePhone(query, customer) || (query === customer && EMAIL.test(customer))

/** The agreement of a query's value and a customer's of one field, compared as normalised text. */
export function compareDetails(a: string | number | boolean, b: string | number | boolean): DetailAgreement {
  if (isSameContact(String(a), String(b))) return { comparison: 'exact', similarity: 1, bits: CONTACT_BITS }
  const [x, y] = [normalise(String(a)).slice(0, LONGEST), normalise(String(b)).slice(0, LONGEST)]
  if (x === y) return { comparison: 'exact', similarity: 1, bits: typeof a === 'boolean' ? 1 : 4 }
  const similarity = editSimilarity(x, y)
  return similarity >= 0.8
    ? { comparison: 'spelling', similarity, bits: 2 }
    : { comparison: 'different', similarity, bits: -2 }
}
