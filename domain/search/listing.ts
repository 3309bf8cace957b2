import { words } from '../matching/normalise.ts'
import type { CurrentRecord } from '../records/current.ts'
import type { Value } from '../records/version.ts'
import type { Listing } from './port.ts'

/** Sorts after every word: customers without a surname come last. */
const LAST = '~'
/** Sorts before every character of a word: a shorter name comes before a longer one that begins with it. */
const SEPARATOR = '\u0001'
const MAX_LENGTH = 120

const toWords = (name: Value | undefined): string => words(name === undefined ? '' : String(name)).join(' ')

/** The names as one text that sorts by surname, then by given name, in Latin letters without case and accents. */
function toNameKey(surname: Value | undefined, given_name: Value | undefined): string {
  const [first, second] = [toWords(surname), toWords(given_name)]
  return `${first === '' ? LAST : first}${SEPARATOR}${second === '' ? LAST : second}`.slice(0, MAX_LENGTH)
}

/** The place of a customer in sorted lists. */
export const toListing = ({
  snapshot,
  created_at,
  updated_at,
}: Pick<CurrentRecord, 'snapshot' | 'created_at' | 'updated_at'>): Listing => ({
  state: String(snapshot.state ?? 'active'),
  type: String(snapshot.type ?? 'PERSON'),
  surname: toNameKey(snapshot.surname, snapshot.given_name),
  created_at,
  updated_at,
})
