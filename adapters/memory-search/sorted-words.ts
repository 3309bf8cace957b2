/** Distinct words in order, for finding those that begin with a text. New words are merged in from time to time. */

/** How many new words are searched one by one before they are merged in. */
const MAX_NEW = 1000

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

export class SortedWords {
  #sorted: string[] = []
  #new: string[] = []

  /** Adds a word that is not in it. */
  add(word: string): void {
    this.#new.push(word)
    // Filling an index adds many words in a row: merging in proportion to the size keeps the cost of each constant.
    if (this.#new.length > Math.max(MAX_NEW, this.#sorted.length / 8)) this.#merge()
  }

  /** The words that begin with the text, in no particular order. */
  beginningWith(text: string): string[] {
    if (this.#new.length > MAX_NEW) this.#merge()
    const words = this.#new.filter(word => word.startsWith(text))
    for (let i = this.#firstFrom(text); this.#sorted[i]?.startsWith(text); i++) words.push(this.#sorted[i] ?? '')
    return words
  }

  #merge(): void {
    this.#sorted.push(...this.#new)
    this.#sorted.sort(compare)
    this.#new = []
  }

  /** The position of the first word that is not before the text. */
  #firstFrom(text: string): number {
    let [low, high] = [0, this.#sorted.length]
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((this.#sorted[middle] ?? '') < text) low = middle + 1
      else high = middle
    }
    return low
  }
}
