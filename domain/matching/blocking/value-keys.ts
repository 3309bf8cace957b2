/** Blocking keys of dates of birth and document numbers. Source: blocking as in Newcombe et al. (1959). */
import { type PartialDate, readDate } from '../compare-dob.ts'
import { foldLookAlikes } from '../document.ts'
import { documentKey } from '../exact-keys.ts'
import { withoutOneLetter } from './spelling-keys.ts'
import { truncateWord } from './words.ts'

/** A key that two records of one person probably share. */
export interface BlockingKey {
  key: string
  /** The evidence, in bits, of two people sharing the key. */
  bits: number
}

/** An error in one part of a date, or exchanged day and month, leaves one of the keys intact. */
function keysOfDate({ year, month, day }: PartialDate): BlockingKey[] {
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

/** The keys of a date of birth, which may be partial; none without a date. */
export function toDobKeys(dob: string | null): BlockingKey[] {
  const date = readDate(dob)
  return date === null ? [] : keysOfDate(date)
}

/** Numbers outside these lengths have one key only. */
const MIN_NUMBER_LENGTH = 5
const MAX_NUMBER_LENGTH = 24

/**
 * The keys of a document number: itself, and itself without each of its characters. A single error leaves one in common, and so do
 * characters that look alike. */
export function toDocumentKeys(document_number: string | null): BlockingKey[] {
  const number = documentKey(document_number)
  if (number === null) return []
  const key = truncateWord(number)
  const deletions = key.length < MIN_NUMBER_LENGTH || key.length > MAX_NUMBER_LENGTH ? [] : withoutOneLetter(key)
  const lookAlike = /[oil01]/.test(key) ? [{ key: `=${foldLookAlikes(key)}`, bits: 9 }] : []
  return [{ key, bits: 14 }, ...lookAlike, ...deletions.map(deletion => ({ key: deletion, bits: 10 }))]
}
