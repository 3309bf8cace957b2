/** The keys under which OpenSearch finds a customer: all that a misheard, misspelt or half-known name still shares with the right one. */
import type { Person } from '#contract/schemas/search.ts'
import { dobKeys, documentKeys } from '#domain/matching/blocking.ts'
import { readDate } from '#domain/matching/compare-dob.ts'
import { documentKey } from '#domain/matching/exact-keys.ts'
import { nameOfPerson } from '#domain/matching/full-name.ts'
import { formsIn, MAX_WORD_LENGTH, type NameToken } from '#domain/matching/name-token.ts'
import { skeleton, soundCode } from '#domain/matching/phonetics.ts'
import { nameWords, otherWords } from '#domain/search/contains.ts'

/** Keys of one or more persons, each once. */
export interface Keys {
  /** Words of the names. */
  word: string[]
  /** The words with up to two letters left out. @see slipKeys */
  slip: string[]
  /** What words that sound alike share. @see soundKeys */
  sound: string[]
  /** Beginnings of the words: half a name. */
  start: string[]
  /** Neighbouring words of the names as one: a query may have run them together. */
  joined: string[]
  /** Words of the document number and of the details. */
  other: string[]
  dob: string[]
  document: string[]
}

/**
 * Letters of a word of which one may be left out, and of which two may: of a shorter one too little would be left. Of a very long word
 * only one is, since each pair would be a key.
 */
const MIN_SLIP_LENGTH = 3
const MIN_TWO_SLIPS_LENGTH = 7
const MAX_TWO_SLIPS_LENGTH = 14
const MAX_SLIP_LENGTH = 24

/** Letters of a cut-off name that are enough to look for it. */
export const MIN_START_LENGTH = 4
const MAX_START_LENGTH = 16

export const cut = (word: string): string => word.slice(0, MAX_WORD_LENGTH)

const once = (keys: readonly string[]): string[] => [...new Set(keys)]

const lessOne = (word: string): string[] =>
  Array.from({ length: word.length }, (_, i) => word.slice(0, i) + word.slice(i + 1))

/** A word with one and with two of its letters left out. */
export function toDeletions(word: string): { one: string[]; two: string[] } {
  const one = word.length < MIN_SLIP_LENGTH || word.length > MAX_SLIP_LENGTH ? [] : once(lessOne(word))
  const two = word.length < MIN_TWO_SLIPS_LENGTH || word.length > MAX_TWO_SLIPS_LENGTH ? [] : once(one.flatMap(lessOne))
  return { one, two }
}

/**
 * What words that are a few slips apart share: the word itself, and what is left of it without a letter or two. A letter that was left
 * out, added, exchanged or swapped with the next leaves one of these in common. Source: Mor and Fraenkel, "A hash code method for
 * detecting and correcting spelling errors" (1982).
 */
function slipKeys(word: string): string[] {
  const { one, two } = toDeletions(word)
  return [word, ...one, ...two]
}

const BONES = { latin: 'v', voiced: 'v', consonantal: 's' } as const

/**
 * What words that sound alike share: a code, a skeleton of consonants (marked by whether the word's script writes vowels), and the letters
 * in the order of the alphabet. `across`: the marks of the words in question, those of its own kind of script when absent.
 */
export function soundKeys({ text, script, sounds }: NameToken, across: readonly string[] = [BONES[script]]): string[] {
  const [code, bones] = [soundCode(sounds), skeleton(sounds)]
  return [
    `a${[...text].sort().join('')}`,
    ...(code === '' ? [] : [`c${code}`]),
    ...(bones === '' ? [] : across.map(mark => mark + bones)),
  ]
}

/** The marks of the words that a word is compared with by its bones: a script without vowels with all, the others with those of such. */
export const marksFor = ({ script }: NameToken): string[] => (script === 'consonantal' ? ['s', 'v'] : ['s'])

/** The beginnings of a word, itself left out. */
export function toPrefixes(word: string): string[] {
  const sizes = Math.min(word.length, MAX_START_LENGTH) - MIN_START_LENGTH
  return Array.from({ length: Math.max(0, sizes) }, (_, i) => word.slice(0, MIN_START_LENGTH + i))
}

export function toKeys(persons: readonly Person[]): Keys {
  const forms = persons.flatMap(({ given_name, surname }) => [...formsIn(given_name), ...formsIn(surname)])
  const names = once(persons.flatMap(person => [...nameWords(person)]))
  const dates = persons.flatMap(({ dob }) => readDate(dob) ?? [])
  const numbers = persons.flatMap(({ document_number }) => documentKey(document_number) ?? [])
  return {
    word: names,
    slip: once(names.flatMap(slipKeys)),
    sound: once(forms.flatMap(form => soundKeys(form))),
    start: once(names.flatMap(toPrefixes)),
    joined: once(persons.flatMap(person => nameOfPerson(person, false).runs.map(({ form }) => form.text))),
    other: once(persons.flatMap(person => [...otherWords(person)])),
    dob: once(dates.flatMap(date => dobKeys(date).map(({ key }) => key))),
    document: once(numbers.flatMap(number => documentKeys(cut(number)).map(({ key }) => key))),
  }
}
