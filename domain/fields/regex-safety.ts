/** More ways than this of reading one text take a program that tries each of them too long. */
const MAX_WAYS = 100_000

/** How often something may stand, as a quantifier says. */
interface Times {
  least: number
  most: number
}

const ONCE: Times = { least: 1, most: 1 }

/**
 * In how many ways a pattern can share out a text among its parts, as far as its form tells: a lower and an upper count of repetitions, and
 * the alternatives, each make several. A part with several ways that is repeated itself multiplies them by each repetition, and a program
 * that goes back and tries again (most do) then takes for ever over a short text that does not match: `(a+)+$`, `(a|a)*b`, `(a?){30}`.
 */
class Reading {
  readonly #pattern: string
  #at = 0
  /** Whether something with several ways is repeated so often that nobody can try all of them. */
  endless = false

  /** @param pattern one that compiles. */
  constructor(pattern: string) {
    this.#pattern = pattern
    this.#alternatives()
  }

  #takes(expected: RegExp): RegExpExecArray | null {
    expected.lastIndex = this.#at
    const found = expected.exec(this.#pattern)
    if (found) this.#at += found[0].length
    return found
  }

  /** Ways of what stands up to the end of the group. */
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
      // What is repeated once at most is read in one way more: not at all.
      const each = ways === 1 || times.most <= 1 ? ways : ways ** times.most
      if (ways > 1 && times.most > 1 && each > MAX_WAYS) this.endless = true
      ways = each * (times.most - times.least + 1)
    }
    return ways
  }

  /** Ways of a group; a letter, a class of letters and an escape have one. */
  #atom(): number {
    if (this.#takes(/\((\?(P?<\w+>|[imsU-]*:))?/y)) {
      const ways = this.#alternatives()
      this.#takes(/\)/y)
      return ways
    }
    const one = /\\Q.*?(\\E|$)|\\[pP]\{[^}]*\}|\\x\{[^}]*\}|\\.|\[\^?\]?(\\.|\[:\^?\w+:\]|[^\]\\])*\]|./sy
    this.#takes(one)
    return 1
  }

  /** A quantifier, lazy or not. */
  #times(): Times | null {
    const found = this.#takes(/([*+?]|\{(\d+)(,(\d*))?\})\??/y)
    if (!found) return null
    const [, sign, least = '', comma, most = ''] = found
    if (sign === '*') return { least: 0, most: Number.POSITIVE_INFINITY }
    if (sign === '+') return { least: 1, most: Number.POSITIVE_INFINITY }
    if (sign === '?') return { ...ONCE, least: 0 }
    const from = Number(least)
    return { least: from, most: comma === undefined ? from : most === '' ? Number.POSITIVE_INFINITY : Number(most) }
  }
}

/** Whether a pattern that compiles repeats what can be read in several ways, so that programs which try them all may never end. */
export const hasExponentialBacktracking = (pattern: string): boolean => new Reading(pattern).endless
