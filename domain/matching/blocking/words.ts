/** The words by which indexes and the list find a person. */
import type { Person } from '#contract/schemas/search.ts'
import { documentKey } from '../exact-keys.ts'
import { MAX_WORD_LENGTH } from '../name-token.ts'
import { words } from '../normalise.ts'

/** A word as indexes store it, cut to their maximum length. */
export const truncateWord = (word: string): string => word.slice(0, MAX_WORD_LENGTH)

/** The words of a person's names. */
export const nameWords = (person: Person): Set<string> =>
  new Set(words(`${person.given_name ?? ''} ${person.surname ?? ''}`).map(truncateWord))

/** The words of a document number (separate and joined) and of the details. */
export function otherWords(person: Person): Set<string> {
  const number = documentKey(person.document_number)
  const texts = [person.document_number ?? '', ...Object.values(person.details).map(String)]
  return new Set([...texts.flatMap(words), ...(number === null ? [] : [number])].map(truncateWord))
}

/** Whether every (normalised) word occurs in a person. */
export function containsAll(person: Person, requiredWords: readonly string[]): boolean {
  const [names, others] = [nameWords(person), otherWords(person)]
  return requiredWords.map(truncateWord).every(word => names.has(word) || others.has(word))
}
