/**
 * An inverted index for keys of which there are many and that few customers share, such as document numbers without one digit. It stores a hash
 * of 64 bits instead of the key: a fifth of the memory. Two keys with the same hash would make customers candidates of each other's queries, which
 * the matcher then rejects; with a hundred million keys the probability that any two have one is 1 in 3,700.
 */
import { toHash64 } from './hash64.ts'

const INITIAL_SIZE = 64
const GROWTH = 1.5
const NONE = -1

export class HashedPostings {
  /** The newest posting of each bucket. */
  #heads = new Int32Array(INITIAL_SIZE).fill(NONE)
  #next = new Int32Array(INITIAL_SIZE)
  #slots = new Uint32Array(INITIAL_SIZE)
  /** Two halves for each posting. */
  #hashes = new Uint32Array(2 * INITIAL_SIZE)
  /** How many postings were ever stored at the same time. */
  #size = 0
  /** The first posting that was removed and may be used again; each names the next one. */
  #free = NONE

  add(key: string, slot: number): void {
    const { high, low } = toHash64(key)
    const posting = this.#allocate()
    this.#slots[posting] = slot
    this.#hashes[2 * posting] = high
    this.#hashes[2 * posting + 1] = low
    this.#link(posting)
  }

  remove(key: string, slot: number): void {
    const { high, low } = toHash64(key)
    const bucket = low & (this.#heads.length - 1)
    let previous = NONE
    for (let at = this.#heads[bucket] ?? NONE; at !== NONE; previous = at, at = this.#next[at] ?? NONE) {
      if (this.#slots[at] !== slot || !this.#has(at, high, low)) continue
      const next = this.#next[at] ?? NONE
      if (previous === NONE) this.#heads[bucket] = next
      else this.#next[previous] = next
      this.#next[at] = this.#free
      this.#free = at
      return
    }
  }

  /** The slots of a key, in the order in which they were added. */
  get(key: string): number[] {
    const { high, low } = toHash64(key)
    const found: number[] = []
    for (let at = this.#heads[low & (this.#heads.length - 1)] ?? NONE; at !== NONE; at = this.#next[at] ?? NONE)
      if (this.#has(at, high, low)) found.push(this.#slots[at] ?? 0)
    return found.reverse()
  }

  #has(posting: number, high: number, low: number): boolean {
    return this.#hashes[2 * posting] === high && this.#hashes[2 * posting + 1] === low
  }

  #link(posting: number): void {
    const bucket = (this.#hashes[2 * posting + 1] ?? 0) & (this.#heads.length - 1)
    this.#next[posting] = this.#heads[bucket] ?? NONE
    this.#heads[bucket] = posting
  }

  #allocate(): number {
    if (this.#free !== NONE) {
      const posting = this.#free
      this.#free = this.#next[posting] ?? NONE
      return posting
    }
    if (this.#size === this.#slots.length) this.#grow()
    return this.#size++
  }

  /** Called when all postings are in use. */
  #grow(): void {
    const size = Math.ceil(this.#size * GROWTH)
    const enlarge = <T extends Int32Array | Uint32Array>(from: T, to: T): T => {
      to.set(from)
      return to
    }
    this.#next = enlarge(this.#next, new Int32Array(size))
    this.#slots = enlarge(this.#slots, new Uint32Array(size))
    this.#hashes = enlarge(this.#hashes, new Uint32Array(2 * size))
    if (size <= this.#heads.length) return
    this.#heads = new Int32Array(2 * this.#heads.length).fill(NONE)
    for (let posting = 0; posting < this.#size; posting++) this.#link(posting)
  }
}
