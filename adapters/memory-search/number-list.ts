/** Numbers from 0 to 2^32 - 1, in four bytes each. An array takes eight, and half as much again for numbers to come. */
const INITIAL_SIZE = 8
const GROWTH = 1.25

export class NumberList {
  #numbers: Uint32Array
  #length = 0

  constructor(numbers: readonly number[] = []) {
    this.#numbers = new Uint32Array(Math.max(INITIAL_SIZE, numbers.length))
    this.#numbers.set(numbers)
    this.#length = numbers.length
  }

  get length(): number {
    return this.#length
  }

  push(number: number): void {
    if (this.#length === this.#numbers.length) {
      const larger = new Uint32Array(Math.ceil(this.#length * GROWTH) + INITIAL_SIZE)
      larger.set(this.#numbers)
      this.#numbers = larger
    }
    this.#numbers[this.#length++] = number
  }

  /** Removes a number, if it is in the list. The last one takes its place. */
  remove(number: number): void {
    const at = this.view().indexOf(number)
    if (at < 0) return
    this.#length--
    this.#numbers[at] = this.#numbers[this.#length] ?? number
  }

  /** The numbers, until the list changes. */
  view(): Uint32Array {
    return this.#numbers.subarray(0, this.#length)
  }
}
