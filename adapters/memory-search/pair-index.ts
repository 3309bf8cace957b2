/** Which words share pairs of adjacent letters. Words are known by number; the beginning and the end of a word count as letters. */
import { NumberList } from './number-list.ts'

const NONE = new Uint32Array(0)
const INITIAL_SIZE = 1024
const GROWTH = 1.25
/** Numbers are less than this. A rank is a number and two counts of up to a byte: less than 2^53. */
const RANK = 2 ** 32
const BYTE = 256

/** How many pairs of letters two words must share to be similar: the longer they are, the more pairs survive a few errors. */
const sharedAtLeast = (letters: number) => (letters <= 6 ? 2 : letters <= 9 ? 3 : 4)

function toPairs(word: string): number[] {
  const pairs: number[] = []
  let last = 0
  for (let i = 0; i <= word.length; i++) {
    const next = i < word.length ? word.charCodeAt(i) & 0x3f : 0
    pairs.push(last * 64 + next)
    last = next
  }
  return pairs
}

/** Keeps the numbers that are in the other list too. Both are in order. Returns the part of the list that they are moved to. */
function retain(kept: Uint32Array, list: Uint32Array): Uint32Array {
  let length = 0
  for (let i = 0, j = 0; i < kept.length && j < list.length; ) {
    const [left = 0, right = 0] = [kept[i], list[j]]
    if (left === right) kept[length++] = left
    if (left <= right) i++
    if (right <= left) j++
  }
  return kept.subarray(0, length)
}

export class PairIndex {
  /** Lists are made for the pairs that occur. Their numbers are in order. */
  readonly #byPair: (NumberList | undefined)[] = []
  /** By word, while one word is looked up: how many of its pairs the word shares, and which of them is the first. */
  #shared = new Uint8Array(INITIAL_SIZE)
  #first = new Uint8Array(INITIAL_SIZE)
  /** The words that are left while the lists of a text are compared. */
  #kept = new Uint32Array(INITIAL_SIZE)

  /** Adds a word. Numbers must be added in order. */
  add(number: number, word: string): void {
    if (number >= this.#shared.length) {
      const size = Math.ceil(number * GROWTH)
      this.#shared = new Uint8Array(size)
      this.#first = new Uint8Array(size)
    }
    for (const pair of new Set(toPairs(word))) {
      this.#byPair[pair] ??= new NumberList()
      this.#byPair[pair].push(number)
    }
  }

  /**
   * The words with all pairs within a text of two letters or more, in the order of their numbers: all that contain it, and possibly others. Valid until
   * the next call.
   */
  withAllPairs(text: string): Uint32Array {
    const lists = toPairs(text)
      .slice(1, -1)
      .map(pair => this.#withPair(pair))
    const [rarest = NONE, ...others] = lists.sort((a, b) => a.length - b.length)
    if (this.#kept.length < rarest.length) this.#kept = new Uint32Array(Math.ceil(rarest.length * GROWTH))
    this.#kept.set(rarest)
    return others.reduce(retain, this.#kept.subarray(0, rarest.length))
  }

  /**
   * Up to `limit` words that share enough pairs with a word. If there are more, those that share most come first. Otherwise, and among equals,
   * words come in the order of the first pair that they share, and then of their numbers.
   */
  sharing(word: string, limit: number): number[] {
    const [shared, first] = [this.#shared, this.#first]
    const enough = this.#countShared(word)
    const isCut = enough.length > limit
    const least = isCut ? this.#findLeast(enough, limit) : 0
    const ranks: number[] = []
    for (const number of enough) {
      const count = shared[number] ?? 0
      if (count >= least) ranks.push(((isCut ? BYTE - count : 0) * BYTE + (first[number] ?? 0)) * RANK + number)
    }
    shared.fill(0)
    return Array.from(Float64Array.from(ranks).sort().subarray(0, limit), rank => rank % RANK)
  }

  /** Counts the shared pairs of every word. Returns the words that share enough. */
  #countShared(word: string): number[] {
    const [shared, first] = [this.#shared, this.#first]
    const least = sharedAtLeast(word.length)
    const enough: number[] = []
    let n = 0
    for (const pair of new Set(toPairs(word))) {
      const numbers = this.#withPair(pair)
      for (let i = 0; i < numbers.length; i++) {
        const number = numbers[i] ?? 0
        const count = (shared[number] ?? 0) + 1
        if (count === 1) first[number] = n
        if (count === least) enough.push(number)
        shared[number] = count
      }
      n++
    }
    return enough
  }

  /** The greatest number of shared pairs that at least `limit` of the words have. */
  #findLeast(words: readonly number[], limit: number): number {
    const counts = new Uint32Array(BYTE)
    for (const number of words) counts[this.#shared[number] ?? 0] = (counts[this.#shared[number] ?? 0] ?? 0) + 1
    let least = BYTE
    for (let sum = 0; sum < limit && least > 0; sum += counts[least] ?? 0) least--
    return least
  }

  #withPair(pair: number): Uint32Array {
    return this.#byPair[pair]?.view() ?? NONE
  }
}
