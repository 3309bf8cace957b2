/**
 * The distinct words of all names, and which of them are similar to a word.
 *
 * Words that share pairs of letters, sounds, or all letters in another order are compared by the matcher's own comparator, so that index
 * and score agree on what is similar.
 */

import { toSoundKeys, toSoundQueryKeys } from '#domain/matching/blocking/spelling-keys.ts'
import { compareWords } from '#domain/matching/compare-token.ts'
import { type NameToken, toKey } from '#domain/matching/name-token.ts'
import { getNameForms } from '#domain/matching/nicknames.ts'

export interface Similar {
  text: string
  /** 0 to 1. */
  similarity: number
}

/** The maximum number of words to compare with one word, and to return for it. */
const MAX_COMPARED = 400
const MAX_RETURNED = 60
const REMEMBERED = 5000

/** How many pairs of letters two words must share to be compared: the longer they are, the more pairs survive a few errors. */
const sharedAtLeast = (letters: number) => (letters <= 6 ? 2 : letters <= 9 ? 3 : 4)

function* pairs(word: string): Generator<number> {
  let last = 0
  for (let i = 0; i <= word.length; i++) {
    const next = i < word.length ? word.charCodeAt(i) & 0x3f : 0
    yield last * 64 + next
    last = next
  }
}

const SCRIPTS = ['latin', 'voiced', 'consonantal'] as const

export class Vocabulary {
  readonly #forms: NameToken[] = []
  readonly #numbers = new Map<string, number>()
  readonly #byPair: number[][] = Array.from({ length: 64 * 64 }, () => [])
  readonly #byKey = new Map<string, number[]>()
  readonly #similar = new Map<string, Similar[]>()
  #shared = new Uint8Array(1024)

  /** Adds a word, if it is new. */
  add(form: NameToken): void {
    const key = toKey(form.text, form.script)
    if (this.#numbers.has(key)) return
    const number = this.#forms.length
    this.#numbers.set(key, number)
    this.#forms.push(form)
    this.#similar.clear()
    if (number >= this.#shared.length) this.#shared = new Uint8Array(this.#shared.length * 2)
    for (const pair of new Set(pairs(form.text))) this.#byPair[pair]?.push(number)
    for (const key of toSoundKeys(form)) this.#put(key, number)
  }

  has(text: string): boolean {
    return SCRIPTS.some(script => this.#numbers.has(toKey(text, script)))
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

  #worthComparing(form: NameToken): number[] {
    const candidates = new Set<number>()
    const shared = this.#shared
    const touched: number[] = []
    for (const pair of new Set(pairs(form.text))) {
      for (const number of this.#byPair[pair] ?? []) {
        const sharedNow = shared[number] ?? 0
        if (sharedNow === 0) touched.push(number)
        shared[number] = sharedNow + 1
      }
    }
    const minShared = sharedAtLeast(form.text.length)
    const enough = touched.filter(number => (shared[number] ?? 0) >= minShared)
    if (enough.length > MAX_COMPARED) enough.sort((a, b) => (shared[b] ?? 0) - (shared[a] ?? 0))
    for (const number of enough.slice(0, MAX_COMPARED)) candidates.add(number)
    for (const number of touched) shared[number] = 0
    for (const key of toSoundQueryKeys(form))
      for (const number of (this.#byKey.get(key) ?? []).slice(0, MAX_COMPARED)) candidates.add(number)
    return [...candidates]
  }

  #put(key: string, number: number): void {
    const list = this.#byKey.get(key)
    if (list === undefined) this.#byKey.set(key, [number])
    else list.push(number)
  }
}
