/**
 * Blocking keys: what two records of one person probably share, so that an index can find the few who are worth scoring.
 * Source: blocking as in Newcombe (1959); neighbours of a number by deletion as in Mor and Fraenkel (1982).
 */
import type { PartialDate } from './compare-dob.ts'

export interface BlockingKey {
  key: string
  /** About how many bits it says that two people share it. */
  bits: number
}

/** Keys of a date of birth: a slip in one of its parts, or day and month in each other's place, leaves one of them whole. */
export function dobKeys({ year, month, day }: PartialDate): BlockingKey[] {
  const keys = [{ key: `y${year}`, bits: 3 }]
  if (month !== null) keys.push({ key: `y${year}m${month}`, bits: 4 })
  if (month !== null && day !== null) {
    const [low, high] = month < day ? [month, day] : [day, month]
    keys.push(
      { key: `y${year}d${day}`, bits: 4 },
      { key: `m${month}d${day}`, bits: 4 },
      { key: `y${year}:${low}:${high}`, bits: 8 },
    )
  }
  return keys
}

/** Longer numbers are looked up as they are. */
const MAX_NUMBER_LENGTH = 24
const MIN_NUMBER_LENGTH = 5

/** Keys of a document key (see keys.ts): it, and it without each of its characters; a single slip leaves one in common. */
export function documentKeys(number: string): BlockingKey[] {
  const keys = [{ key: number, bits: 14 }]
  if (number.length < MIN_NUMBER_LENGTH || number.length > MAX_NUMBER_LENGTH) return keys
  for (let i = 0; i < number.length; i++) keys.push({ key: number.slice(0, i) + number.slice(i + 1), bits: 10 })
  return keys
}
