/** Values of the fields that identify a customer by which nobody could be found. */
import { IDENTIFYING, type Statement } from '#contract/schemas/customer.ts'
import type { FieldError } from '#contract/schemas/problem.ts'

/** Fillers of Hangul are letters by their category, but blank. */
const LETTER_OR_DIGIT = /(?![\u115F\u1160\u3164\uFFA0])[\p{L}\p{N}]/u

/** What decoding writes in place of a character that it could not read. */
const REPLACEMENT = '\uFFFD'

/** A number in scientific notation, as a spreadsheet shows and saves one of more digits than it displays. */
const CUT_BY_SPREADSHEET = /^[+-]?\d(?:[.,]\d+)?E\+\d{2,3}$/iu

function faultOf(name: (typeof IDENTIFYING)[number], value: string): string | null {
  if (value.includes(REPLACEMENT))
    return 'has the character U+FFFD, which stands for one that was lost: read the file in its own encoding'
  if (!LETTER_OR_DIGIT.test(value)) return 'has no letter or digit: leave it empty if it is not known'
  if (name === 'document_number' && CUT_BY_SPREADSHEET.test(value.normalize('NFKC').trim()))
    return 'was cut by a spreadsheet: format the column as text, and enter the whole number again'
  return null
}

/** The errors of names and document numbers by which nobody could be found. */
export const identityFaults = (statement: Statement): FieldError[] =>
  IDENTIFYING.flatMap(name => {
    const value = statement[name]
    const detail = typeof value === 'string' ? faultOf(name, value) : null
    return detail === null ? [] : [{ pointer: `#/${name}`, detail }]
  })
