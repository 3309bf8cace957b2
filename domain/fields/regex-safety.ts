/** A backtracking engine takes too long if it can read a text in more ways than this. */
const MAX_WAYS = 100_000

/** The repetitions that a quantifier allows. */
interface Times {
  min: number
  max: number
}

const ONCE: Times = { min: 1, max: 1 }

/** What a part of a pattern can match. */
interface Part {
  /** In how many ways. */
  ways: number
  /** The maximum number of characters. */
  length: number
}

/**
 * Estimates from its form in how many ways a pattern can divide a text among its parts, and how long that text can be. Variable repetitions and
 * alternatives multiply the ways. If a part with several ways is itself repeated, a backtracking engine takes exponential time for a short
 * text that does not match: `(a+)+$`, `(a|a)*b`, `(a?){30}`.
 */
class Reading {
  readonly #pattern: string
  #at = 0
  /** Whether a part with several ways is repeated too often to try all of them. */
  endless = false
  /** The length of the longest text that matches. */
  readonly length: number

  /** @param pattern must compile. */
  constructor(pattern: string) {
    this.#pattern = pattern
    this.length = this.#alternatives().length
  }

  #takes(expected: RegExp): RegExpExecArray | null {
    expected.lastIndex = this.#at
    const match = expected.exec(this.#pattern)
    if (match) this.#at += match[0].length
    return match
  }

  /** Everything up to the end of the group. */
  #alternatives(): Part {
    let { ways, length } = this.#sequence()
    while (this.#takes(/\|/y)) {
      const alternative = this.#sequence()
      ways += alternative.ways
      length = Math.max(length, alternative.length)
    }
    return { ways, length }
  }

  #sequence(): Part {
    let [ways, length] = [1, 0]
    while (this.#at < this.#pattern.length && !/[|)]/.test(this.#pattern[this.#at] ?? '')) {
      const part = this.#repeated()
      ways *= part.ways
      length += part.length
    }
    return { ways, length }
  }

  #repeated(): Part {
    let { ways, length } = this.#atom()
    for (let times = this.#times(); times; times = this.#times()) {
      // An optional part adds one way: absence.
      const each = ways === 1 || times.max <= 1 ? ways : ways ** times.max
      if (ways > 1 && times.max > 1 && each > MAX_WAYS) this.endless = true
      ways = each * (times.max - times.min + 1)
      length = length === 0 ? 0 : length * times.max
    }
    return { ways, length }
  }

  /** A group; a letter, a character class and an escape match in one way. */
  #atom(): Part {
    if (this.#takes(/\((\?(P?<\w+>|[imsU-]*:))?/y)) {
      const part = this.#alternatives()
      this.#takes(/\)/y)
      return part
    }
    const quoted = this.#takes(/\\Q(.*?)(\\E|$)/sy)
    if (quoted) return { ways: 1, length: [...(quoted[1] ?? '')].length }
    const atom = /\\[pP]\{[^}]*\}|\\x\{[^}]*\}|\\.|\[\^?\]?(\\.|\[:\^?\w+:\]|[^\]\\])*\]|./suy
    this.#takes(atom)
    return { ways: 1, length: 1 }
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

/** The maximum number of characters that a pattern that compiles can match; infinite with `*` and `+`. */
export const toMaxMatchLength = (pattern: string): number => new Reading(pattern).length
