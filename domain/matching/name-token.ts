/** A word of a name with what comparing it needs, computed once. */
import { getBusinessSpellings } from './business-words.ts'
import { getFormGroups } from './nicknames.ts'
import { readWords } from './normalise.ts'
import { isParticle } from './particles.ts'
import { sounds } from './phonetics.ts'
import { isNamePlaceholder } from './placeholders.ts'
import type { HanReading, Script } from './transliterate.ts'

/** Longer words are truncated: no name is longer, and the cost of a comparison grows with the square of the length. */
export const MAX_WORD_LENGTH = 60
/** Further words are ignored: a name has few, and long texts must not cost more. */
const MAX_WORDS = 12
const MAX_TEXT_LENGTH = 1000
const REMEMBERED = 50_000

export class NameToken {
  readonly text: string
  readonly script: Script
  /** How it was read, if it is in Han signs. */
  readonly han: HanReading | null
  readonly particle: boolean
  /** The set of its letters, one bit each. Words with few common letters need no further comparison. */
  readonly letters: number
  /** See `getFormGroups`. */
  readonly formGroups: readonly number[]
  /** See `getBusinessSpellings`. */
  readonly businessSpellings: readonly string[]
  #sounds: string | null = null

  constructor(text: string, script: Script, han: HanReading | null = null) {
    this.text = text
    this.script = script
    this.han = han
    this.particle = isParticle(text)
    let letters = 0
    for (let i = 0; i < text.length; i++) letters |= 1 << (text.charCodeAt(i) % 31)
    this.letters = letters
    this.formGroups = getFormGroups(text)
    this.businessSpellings = getBusinessSpellings(text)
  }

  /** Its sounds (see `sounds` in phonetics.ts). */
  get sounds(): string {
    this.#sounds ??= sounds(this.text)
    return this.#sounds
  }
}

const MARKS = { latin: '', voiced: '+', consonantal: '~' } as const

/** Identifies a token. */
export const toKey = (text: string, script: Script): string => text + MARKS[script]

/** A bounded cache: the same words recur in every query. */
const remembered = new Map<string, NameToken>()

/** The token of a normalised word. */
export function toNameToken(word: string, script: Script, han: HanReading | null = null): NameToken {
  const text = word.slice(0, MAX_WORD_LENGTH)
  const key = han === null ? toKey(text, script) : `${toKey(text, script)} ${han}`
  const cached = remembered.get(key)
  if (cached !== undefined) return cached
  const token = new NameToken(text, script, han)
  if (remembered.size >= REMEMBERED) remembered.clear()
  remembered.set(key, token)
  return token
}

/** The tokens of a text's words, at most 12. */
export function formsIn(text: string | null): NameToken[] {
  if (text === null || text === '') return []
  return readWords(text.slice(0, MAX_TEXT_LENGTH))
    .slice(0, MAX_WORDS)
    .map(word => toNameToken(word.text, word.script, word.han))
}

/** The tokens of a surname or given name; none of a placeholder, which is no evidence. */
export const nameFormsIn = (name: string | null): NameToken[] => (isNamePlaceholder(name) ? [] : formsIn(name))
