import { RE2JS } from 're2js'
import { hasExponentialBacktracking } from './regex-safety.ts'

/** Compiled patterns; there are at most as many as fields. */
const compiled = new Map<string, RE2JS>()
const MAX_COMPILED = 1000

function compile(pattern: string): RE2JS {
  const cached = compiled.get(pattern)
  if (cached) return cached
  const regex = RE2JS.compile(pattern)
  if (compiled.size >= MAX_COMPILED) compiled.clear()
  compiled.set(pattern, regex)
  return regex
}

/**
 * The error of a pattern; null if it is valid. It must match in linear time, here by RE2, and also in clients with other regular expression
 * engines.
 */
export function patternFault(pattern: string): string | null {
  try {
    compile(pattern)
  } catch {
    return 'is not a valid pattern (RE2 syntax: no look-around, no back-references)'
  }
  return hasExponentialBacktracking(pattern)
    ? 'repeats what can be read in several ways, such as (a+)+ or (a|b)*: a program that tries them all may never end'
    : null
}

/** Whether the whole text matches, in time linear in its length. An invalid pattern matches nothing. */
export function matches(pattern: string, text: string): boolean {
  try {
    return compile(pattern).matches(text)
  } catch {
    return false
  }
}
