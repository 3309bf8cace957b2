/**
 * Blocking keys of words: what two spellings of one name share. Source of the deletions: Mor and Fraenkel, "A hash code method for detecting
 * and correcting spelling errors" (1982).
 */
import { foldUmlauts } from '../compare-token.ts'
import type { NameToken } from '../name-token.ts'
import { skeleton, soundCode } from '../phonetics.ts'

/** The word without each of its letters. */
export const withoutOneLetter = (word: string): string[] =>
  Array.from({ length: word.length }, (_, position) => word.slice(0, position) + word.slice(position + 1))

const unique = (keys: readonly string[]): string[] => [...new Set(keys)]

/** Of shorter words too little would be left; of longer ones there would be too many keys. */
const ONE_DELETION = { minLength: 3, maxLength: 24 }
const TWO_DELETIONS = { minLength: 7, maxLength: 14 }

const isWithin = (word: string, { minLength, maxLength }: typeof ONE_DELETION): boolean =>
  word.length >= minLength && word.length <= maxLength

/**
 * A word without one and without two of its letters. A letter that was omitted, added, replaced or exchanged with the next leaves one of
 * these in common.
 */
export function toDeletions(word: string): { one: string[]; two: string[] } {
  const one = isWithin(word, ONE_DELETION) ? unique(withoutOneLetter(word)) : []
  const two = isWithin(word, TWO_DELETIONS) ? unique(one.flatMap(withoutOneLetter)) : []
  return { one, two }
}

/** The marks of consonant skeletons, by whether the word's script writes vowels. */
const SKELETON_MARKS = { latin: 'v', voiced: 'v', consonantal: 's' } as const

/** The marks to look a skeleton up by: a script without vowels is compared with all scripts, the others only with such scripts. */
const getQueryMarks = ({ script }: NameToken): string[] => (script === 'consonantal' ? ['s', 'v'] : ['s'])

/** What words that sound alike share: a sound code, a skeleton of consonants, and the letters in alphabetical order. */
function soundKeys({ text, sounds }: NameToken, skeletonMarks: readonly string[]): string[] {
  const [code, consonants] = [soundCode(sounds), skeleton(sounds)]
  return [
    `a${[...text].sort().join('')}`,
    ...(code === '' ? [] : [`c${code}`]),
    ...(consonants === '' ? [] : skeletonMarks.map(mark => mark + consonants)),
  ]
}

/** The sound keys under which a word is indexed. */
export const toSoundKeys = (token: NameToken): string[] => soundKeys(token, [SKELETON_MARKS[token.script]])

/** The sound keys by which similar words are looked up. */
export const toSoundQueryKeys = (token: NameToken): string[] => soundKeys(token, getQueryMarks(token))

/** The shortest beginning that is looked up as a misspelt or shortened form of a name. */
export const MIN_PREFIX_LENGTH = 4
/** The longest beginning; longer ones are looked up by their first letters. */
const MAX_PREFIX_LENGTH = 16

/** The beginnings under which a word is indexed, for words that may be unfinished. */
export const toBeginnings = (word: string): string[] =>
  unique([word, foldUmlauts(word)].flatMap(spelling => toPrefixes(spelling, 1)))

/** The beginnings by which an unfinished word is looked up. */
export const toBeginningQueryKeys = (typed: string): string[] =>
  unique([typed, foldUmlauts(typed)].map(spelling => spelling.slice(0, MAX_PREFIX_LENGTH)))

/** The beginnings of a word from a minimum length, without the word itself. */
export function toPrefixes(word: string, minLength: number): string[] {
  const count = Math.min(word.length, MAX_PREFIX_LENGTH + 1) - minLength
  return Array.from({ length: Math.max(0, count) }, (_, index) => word.slice(0, minLength + index))
}

const PART_LENGTH = 3

/** All parts of three letters of a word; none of shorter words. */
export const toParts = (word: string): string[] =>
  unique(
    Array.from({ length: Math.max(0, word.length - PART_LENGTH + 1) }, (_, at) => word.slice(at, at + PART_LENGTH)),
  )
