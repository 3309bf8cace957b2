/** The keys under which indexes find a person: what a misheard, misspelt or partial name still shares with the right one. */
import type { Person } from '#contract/schemas/search.ts'
import { nameOfPerson } from '../full-name.ts'
import { readNames } from '../name-readings.ts'
import { type NameToken, nameFormsIn } from '../name-token.ts'
import { toBeginnings, toDeletions, toParts, toSoundKeys } from './spelling-keys.ts'
import { toDobKeys, toDocumentKeys } from './value-keys.ts'
import { nameWords, otherWords } from './words.ts'

/** Exact keys of one or more persons, each once. */
export interface ExactKeys {
  /** The words of the names. */
  word: string[]
  /** The words of the document number and of the details. */
  other: string[]
  dob: string[]
  document: string[]
}

/** Keys for indexes that cannot compare words themselves. */
export interface SpellingKeys {
  /** The words, also without one or two letters. */
  slip: string[]
  sound: string[]
  /** Beginnings of the words. */
  start: string[]
  /** Parts of three letters of the words. */
  part: string[]
  /** Adjacent words of the names, joined. */
  joined: string[]
}

const unique = (keys: readonly string[]): string[] => [...new Set(keys)]

export function toExactKeys(persons: readonly Person[]): ExactKeys {
  const [word, other, dob, document] = [new Set<string>(), new Set<string>(), new Set<string>(), new Set<string>()]
  for (const person of persons) {
    for (const key of nameWords(person)) word.add(key)
    for (const key of otherWords(person)) other.add(key)
    for (const { key } of toDobKeys(person.dob)) dob.add(key)
    for (const { key } of toDocumentKeys(person.document_number)) document.add(key)
  }
  return { word: [...word], other: [...other], dob: [...dob], document: [...document] }
}

/** The words of a person's names, in each of their readings. */
export const nameTokens = ({ surname, given_name }: Person): NameToken[] => [
  ...new Set(
    readNames({ surname, given_name }).flatMap(reading => [
      ...nameFormsIn(reading.given_name),
      ...nameFormsIn(reading.surname),
    ]),
  ),
]

function withDeletions(word: string): string[] {
  const { one, two } = toDeletions(word)
  return [word, ...one, ...two]
}

export function toSpellingKeys(persons: readonly Person[]): SpellingKeys {
  const words = unique(persons.flatMap(person => [...nameWords(person)]))
  const tokens = persons.flatMap(nameTokens)
  return {
    slip: unique(words.flatMap(withDeletions)),
    sound: unique(tokens.flatMap(toSoundKeys)),
    start: unique(words.flatMap(toBeginnings)),
    part: unique(words.flatMap(toParts)),
    joined: unique(
      persons
        .map(person => nameOfPerson(person, false))
        .flatMap(name => [name, ...name.others].flatMap(({ runs }) => runs.map(({ form }) => form.text))),
    ),
  }
}
