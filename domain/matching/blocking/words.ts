/** The words by which indexes and the list find a person. */
import type { Person } from '#contract/schemas/search.ts'
import { MIN_TYPED_BEGINNING, MIN_TYPED_PART } from '../compare-token.ts'
import { documentKey } from '../exact-keys.ts'
import { readNames } from '../name-readings.ts'
import { MAX_WORD_LENGTH } from '../name-token.ts'
import { words } from '../normalise.ts'
import { isE164, toPhoneEnd } from '../phone.ts'

/** A word as indexes store it, cut to their maximum length. */
export const truncateWord = (word: string): string => word.slice(0, MAX_WORD_LENGTH)

/** Single letters that follow one another, as one word: A. B. C. is also written ABC. */
export function toInitialisms(words: readonly string[]): string[] {
  const joined = words.map(word => (word.length === 1 ? word : ' ')).join('')
  return joined.match(/[^ ]{2,}/g) ?? []
}

/** The words of a person's names, in each of their readings. */
export function nameWords(person: Person): Set<string> {
  const readings = readNames({ surname: person.surname, given_name: person.given_name })
  const ofNames = readings.flatMap(({ given_name, surname }) => {
    const ofName = [...words(given_name ?? ''), ...words(surname ?? '')]
    return [...ofName, ...toInitialisms(ofName)]
  })
  return new Set(ofNames.map(truncateWord))
}

/** The words of a detail. A telephone number (E.164) is also found by its end. */
const detailWords = (text: string): string[] => [...words(text), ...(isE164(text) ? toPhoneEnd(text) : [])]

/** The words of a document number (separate and joined) and of the details. */
export function otherWords(person: Person): Set<string> {
  const number = documentKey(person.document_number)
  const ofDetails = Object.values(person.details).flatMap(value => detailWords(String(value)))
  const ofNumber = [...words(person.document_number ?? ''), ...(number === null ? [] : [number])]
  return new Set([...ofNumber, ...ofDetails].map(truncateWord))
}

/** Whether one of the words begins with a text, or contains it, as long as the text says enough. */
function isPartOfAny(text: string, whole: ReadonlySet<string>): boolean {
  if (whole.has(text)) return true
  if (text.length < MIN_TYPED_BEGINNING) return false
  return [...whole].some(word => word.startsWith(text) || (text.length >= MIN_TYPED_PART && word.includes(text)))
}

/**
 * Whether every (normalised) word occurs in a person: in a name as a word, its beginning (from two letters) or a part of it (from three),
 * elsewhere as a word.
 */
export function containsAll(person: Person, requiredWords: readonly string[]): boolean {
  const [names, others] = [nameWords(person), otherWords(person)]
  return requiredWords.map(truncateWord).every(word => isPartOfAny(word, names) || others.has(word))
}
