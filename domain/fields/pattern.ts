import { RE2JS } from 're2js'
import { hasExponentialBacktracking } from './regex-safety.ts'

/** Patterns that were compiled; there are no more than fields. */
const compiled = new Map<string, RE2JS>()
const MAX_COMPILED = 1000

function compile(pattern: string): RE2JS {
  const known = compiled.get(pattern)
  if (known) return known
  const made = RE2JS.compile(pattern)
  if (compiled.size >= MAX_COMPILED) compiled.clear()
  compiled.set(pattern, made)
  return made
}

/**
 * What is wrong with a pattern; null: nothing. It has to be one that is matched in a time that grows with the text alone: here by RE2, and
 * by clients with whatever engine they have.
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

/** Whether the whole text matches; in time linear in its length. A pattern that does not compile matches nothing. */
export function matches(pattern: string, text: string): boolean {
  try {
    return compile(pattern).matches(text)
  } catch {
    return false
  }
}
