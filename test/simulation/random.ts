/** The only source of randomness in a simulation, from one seed: Mulberry32 (Tommy Ettinger). */
export class RandomSource {
  #state: number

  constructor(seed: number) {
    // Neighbouring seeds must not be correlated.
    this.#state = Math.imul(seed + 1, 0x9e3779b1)
  }

  /** Returns a number from 0 to 1. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }

  /** Returns a whole number below `n`. */
  below(n: number): number {
    return Math.floor(this.next() * n)
  }

  happens(probability: number): boolean {
    return this.next() < probability
  }

  /** Picks a value. @throws when there is none. */
  of<T>(values: readonly T[]): T {
    const value = values[this.below(values.length)]
    if (value === undefined) throw new RangeError('nothing to choose from')
    return value
  }

  /** Picks a value with a probability proportional to its weight. */
  weighted<T>(choices: readonly (readonly [weight: number, value: T])[]): T {
    let remaining = this.next() * choices.reduce((sum, [weight]) => sum + weight, 0)
    for (const [weight, value] of choices) {
      remaining -= weight
      if (remaining < 0) return value
    }
    throw new RangeError('nothing to choose from')
  }

  shuffled<T>(values: readonly T[]): T[] {
    const remaining = [...values]
    return values.flatMap(() => remaining.splice(this.below(remaining.length), 1))
  }

  /** Returns a UUID of version 4. */
  uuid(): string {
    const hex = Array.from({ length: 4 }, () =>
      this.below(2 ** 32)
        .toString(16)
        .padStart(8, '0'),
    ).join('')
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20)}`
  }
}
