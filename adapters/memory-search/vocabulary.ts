/**
 * The distinct words of all names, and which of them are similar to a word.
 *
 * Words that share pairs of letters, sounds, or all letters in another order are compared by the matcher's own comparator, so that index
 * and score agree on what is similar.
 */

import { toSoundKeys, toSoundQueryKeys } from '#domain/matching/blocking/spelling-keys.ts'
import { compareTypedWord, compareWords, foldUmlauts, MIN_TYPED_PART } from '#domain/matching/compare-token.ts'
import { type NameToken, toKey, toNameToken } from '#domain/matching/name-token.ts'
import { getNameForms } from '#domain/matching/nicknames.ts'
import { HashedPostings } from './hashed-postings.ts'
import { PairIndex } from './pair-index.ts'
import { SortedWords } from './sorted-words.ts'

/** A word of the names, and its similarity to the one looked for. */
export interface Similar {
  text: string
  /** 0 to 1. */
  similarity: number
}

/** The maximum number of words to compare with one word, and to return for it. */
const MAX_COMPARED = 400
const MAX_RETURNED = 60
const REMEMBERED = 5000
/** The maximum number of words that begin with a text, or contain it, to return. */
const MAX_BEGINNING = 3000
const MAX_CONTAINING = 500

const SCRIPTS = ['latin', 'voiced', 'consonantal'] as const

export class Vocabulary {
  readonly #forms: NameToken[] = []
  readonly #numbers = new Map<string, number>()
  readonly #byPair = new PairIndex()
  readonly #byKey = new HashedPostings()
  readonly #similar = new Map<string, Similar[]>()
  readonly #sorted = new SortedWords()
  /** By the words without umlauts, for words written otherwise. */
  readonly #withUmlaut = new Map<string, string[]>()
  readonly #sortedWithoutUmlaut = new SortedWords()

  /** Adds a word, if it is new. */
  add(form: NameToken): void {
    const key = toKey(form.text, form.script)
    if (this.#numbers.has(key)) return
    const isNew = !this.has(form.text)
    const number = this.#forms.length
    this.#numbers.set(key, number)
    this.#forms.push(form)
    if (isNew) this.#addInOrder(form.text)
    this.#similar.clear()
    this.#byPair.add(number, form.text)
    for (const key of toSoundKeys(form)) this.#byKey.add(key, number)
  }

  has(text: string): boolean {
    return SCRIPTS.some(script => this.#numbers.has(toKey(text, script)))
  }

  /** Words that begin with a word that may be unfinished, or contain it; of too many, the shortest. */
  unfinished(typed: NameToken): Similar[] {
    const beginning = [...new Set([...this.beginningWith(typed.text), ...this.#beginningWithFolded(typed.text)])]
    if (beginning.length > MAX_BEGINNING) beginning.sort((a, b) => a.length - b.length)
    const words = [...beginning.slice(0, MAX_BEGINNING), ...this.containing(typed.text, MAX_CONTAINING)]
    return words.map(text => ({
      text,
      similarity: compareTypedWord(typed, toNameToken(text, typed.script)).similarity,
    }))
  }

  /** All words that begin with the text, including itself. */
  beginningWith(text: string): string[] {
    return this.#sorted.beginningWith(text)
  }

  /** Up to `limit` words that contain the text, but do not begin with it; none if it is too short. */
  containing(text: string, limit = Number.POSITIVE_INFINITY): string[] {
    if (text.length < MIN_TYPED_PART) return []
    const words = new Set<string>()
    for (const number of this.#byPair.withAllPairs(text)) {
      if (words.size === limit) break
      const word = this.#forms[number]?.text ?? ''
      if (word.indexOf(text) > 0) words.add(word)
    }
    return [...words]
  }

  /** The similar words, including the word itself if it occurs, the most similar first. */
  similar(form: NameToken): readonly Similar[] {
    const key = toKey(form.text, form.script)
    const cached = this.#similar.get(key)
    if (cached !== undefined) return cached
    const similar = this.#compare(form)
    if (this.#similar.size >= REMEMBERED) this.#similar.clear()
    this.#similar.set(key, similar)
    return similar
  }

  #addInOrder(text: string): void {
    this.#sorted.add(text)
    const folded = foldUmlauts(text)
    if (folded === text) return
    const words = this.#withUmlaut.get(folded)
    if (words === undefined) this.#sortedWithoutUmlaut.add(folded)
    this.#withUmlaut.set(folded, [...(words ?? []), text])
  }

  /** Words that begin with the text except that one of both spells an umlaut with two letters. */
  #beginningWithFolded(text: string): string[] {
    const folded = foldUmlauts(text)
    const written = this.#sortedWithoutUmlaut.beginningWith(folded).flatMap(word => this.#withUmlaut.get(word) ?? [])
    return folded === text ? written : [...written, ...this.#sorted.beginningWith(folded)]
  }

  #compare(form: NameToken): Similar[] {
    const best = new Map<string, number>([[form.text, 1]])
    for (const number of this.#worthComparing(form)) {
      const candidate = this.#forms[number]
      if (candidate === undefined) continue
      const { similarity } = compareWords(form, candidate)
      if (similarity > (best.get(candidate.text) ?? 0)) best.set(candidate.text, similarity)
    }
    for (const name of getNameForms(form.text)) if (!best.has(name) && this.has(name)) best.set(name, 0.9)
    const ranked = [...best]
      .map(([text, similarity]) => ({ text, similarity }))
      .filter(({ similarity }) => similarity > 0)
    return ranked.sort((a, b) => b.similarity - a.similarity).slice(0, MAX_RETURNED)
  }

  #worthComparing(form: NameToken): Set<number> {
    const candidates = new Set(this.#byPair.sharing(form.text, MAX_COMPARED))
    for (const key of toSoundQueryKeys(form))
      for (const number of this.#byKey.get(key).slice(0, MAX_COMPARED)) candidates.add(number)
    return candidates
  }
}
