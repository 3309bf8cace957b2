import type { LookupQuery } from '#contract/schemas/query.ts'
import { documentKey, nameKey } from '../matching/exact-keys.ts'
import { keyedHash } from './keyed-hashes.ts'
import type { RateLimiter } from './port.ts'

/**
 * How many different values may be tried per day and location together with one name or number, whoever tries them. There are at most five
 * locations, so that nobody gets more than 50 guesses a day.
 */
export const MAX_GUESSES = 10

/** Which exact comparisons a lookup may make. */
export interface Comparisons {
  /** Full name and date of birth. */
  nameAndDate: boolean
  /** Document number and surname. */
  numberAndSurname: boolean
  /** Document number and date of birth. */
  numberAndDate: boolean
}

const FULL_DATE = /^\d{4}-\d{2}-\d{2}$/

/**
 * Counts the date and the document number of a lookup as guesses for its name, and the date as a guess for its document number. A comparison
 * is allowed if both values are stated and the budget has room, or has counted the same value today.
 *
 * @param key of the hashes under which names, dates and numbers are counted.
 */
export async function takeGuesses(
  limiter: RateLimiter,
  { surname = null, given_name = null, dob = null, document_number = null }: LookupQuery,
  day: string,
  key: string,
): Promise<Comparisons> {
  const name = nameKey({ surname, given_name })
  const family = nameKey({ surname, given_name: null })
  const number = documentKey(document_number)
  const date = dob !== null && FULL_DATE.test(dob) ? dob : null
  const mayCompare = async (scope: string, known: string | null, guess: string | null): Promise<boolean> =>
    known !== null &&
    guess !== null &&
    limiter.consumeDistinct(
      `guess#${scope}#${keyedHash(key, scope, known)}`,
      day,
      keyedHash(key, 'guess', guess),
      MAX_GUESSES,
    )
  const [nameAndDate, numberAndSurname, numberAndDate] = await Promise.all([
    mayCompare('name', name, date),
    mayCompare('surname', family, number),
    mayCompare('number', number, date),
  ])
  return { nameAndDate, numberAndSurname, numberAndDate }
}
