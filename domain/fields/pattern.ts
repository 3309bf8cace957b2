import { RE2JS } from 're2js'
import { hasExponentialBacktracking, toMaxMatchLength } from './regex-safety.ts'

interface CompiledPattern {
  regex: RE2JS
  /** The length of the longest text that matches. */
  maxLength: number
}

/** Compiled patterns; there are at most as many as fields. */
const compiled = new Map<string, CompiledPattern>()
const MAX_COMPILED = 1000

function compile(pattern: string): CompiledPattern {
  const cached = compiled.get(pattern)
  if (cached) return cached
  const entry = { regex: RE2JS.compile(pattern), maxLength: toMaxMatchLength(pattern) }
  if (compiled.size >= MAX_COMPILED) compiled.clear()
  compiled.set(pattern, entry)
  return entry
}

/** The maximum length of a value. */
const MAX_VALUE_LENGTH = 1000
/**
 * The maximum work of one comparison: instructions of the compiled pattern times characters. The worst patterns take about 0.14 µs for each, so
 * that a batch of 500 values takes less than two seconds (`npm run -s bench:patterns`).
 */
export const MAX_WORK = 25_000

/**
 * The error of a pattern; null if it is valid. It must match in linear time, here by RE2, and also in clients with other regular expression
 * engines. Its size is limited, because a batch compares hundreds of values with it.
 */
export function patternFault(pattern: string): string | null {
  let entry: CompiledPattern
  try {
    entry = compile(pattern)
  } catch {
    return 'is not a valid pattern (RE2 syntax: no look-around, no back-references)'
  }
  if (hasExponentialBacktracking(pattern))
    return 'repeats what can be read in several ways, such as (a+)+ or (a|b)*: a program that tries them all may never end'
  const work = entry.regex.programSize() * Math.min(entry.maxLength, MAX_VALUE_LENGTH)
  return work > MAX_WORK
    ? `is too complex (${Math.round(work)} of at most ${MAX_WORK}): use fewer or smaller repetitions, such as .{0,90} instead of .{0,500}`
    : null
}

/** Whether the whole text matches, in time linear in its length. An invalid pattern matches nothing. */
export function matches(pattern: string, text: string): boolean {
  try {
    const { regex, maxLength } = compile(pattern)
    // A character takes one or two units of a string.
    return text.length <= 2 * maxLength && regex.matches(text)
  } catch {
    return false
  }
}
