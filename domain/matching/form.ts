/** A word of a name with all that comparing it needs, worked out once. */
import { readWords } from './normalise.ts'
import { isParticle } from './particles.ts'
import { sounds } from './sound.ts'
import type { Script } from './transliterate.ts'

/** Longer words are cut for comparing: no name is longer, and the cost of comparing grows with the square. */
export const LONGEST_WORD = 60
/** More words are left out: a name has few, and a text of thousands must not cost more than one of twelve. */
const MOST_WORDS = 12
const LONGEST_TEXT = 1000
const REMEMBERED = 50_000

export class Form {
  readonly text: string
  readonly script: Script
  readonly particle: boolean
  /** The set of its letters, a bit each: two words that share few need no closer look. */
  readonly letters: number
  #sounds: string | null = null

  constructor(text: string, script: Script) {
    this.text = text
    this.script = script
    this.particle = isParticle(text)
    let letters = 0
    for (let i = 0; i < text.length; i++) letters |= 1 << (text.charCodeAt(i) % 31)
    this.letters = letters
  }

  /** As `sounds` in sound.ts gives it. */
  get sounds(): string {
    this.#sounds ??= sounds(this.text)
    return this.#sounds
  }
}

const MARKS = { latin: '', voiced: '+', consonantal: '~' } as const

/** What tells a form from all others. */
export const keyOf = (text: string, script: Script): string => text + MARKS[script]

/** The same words come again in every query: a bounded memory of a pure function. */
const remembered = new Map<string, Form>()

/** The form of one normalised word. */
export function formOf(word: string, script: Script): Form {
  const text = word.slice(0, LONGEST_WORD)
  const key = keyOf(text, script)
  const known = remembered.get(key)
  if (known !== undefined) return known
  const form = new Form(text, script)
  if (remembered.size >= REMEMBERED) remembered.clear()
  remembered.set(key, form)
  return form
}

/** The forms of a text's words, at most 12. */
export function formsIn(text: string | null): Form[] {
  if (text === null || text === '') return []
  return readWords(text.slice(0, LONGEST_TEXT))
    .slice(0, MOST_WORDS)
    .map(word => formOf(word.text, word.script))
}
