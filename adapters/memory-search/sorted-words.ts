/**
 * Distinct words in order, for finding those that begin with a text. They are kept in blocks, so that adding a word moves few others. Words are
 * put in order when they are read: an index that is being filled gets a hundred thousand before that.
 */

const MAX_BLOCK = 1000

/** The position of the first item from which on the condition holds. */
function findFirst<T>(items: readonly T[], holds: (item: T) => boolean): number {
  let [low, high] = [0, items.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    const item = items[middle]
    if (item !== undefined && holds(item)) high = middle
    else low = middle + 1
  }
  return low
}

export class SortedWords {
  /** Each is in order and has a word; its words come before those of the next block. */
  #blocks: string[][] = []
  /** Words that are in no block yet. */
  #added: string[] = []

  /** Adds a word that is not in it. */
  add(word: string): void {
    this.#added.push(word)
  }

  /** Puts the added words in order: few one by one, many together with all others. */
  #settle(): void {
    if (this.#added.length === 0) return
    const added = this.#added
    this.#added = []
    if (added.length < MAX_BLOCK) {
      for (const word of added) this.#insert(word)
      return
    }
    const words = [...this.#blocks.flat(), ...added].sort()
    const size = MAX_BLOCK / 2
    this.#blocks = Array.from({ length: Math.ceil(words.length / size) }, (_, n) =>
      words.slice(n * size, (n + 1) * size),
    )
  }

  #insert(word: string): void {
    // A word after all others is added to the last block.
    const at = Math.max(0, Math.min(this.#findBlock(word), this.#blocks.length - 1))
    const block = this.#blocks[at]
    if (block === undefined) {
      this.#blocks.push([word])
      return
    }
    block.splice(
      findFirst(block, other => other > word),
      0,
      word,
    )
    if (block.length > MAX_BLOCK) this.#blocks.splice(at + 1, 0, block.splice(MAX_BLOCK / 2))
  }

  /** The words that begin with the text, in order. */
  beginningWith(text: string): string[] {
    this.#settle()
    const words: string[] = []
    for (let at = this.#findBlock(text); at < this.#blocks.length; at++) {
      const block = this.#blocks[at] ?? []
      for (let i = findFirst(block, word => word >= text); i < block.length; i++) {
        const word = block[i] ?? ''
        if (!word.startsWith(text)) return words
        words.push(word)
      }
    }
    return words
  }

  /** The position of the first block with a word that is not before the text. */
  #findBlock(text: string): number {
    return findFirst(this.#blocks, block => (block.at(-1) ?? '') >= text)
  }
}
