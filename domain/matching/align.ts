/**
 * Aligns the words of two names. The best pairs are taken first (a greedy assignment: names are short, and a word rarely resembles two),
 * then words that were joined or separated.
 */

import { type Agreement, type Comparison, compareWords, isUnlike, MIN_SIMILARITY } from './compare-token.ts'
import type { FullName, TokenRun } from './full-name.ts'
import { areInitialsOf } from './initials.ts'
import type { NameToken } from './name-token.ts'

/** Words of both names that agree. */
export interface Pairing {
  query: readonly number[]
  person: readonly number[]
  similarity: number
  comparison: Comparison
  /** Bits of an exact agreement. */
  weight: number
  /** Bits of this agreement. */
  bits: number
}

/** A name prepared for alignment: each word's weight, and its agreement with each word of the query. */
export interface Weighed {
  name: FullName
  weights: readonly number[]
}

/** Joined and separated words must be almost equal otherwise. */
const MIN_JOINED = 0.8
/** Across scripts the limit is higher, because many names sound alike there. */
const MIN_JOINED_ACROSS = 0.88
const MIN_JOINED_LENGTH = 4
/** The maximum bits of a joined word. */
const MAX_JOINED = 20

/** The agreement of a single word with a run of words: with the joined run (initials are compared letter by letter), or as its initials. */
function compareRun(single: NameToken, run: TokenRun): Pick<Pairing, 'similarity' | 'comparison'> | null {
  if (single.text.length === run.at.length) {
    if (run.isInitialism && single.text === run.form.text) return { similarity: 1, comparison: 'joined' }
    return areInitialsOf(single.text, run.forms) ? { similarity: 0.7, comparison: 'initial' } : null
  }
  if (single.text.length < MIN_JOINED_LENGTH || Math.abs(run.length - single.text.length) > 2) return null
  if (isUnlike(single, run.outline)) return null
  const { similarity } = compareWords(single, run.form)
  if (similarity < (run.form.script === single.script ? MIN_JOINED : MIN_JOINED_ACROSS)) return null
  if (similarity < 1 && run.forms.some(form => form.text.length === 1)) return null
  const bestAlone = run.forms.reduce((best, form) => Math.max(best, compareWords(single, form).similarity), 0)
  return bestAlone >= similarity ? null : { similarity, comparison: 'joined' }
}

/** Adds pairings of single words of one name with runs of the other. */
function join(singles: Weighed, runs: Weighed, runsOfQuery: boolean, options: Pairing[]): void {
  const { parts } = singles.name
  for (let i = 0; i < parts.length; i++) {
    const single = parts[i]
    if (single === undefined) continue
    for (const run of runs.name.runs) {
      const agreement = compareRun(single.form, run)
      if (agreement === null) continue
      const ofSingle = singles.weights[i] ?? 0
      const ofRun = run.at.reduce((sum, at) => sum + (runs.weights[at] ?? 0), 0)
      const weight = run.isInitialism ? ofSingle : Math.max(ofSingle, Math.min(MAX_JOINED, ofRun))
      const [query, person] = runsOfQuery ? [run.at, [i]] : [[i], run.at]
      options.push({
        query,
        person,
        similarity: agreement.similarity,
        comparison: agreement.comparison,
        weight,
        bits: 0,
      })
    }
  }
}

/** Takes the pairings with the greatest weight whose words are not yet taken. */
function choose(options: Pairing[]): Pairing[] {
  if (options.length < 2) return options
  options.sort((a, b) => b.similarity * b.weight - a.similarity * a.weight)
  let [query, person] = [0, 0]
  return options.filter(option => {
    const queryWords = option.query.reduce((set, i) => set | (1 << i), 0)
    const personWords = option.person.reduce((set, j) => set | (1 << j), 0)
    if ((query & queryWords) !== 0 || (person & personWords) !== 0) return false
    query |= queryWords
    person |= personWords
    return true
  })
}

/** The index lists of single words, created once. */
const ALONE: readonly (readonly number[])[] = Array.from({ length: 32 }, (_, i) => [i])

/**
 * The best alignment of two names of at most 31 words. Each word is in one pairing at most. `agreements[j][i]` is the agreement of word j
 * of the person with word i of the query.
 */
export function align(query: Weighed, person: Weighed, agreements: readonly (readonly Agreement[])[]): Pairing[] {
  const options: Pairing[] = []
  let exact = 0
  for (let j = 0; j < agreements.length; j++) {
    const row = agreements[j] ?? []
    for (let i = 0; i < row.length; i++) {
      const { similarity = 0, comparison = 'different', isUnfinished = false } = row[i] ?? {}
      if (similarity < MIN_SIMILARITY) continue
      if (comparison === 'exact') exact++
      const ofPerson = person.weights[j] ?? 0
      const weight = isUnfinished ? ofPerson : Math.min(query.weights[i] ?? 0, ofPerson)
      options.push({ query: ALONE[i] ?? [i], person: ALONE[j] ?? [j], similarity, comparison, weight, bits: 0 })
    }
  }
  if (exact < Math.min(query.weights.length, person.weights.length)) {
    if (person.weights.length > 1) join(query, person, false, options)
    if (query.weights.length > 1) join(person, query, true, options)
  }
  return choose(options)
}

/** The indexes of words without a pairing. Words of details do not count: having more of them than the query says nothing. */
export function toUnpaired({ parts }: FullName, pairings: readonly Pairing[], side: 'query' | 'person'): number[] {
  let paired = 0
  for (const pairing of pairings) for (const i of pairing[side]) paired |= 1 << i
  const unpaired: number[] = []
  for (let i = 0; i < parts.length; i++)
    if ((paired & (1 << i)) === 0 && parts[i]?.field !== 'details') unpaired.push(i)
  return unpaired
}
