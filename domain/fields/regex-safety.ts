/** A backtracking engine takes too long if it can read a text in more ways than this. */
const MAX_WAYS = 100_000

/** The repetitions that a quantifier allows. */
interface Times {
  min: number
  max: number
}

const ONCE: Times = { min: 1, max: 1 }

/**
 * Estimates from its form in how many ways a pattern can divide a text among its parts: variable repetitions and alternatives each multiply
 * them. If a part with several ways is itself repeated, a backtracking engine takes exponential time for a short text that does not match:
 * `(a+)+$`, `(a|a)*b`, `(a?){30}`.
 */
class Reading {
  readonly #pattern: string
  #at = 0
  /** Whether a part with several ways is repeated too often to try all of them. */
  endless = false

  /** @param pattern must compile. */
  constructor(pattern: string) {
    this.#pattern = pattern
    this.#alternatives()
  }

  #takes(expected: RegExp): RegExpExecArray | null {
    expected.lastIndex = this.#at
    const match = expected.exec(this.#pattern)
    if (match) this.#at += match[0].length
    return match
  }

  /** The ways of everything up to the end of the group. */
  #alternatives(): number {
    let ways = this.#sequence()
    while (this.#takes(/\|/y)) ways += this.#sequence()
    return ways
  }

  #sequence(): number {
    let ways = 1
    while (this.#at < this.#pattern.length && !/[|)]/.test(this.#pattern[this.#at] ?? '')) ways *= this.#repeated()
    return ways
  }

  #repeated(): number {
    let ways = this.#atom()
    for (let times = this.#times(); times; times = this.#times()) {
      // An optional part adds one way: absence.
      const each = ways === 1 || times.max <= 1 ? ways : ways ** times.max
      if (ways > 1 && times.max > 1 && each > MAX_WAYS) this.endless = true
      ways = each * (times.max - times.min + 1)
    }
    return ways
  }

  /** The ways of a group; a letter, a character class and an escape have one. */
  #atom(): number {
    if (this.#takes(/\((\?(P?<\w+>|[imsU-]*:))?/y)) {
      const ways = this.#alternatives()
      this.#takes(/\)/y)
      return ways
    }
    const atom = /\\Q.*?(\\E|$)|\\[pP]\{[^}]*\}|\\x\{[^}]*\}|\\.|\[\^?\]?(\\.|\[:\^?\w+:\]|[^\]\\])*\]|./sy
    this.#takes(atom)
    return 1
  }

  /** Reads a quantifier, lazy or greedy. */
  #times(): Times | null {
    const match = this.#takes(/([*+?]|\{(\d+)(,(\d*))?\})\??/y)
    if (!match) return null
    const [, sign, min = '', comma, max = ''] = match
    if (sign === '*') return { min: 0, max: Number.POSITIVE_INFINITY }
    if (sign === '+') return { min: 1, max: Number.POSITIVE_INFINITY }
    if (sign === '?') return { ...ONCE, min: 0 }
    const from = Number(min)
    return { min: from, max: comma === undefined ? from : max === '' ? Number.POSITIVE_INFINITY : Number(max) }
  }
}

/** Whether a pattern that compiles may take a backtracking engine exponential time. */
export const hasExponentialBacktracking = (pattern: string): boolean => new Reading(pattern).endless
